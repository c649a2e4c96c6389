import { inArray } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Fact, IncidentHappening, IncidentTold, Telling } from './fact.ts'
import { type IncidentEvent, type IncidentStanding, standingOf, symptomOf, toldText } from './incident-state.ts'
import { eventsOf } from './incidents.ts'
import { incidentEvents, incidentProblems, incidents } from './schema.ts'
import {
  asRow,
  type Decided,
  following,
  groupBy,
  inPortions,
  insertNew,
  isSame,
  type Placed,
  type Shift,
  sameHappening,
  upsert,
} from './telling.ts'

type IncidentFact = Extract<Fact, { kind: 'incident' }> | IncidentHappening
type IncidentRow = typeof incidents.$inferSelect

/** What facts about incidents amount to, given all that was said before. Reads; writes nothing. */
export async function decideIncidents(
  db: Db,
  facts: readonly Placed<IncidentFact>[],
  telling: Telling,
): Promise<Decided> {
  const byIncident = groupBy(facts, ({ fact }) => idOf(fact))
  const ids = [...byIncident.keys()]
  const [said, known] = await Promise.all([eventsOf(db, ids), knownAmong(db, ids)])
  const saidOf = groupBy(said, (event) => event.incidentId)

  const decided: Decided = { outcomes: new Map(), writes: [], shifts: [] }
  const rows = {
    fresh: [] as IncidentEvent[],
    retold: [] as IncidentEvent[],
    standing: [] as IncidentRow[],
    links: [] as (typeof incidentProblems.$inferInsert)[],
  }
  for (const [id, placed] of byIncident) {
    const before = saidOf.get(id) ?? []
    const events = [...before]
    for (const { place, fact } of placed) {
      const weighed = weigh(id, events, fact, telling)
      decided.outcomes.set(
        place,
        weighed === 'unchanged' ? 'unchanged' : known.has(id) || events.length > 0 ? 'changed' : 'new',
      )
      if (weighed === 'unchanged') continue

      const stands = events.findIndex((event) => sameHappening(event, weighed))
      if (stands >= 0) events.splice(stands, 1)
      ;(stands >= 0 ? rows.retold : rows.fresh).push(weighed)
      events.push(weighed)
    }
    const standing =
      events.length > before.length || rows.retold.some((event) => event.incidentId === id)
        ? standingOf(id, events)
        : undefined
    if (standing) {
      rows.standing.push(asStored(id, standing, known.get(id) ?? telling))
      rows.links.push(...[...standing.problems].map(([problemId, at]) => ({ incidentId: id, problemId, at })))
      decided.shifts.push(...shiftsBetween(id, standingOf(id, before), standing))
    }
  }
  decided.writes.push(
    ...insertNew(db, incidentEvents, rows.fresh),
    ...upsert(db, incidentEvents, ['incidentId', 'at', 'kind', 'value'], rows.retold),
    ...upsert(db, incidents, ['id'], rows.standing),
    ...insertNew(db, incidentProblems, rows.links),
  )
  return decided
}

function idOf(fact: IncidentFact): string {
  return fact.kind === 'incident' ? fact.id : fact.incidentId
}

async function knownAmong(db: Db, ids: readonly string[]): Promise<Map<string, { source: string; recordedAt: Date }>> {
  const portions = [...inPortions(ids, 1000)].map((portion) =>
    db.orm
      .select({ id: incidents.id, source: incidents.source, recordedAt: incidents.recordedAt })
      .from(incidents)
      .where(inArray(incidents.id, portion)),
  )
  return new Map((await Promise.all(portions)).flat().map((row) => [row.id, row]))
}

