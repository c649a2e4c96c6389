import { holds } from '../calendar.ts'
import { recurring } from '../measures/recurrence.ts'
import type { Alike, Facts, Problem } from '../record/shapes.ts'
import { titleOf } from './alike.ts'
import { byId, gravity } from './gravity.ts'
import type { Item, Reason } from './shapes.ts'
import { type Shown, shorten } from './shown.ts'

/** What causes incidents: fixes that did not hold, faults that ask for a problem of their own, the rest, and what closed. */
export function problemItems(facts: Facts): Shown {
  const told = facts.problems.map((problem) => ({ problem, reason: reasonFor(problem, facts) })).toSorted(firstToAsk)
  const [failed, others] = [
    told.filter(({ reason }) => reason.kind === 'recurred'),
    told.filter(({ reason }) => reason.kind !== 'recurred'),
  ]
  return shorten([...failed.map(asItem), ...candidateItems(facts), ...others.map(asItem)])
}

function reasonFor(
  { state, openedAt, fixedAt, closedAt, incidentCount, lastIncidentAt, news }: Problem,
  { window }: Facts,
): Reason {
  const recurrence = news
    .filter(({ kind }) => kind === 'recurred')
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
  const fix = fixedAt ?? news.findLast(({ kind }) => kind === 'fix-deployed')?.at

  if (closedAt && holds(window, closedAt)) return { kind: 'problem closed', at: closedAt }
  if (recurrence && fix && fix < recurrence.at) return { kind: 'recurred', at: recurrence.at, fixedAt: fix }
  if (state === 'fix-deployed' && fixedAt) return { kind: 'under watch', fixedAt, incidentCount }
  return { kind: 'causes incidents', incidentCount, lastIncidentAt, since: openedAt }
}

/** Faults that strike again and again and belong to no problem yet (S11); the newest incident is their evidence. */
function candidateItems({ alike, incidents }: Facts): Item[] {
  return recurring(alike).flatMap((candidate) => {
    const struck = incidents.filter((incident) => isOne(incident, candidate)).toSorted(newestFirst)
    const isKnown = struck.some(({ problemIds }) => problemIds.length > 0)
    return struck[0] && !isKnown ? candidateItem(candidate, struck[0]) : []
  })
}

function candidateItem(
  { service, symptom, in7Days, in30Days }: Alike,
  newest: { id: string; title: string; service: string | null },
): Item {
  return {
    subject: { kind: 'incident', id: newest.id },
    title: titleOf(newest),
    reason: { kind: 'recurring', service, symptom, in7Days, in30Days },
    ownerId: null,
  }
}

interface Told {
  problem: Problem
  reason: Reason
}

function asItem({ problem, reason }: Told): Item {
  return { subject: { kind: 'problem', id: problem.id }, title: titleOf(problem), reason, ownerId: problem.ownerId }
}

const places: Partial<Record<Reason['kind'], number>> = {
  recurred: 0,
  'causes incidents': 1,
  'under watch': 2,
  'problem closed': 3,
}

/** By reason; then the gravest, what caused most, what waited longest. */
function firstToAsk(a: Told, b: Told): number {
  return (
    (places[a.reason.kind] ?? 0) - (places[b.reason.kind] ?? 0) ||
    gravity(b.problem.severity) - gravity(a.problem.severity) ||
    b.problem.incidentCount - a.problem.incidentCount ||
    a.problem.openedAt.getTime() - b.problem.openedAt.getTime() ||
    byId(a.problem, b.problem)
  )
}

function isOne(incident: { service: string | null; symptom: string }, { service, symptom }: Alike): boolean {
  return incident.service === service && incident.symptom === symptom
}

function newestFirst(a: { startedAt: Date; id: string }, b: { startedAt: Date; id: string }): number {
  return b.startedAt.getTime() - a.startedAt.getTime() || byId(a, b)
}
