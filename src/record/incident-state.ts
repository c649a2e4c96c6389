import type { IncidentTold } from './fact.ts'
import { mergedIntoOf } from './merging.ts'
import type { Decision, IncidentState, InputClass, incidentEvents, Severity } from './schema.ts'
import { type Moment, takesBack, withEndsTakenBack } from './taken-back.ts'

export type IncidentEvent = typeof incidentEvents.$inferSelect

/** An incident as its events leave it. problemIds with the instant of each link; moments are its life, oldest first. */
export interface IncidentStanding {
  title: string
  service: string | null
  severity: Severity | null
  state: IncidentState
  startedAt: Date
  detectedAt: Date | null
  acknowledgedAt: Date | null
  mitigatedAt: Date | null
  resolvedAt: Date | null
  closedAt: Date | null
  endedAt: Date | null
  ownerId: string | null
  team: string | null
  site: string | null
  customerMinutes: number | null
  changeId: string | null
  url: string | null
  class: InputClass | null
  postmortem: Decision | null
  postmortemAt: Date | null
  postmortemFor: Date | null
  problems: Map<string, Date>
  changedAt: Date
  mergedInto: string | null
}

/**
 * How an incident stood at an instant, from its events alone: any order of the same events gives the same standing.
 * A 'told' row whose own instant is the start it tells speaks for the whole life and is overruled by later happenings;
 * what the room said of a column no tool overrules; a late 'opened' never reopens.
 * @returns undefined when it had not begun; a note alone begins nothing, for its incident may be long over.
 */
export function standingOf(
  id: string,
  events: readonly IncidentEvent[],
  at = new Date(8.64e15),
): IncidentStanding | undefined {
  if (events.every(isRemark)) return undefined

  const told = toldColumns(events, at)
  const startedAt = told.startedAt ?? earliest(events.filter((event) => !isRemark(event)))
  if (startedAt === undefined || startedAt > at) return undefined

  const standing: IncidentStanding = {
    title: told.title ?? id,
    service: told.service ?? null,
    severity: told.severity ?? null,
    state: 'open',
    startedAt,
    detectedAt: notAfter(told.detectedAt, at),
    acknowledgedAt: null,
    mitigatedAt: null,
    resolvedAt: null,
    closedAt: null,
    endedAt: null,
    ownerId: told.ownerId || null,
    team: told.team ?? null,
    site: told.site ?? null,
    customerMinutes: told.customerMinutes ?? null,
    changeId: told.changeId ?? null,
    url: told.url ?? null,
    class: told.class ?? null,
    postmortem: null,
    postmortemAt: null,
    postmortemFor: null,
    problems: new Map(),
    changedAt: startedAt,
    mergedInto: mergedIntoOf(events, at),
  }
  for (const moment of lifeOf(events, told, startedAt, at)) live(standing, moment)
  standing.endedAt = standing.resolvedAt ?? standing.closedAt
  return standing
}

/** What a told row amounted to where it took an end back: a reopening nobody spoke of. */
export function reopeningsIn(events: readonly IncidentEvent[]): IncidentEvent[] {
  const ever = new Date(8.64e15)
  const told = toldColumns(events, ever)
  const startedAt = told.startedAt ?? earliest(events.filter((event) => !isRemark(event)))
  if (startedAt === undefined) return []

  const spoken = new Set<Moment>(events)
  const life = lifeOf(events, told, startedAt, ever).filter(({ kind }) => kind === 'reopened')
  return life.filter((moment): moment is IncidentEvent => !spoken.has(moment))
}

/** The title without what changes from one time to the next: numbers, hex and quoted values. */
export function symptomOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/"[^"]*"|'[^']*'/g, '"')
    .replace(/\b(?=[0-9a-f-]*\d)[0-9a-f-]{6,}\b/g, '#')
    .replace(/\d+(?:[.,:]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
}

/** A told row as it is stored: keys in order, so that the same words are the same row. */
export function toldText(told: object): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(told)
        .filter(([, value]) => value !== undefined)
        .sort(byKey),
    ),
  )
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}

const toldTimes = ['startedAt', 'detectedAt', 'acknowledgedAt', 'mitigatedAt', 'resolvedAt'] as const
const columnOf: Record<string, 'ownerId' | 'severity'> = { assigned: 'ownerId', severity: 'severity' }

function toldColumns(events: readonly IncidentEvent[], at: Date): IncidentTold {
  const columns: Record<string, unknown> = {}
  const decided = new Set<string>()
  for (const { event, said } of inOrderOfWeight(events, at)) {
    for (const [column, value] of Object.entries(said)) {
      if (event.origin === 'room') decided.add(column)
      if (event.origin === 'room' || !decided.has(column)) columns[column] = value
    }
  }
  for (const time of toldTimes) if (typeof columns[time] === 'string') columns[time] = new Date(columns[time])
  return columns as IncidentTold // written by toldText from an IncidentTold
}