// A tool's word is kept as it came: the state is a pure function of the set. An import or the room says only what differs.
function weigh(
  id: string,
  events: readonly IncidentEvent[],
  fact: IncidentFact,
  telling: Telling,
): IncidentEvent | 'unchanged' {
  const told =
    fact.kind === 'incident' ? (telling.origin === 'tool' ? fact.told : differing(id, events, fact)) : undefined
  if (fact.kind === 'incident' && told === undefined) return 'unchanged'

  const row =
    fact.kind === 'incident'
      ? asRow({ at: fact.at, event: 'told', value: toldText(told ?? {}) }, telling)
      : asRow(fact, telling)
  const event = following({ incidentId: id, ...row }, events)
  const stands = events.find((other) => sameHappening(other, event))
  if (telling.origin === 'tool' || (telling.origin === 'import' && fact.kind !== 'incident'))
    return stands && stands.rank >= event.rank
      ? 'unchanged'
      : { ...event, ...(stands && { recordedAt: stands.recordedAt }) }
  if (fact.kind === 'incident-event' && fact.event === 'cause')
    return lastOf('cause', events)?.value === event.value ? 'unchanged' : event
  if (fact.kind === 'incident-event' && isSaidOnly(fact.event)) return stands ? 'unchanged' : event

  const without = events.filter((other) => !sameHappening(other, event))
  return isSame(shown(standingOf(id, events)), shown(standingOf(id, [...without, event]))) ? 'unchanged' : event
}

// It leaves the incident as it stands: it is told for its own sake.
function isSaidOnly(kind: string): boolean {
  return ['note', 'outage-manager', 'promised', 'promise-kept', 'checked', 'skipped'].includes(kind)
}

function differing(
  id: string,
  events: readonly IncidentEvent[],
  fact: Extract<Fact, { kind: 'incident' }>,
): IncidentTold | undefined {
  const wholeLife = fact.told.startedAt?.getTime() === fact.at.getTime()
  const standing = events.length > 0 ? standingOf(id, events, wholeLife ? undefined : fact.at) : undefined
  if (standing === undefined) return fact.told

  const columns = Object.entries(fact.told).filter(
    ([column, value]) => value !== undefined && !stands(standing, column, value),
  )
  if (columns.length === 0) return undefined
  return {
    ...Object.fromEntries(columns),
    ...(wholeLife && fact.told.startedAt ? { startedAt: fact.told.startedAt } : {}),
  }
}

function stands(standing: IncidentStanding, column: string, value: unknown): boolean {
  if (column === 'problemId') return typeof value !== 'string' || standing.problems.has(value)
  return isSame(standing[column as keyof IncidentStanding] ?? null, value)
}

function lastOf(kind: string, events: readonly IncidentEvent[]): IncidentEvent | undefined {
  return events
    .filter((event) => event.kind === kind)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.rank - b.rank)
    .at(-1)
}

// What a reader can see of a standing; the instant of its last event is not news by itself.
function shown(standing: IncidentStanding | undefined): unknown {
  if (standing === undefined) return undefined
  const { problems, changedAt: _, acknowledgedAt, postmortemAt: __, ...columns } = standing
  return { ...columns, acknowledged: acknowledgedAt, problems: [...problems.keys()].sort() }
}

export function asStored(
  id: string,
  { problems: _, ...columns }: IncidentStanding,
  known: { source: string; recordedAt: Date },
): IncidentRow {
  return { id, symptom: symptomOf(columns.title), ...columns, source: known.source, recordedAt: known.recordedAt }
}

// What is part of another incident is counted there.
export function shiftsBetween(id: string, before: IncidentStanding | undefined, after: IncidentStanding): Shift[] {
  const [was, is] = [before?.mergedInto === null ? before : undefined, after.mergedInto === null ? after : undefined]
  return [
    ...shift(id, 'incidents.opened', was?.startedAt ?? null, is?.startedAt ?? null),
    ...shift(id, 'incidents.resolved', was?.resolvedAt ?? null, is?.resolvedAt ?? null),
  ]
}

function shift(id: string, figure: string, was: Date | null, is: Date | null): Shift[] {
  if (was?.getTime() === is?.getTime()) return []
  const subject = { figure, subjectKind: 'incident', subjectId: id }
  return [
    ...(was ? [{ ...subject, at: was, by: -1 as const }] : []),
    ...(is ? [{ ...subject, at: is, by: 1 as const }] : []),
  ]
}
