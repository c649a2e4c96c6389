import { dayOf } from '../calendar.ts'
import { adviceFor } from '../measures/postmortem-advice.ts'
import type { Facts, Incident } from '../record/shapes.ts'
import { titleOf } from './alike.ts'
import { gravestFirst, isGrave, isOpen } from './gravity.ts'
import type { Item, Reason } from './shapes.ts'
import { mostShown, type Shown } from './shown.ts'

export type Standing = 'to decide' | 'put off' | 'to schedule' | 'scheduled'

const places: Record<Standing, number> = { 'to decide': 0, 'put off': 1, 'to schedule': 2, scheduled: 3 }

/** What the room decides on learning (S36): those advised yes first. Advice is asked only of what is shown. */
export function postmortemItems(facts: Facts): Shown {
  const told = facts.incidents.flatMap((incident) => {
    const standing = standingOf(incident, facts)
    return standing ? { incident, standing } : []
  })
  const shown = told.toSorted(firstToDecide).slice(0, mostShown)
  const items = shown.map(({ incident, standing }) => asItem(incident, reasonFor(incident, standing, facts)))
  return { items: items.toSorted(advisedFirst), omitted: told.length - items.length }
}

/** null = nothing to decide or to hold. Undecided is what ended without an answer, and what is grave as soon as it is open. */
export function standingOf(incident: Incident, { asOf, zone, window }: Facts): Standing | null {
  const { postmortem, postmortemFor } = incident
  switch (postmortem) {
    case 'no':
      return null
    case 'later':
      return 'put off'
    case 'yes':
      if (postmortemFor === null) return 'to schedule'
      return dayOf(postmortemFor, zone) >= dayOf(asOf, zone) ? 'scheduled' : null
    case null:
      return isDue(incident, window) ? 'to decide' : null
  }
}

function isDue(incident: Incident, window: Facts['window']): boolean {
  return isOpen(incident) ? isGrave(incident.severity) : incident.endedAt !== null && incident.endedAt <= window.to
}

function reasonFor(incident: Incident, standing: Standing, facts: Facts): Reason {
  const decidedAt = incident.postmortemAt ?? incident.changedAt
  switch (standing) {
    case 'to decide':
      return { kind: standing, advice: adviceFor(incident, facts) }
    case 'put off':
      return { kind: standing, decidedAt, advice: adviceFor(incident, facts) }
    case 'to schedule':
      return { kind: standing, decidedAt }
    case 'scheduled':
      return { kind: standing, for: incident.postmortemFor ?? decidedAt }
  }
}

function asItem(incident: Incident, reason: Reason): Item {
  return { subject: { kind: 'incident', id: incident.id }, title: titleOf(incident), reason, ownerId: incident.ownerId }
}

interface Told {
  incident: Incident
  standing: Standing
}

function firstToDecide(a: Told, b: Told): number {
  return places[a.standing] - places[b.standing] || gravestFirst(a.incident, b.incident)
}

/** Keeps the order but for the undecided, of which those advised yes come first. */
function advisedFirst(a: Item, b: Item): number {
  return weight(b) - weight(a)
}

function weight({ reason }: Item): number {
  return reason.kind === 'to decide' ? (reason.advice.answer === 'yes' ? 2 : 1) : 0
}