function inOrderOfWeight(
  events: readonly IncidentEvent[],
  at: Date,
): { event: IncidentEvent; said: Record<string, unknown> }[] {
  return events
    .filter((event) => event.kind === 'told' || (event.at <= at && columnOf[event.kind] !== undefined))
    .map((event) => weigh(event))
    .filter(({ event, wholeLife }) => wholeLife || event.at <= at)
    .sort(lighterFirst)
}

interface Weighed {
  event: IncidentEvent
  said: Record<string, unknown>
  wholeLife: boolean
}

function weigh(event: IncidentEvent): Weighed {
  const column = columnOf[event.kind]
  if (column) return { event, said: { [column]: event.value || null }, wholeLife: false }

  const said = JSON.parse(event.value) as Record<string, unknown> // written by toldText
  return {
    event,
    said,
    wholeLife: typeof said.startedAt === 'string' && Date.parse(said.startedAt) === event.at.getTime(),
  }
}

const weightOf = { tool: 0, import: 1, room: 2 }

function lighterFirst(a: Weighed, b: Weighed): number {
  return (
    Number(b.wholeLife) - Number(a.wholeLife) ||
    (a.wholeLife ? 0 : a.event.at.getTime() - b.event.at.getTime()) ||
    weightOf[a.event.origin] - weightOf[b.event.origin] ||
    a.event.rank - b.event.rank ||
    (a.event.origin === 'tool' ? 0 : a.event.recordedAt.getTime() - b.event.recordedAt.getTime()) ||
    (a.event.value < b.event.value ? -1 : 1)
  )
}

function isRemark(event: IncidentEvent): boolean {
  return event.kind === 'note' && event.origin === 'tool'
}

function earliest(events: readonly IncidentEvent[]): Date | undefined {
  const first = Math.min(...events.map((event) => event.at.getTime()))
  return Number.isFinite(first) ? new Date(first) : undefined
}

function notAfter(time: Date | null | undefined, at: Date): Date | null {
  return time && time <= at ? time : null
}

const lifeOrder = ['opened', 'acknowledged', 'mitigated', 'resolved', 'reopened', 'closed']

function lifeOf(events: readonly IncidentEvent[], told: IncidentTold, startedAt: Date, at: Date): Moment[] {
  const moments: Moment[] = events.filter((event) => event.at <= at && (event.kind !== 'told' || event.at > startedAt))
  if (told.acknowledgedAt && told.acknowledgedAt <= at)
    moments.push({ at: told.acknowledgedAt, kind: 'acknowledged', value: '' })
  if (told.mitigatedAt && told.mitigatedAt <= at) moments.push({ at: told.mitigatedAt, kind: 'mitigated', value: '' })
  if (told.resolvedAt && told.resolvedAt <= at) moments.push({ at: told.resolvedAt, kind: 'resolved', value: '' })
  if (told.problemId) moments.push({ at: startedAt, kind: 'linked-problem', value: told.problemId })
  const inOrder = moments.sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      (a.rank ?? 0) - (b.rank ?? 0) ||
      placeOf(a) - placeOf(b) ||
      (a.value < b.value ? -1 : a.value > b.value ? 1 : 0),
  )
  return withEndsTakenBack(inOrder)
}

function placeOf(moment: Moment): number {
  return lifeOrder.indexOf(takesBack(moment) ? 'reopened' : moment.kind)
}

function live(standing: IncidentStanding, { at, kind, value }: Moment): void {
  if (at > standing.changedAt) standing.changedAt = at
  switch (kind) {
    case 'acknowledged':
      standing.acknowledgedAt ??= at
      break
    case 'mitigated':
      if (standing.state === 'open') Object.assign(standing, { state: 'mitigated', mitigatedAt: at })
      break
    case 'resolved':
      if (standing.resolvedAt === null)
        Object.assign(standing, { state: standing.closedAt ? 'closed' : 'resolved', resolvedAt: at })
      break
    case 'closed':
      if (standing.closedAt === null) Object.assign(standing, { state: 'closed', closedAt: at })
      break
    case 'reopened':
      Object.assign(standing, { state: 'open', mitigatedAt: null, resolvedAt: null, closedAt: null })
      break
    case 'linked-problem':
      if (!standing.problems.has(value)) standing.problems.set(value, at)
      break
    case 'postmortem':
      Object.assign(standing, {
        postmortem: value,
        postmortemAt: at,
        postmortemFor: value === 'yes' ? standing.postmortemFor : null,
      })
      break
    case 'postmortem-scheduled':
      standing.postmortemFor = value ? new Date(value) : null
      break
  }
}
