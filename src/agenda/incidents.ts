import { dayOf, holds } from '../calendar.ts'
import { suspectOf } from '../measures/suspect.ts'
import type { Change, Facts, Incident, News } from '../record/shapes.ts'
import { showIncidents, titleOf } from './alike.ts'
import { isLate, isNewsOf, isOpen } from './gravity.ts'
import type { Item, Reason } from './shapes.ts'
import type { Shown } from './shown.ts'

/** What began, ended or moved since the last meeting, and what we heard of too late: the gravest first. */
export function incidentItems(facts: Facts): Shown {
  const touched = facts.incidents.filter((incident) => isNewsOf(incident, facts.window))
  return showIncidents(touched, (incident) => asItem(incident, facts))
}

function asItem(incident: Incident, facts: Facts): Item {
  return {
    subject: { kind: 'incident', id: incident.id },
    title: titleOf(incident),
    reason: reasonFor(incident, facts),
    ownerId: incident.ownerId,
  }
}

function reasonFor(incident: Incident, facts: Facts): Reason {
  const { severity, startedAt, endedAt, mitigatedAt, customerMinutes, news } = incident
  const latest = latestOf(news)
  const reopening = latestOf(news.filter(({ kind }) => kind === 'reopened'))
  const isAllLate = news.length > 0 && news.every(({ late }) => late)

  if (isLate(incident, facts.window) || isAllLate)
    return { kind: 'late', severity, ...belonging(latest?.at ?? startedAt, incident, facts), customerMinutes }
  if (endedAt && holds(facts.window, endedAt))
    return { kind: 'restored', severity, startedAt, at: endedAt, customerMinutes, ...suspicionOf(incident, facts) }
  if (reopening && isOpen(incident)) return { kind: 'reopened', severity, at: reopening.at, customerMinutes }
  if (holds(facts.window, startedAt))
    return { kind: 'new', severity, startedAt, mitigatedAt, customerMinutes, ...suspicionOf(incident, facts) }
  return {
    kind: 'moved',
    severity,
    what: latest?.kind ?? 'told',
    at: latest?.at ?? incident.changedAt,
    customerMinutes,
  }
}

/** A late incident belongs to the day it began; what was told too late of a known one, to the day it happened. */
function belonging(toldAt: Date, incident: Incident, { window, zone }: Facts): { belongsTo: string; at: Date } {
  const at = isLate(incident, window) ? incident.startedAt : toldAt
  return { belongsTo: dayOf(at, zone), at }
}

/** Only what began in the window has its suspect here: for older ones the room looked at the changes back then. */
function suspicionOf(
  incident: Incident,
  facts: Facts,
): { suspectId: string | null; suspect: { what: string; at: Date } | null } {
  const change = holds(facts.window, incident.startedAt) ? suspectOf(incident, facts.changes, facts.services) : null
  return change ? suspicion(change) : { suspectId: null, suspect: null }
}

function suspicion({ id, what, at }: Change) {
  return { suspectId: id, suspect: { what, at } }
}

function latestOf(news: readonly News[]): News | undefined {
  return news.toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.kind < b.kind ? -1 : 1))[0]
}
