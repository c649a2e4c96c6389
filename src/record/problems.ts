import { and, asc, eq, gt, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { isNews, type Window } from '../calendar.ts'
import type { Db } from './db.ts'
import type { Fact, ProblemHappening, Telling } from './fact.ts'
import { toldText } from './incident-state.ts'
import { type ProblemEvent, type ProblemStanding, problemStandingOf } from './problem-state.ts'
import { incidentProblems, incidents, problemEvents, problems } from './schema.ts'
import type { News, Problem } from './shapes.ts'
import { asRow, type Decided, following, groupBy, isSame, type Placed, sameHappening, upsert } from './telling.ts'

type ProblemFact = Extract<Fact, { kind: 'problem' }> | ProblemHappening

/** How one problem stood at an instant (default: as far as we know). */
export async function findProblem(db: Db, id: string, at = new Date(8.64e15)): Promise<Problem | undefined> {
  const [events, caused] = await Promise.all([problemTimeline(db, id), causedBy(db, [id], at)])
  const standing = problemStandingOf(id, events, at)
  return standing && { id, ...standing, ...(caused.get(id) ?? none), news: [] }
}

/** Of how many other incidents with the same service and symptom each problem was said to be the cause. */
export async function problemsBehindLike(
  db: Db,
  { id, service, symptom }: { id: string; service: string | null; symptom: string },
): Promise<Map<string, number>> {
  if (service === null) return new Map()

  const rows = await db.orm
    .select({ problemId: incidentProblems.problemId, count: sql<number>`count(*)` })
    .from(incidents)
    .innerJoin(incidentProblems, eq(incidentProblems.incidentId, incidents.id))
    .where(and(eq(incidents.service, service), eq(incidents.symptom, symptom), ne(incidents.id, id)))
    .groupBy(incidentProblems.problemId)
  return new Map(rows.map(({ problemId, count }) => [problemId, count]))
}

/** Everything said of a problem, oldest first; told columns as kind 'told' (JSON). */
export async function problemTimeline(db: Db, id: string): Promise<ProblemEvent[]> {
  return db.orm
    .select()
    .from(problemEvents)
    .where(eq(problemEvents.problemId, id))
    .orderBy(asc(problemEvents.at), asc(problemEvents.recordedAt))
}

/** Open at `at`, or touched in the window; standing as of `at`. */
export async function problemsSince(db: Db, window: Window, at: Date): Promise<Problem[]> {
  const open = or(isNull(problems.closedAt), gt(problems.closedAt, window.from))
  const [rows, happened] = await Promise.all([
    db.orm
      .select()
      .from(problems)
      .where(and(lte(problems.openedAt, at), open))
      .orderBy(asc(problems.openedAt)),
    db.orm
      .select()
      .from(problemEvents)
      .where(or(within(problemEvents.at, window), within(problemEvents.recordedAt, window))),
  ])
  const missing = [...new Set(happened.map((event) => event.problemId))].filter(
    (id) => !rows.some((row) => row.id === id),
  )
  const touched = missing.length > 0 ? await db.orm.select().from(problems).where(inArray(problems.id, missing)) : []
  const found = [...rows, ...touched]
  const moved = found.filter((row) => row.changedAt > at).map((row) => row.id)
  const [said, caused] = await Promise.all([
    moved.length > 0 ? db.orm.select().from(problemEvents).where(inArray(problemEvents.problemId, moved)) : [],
    causedBy(
      db,
      found.map((row) => row.id),
      at,
    ),
  ])
  return found
    .flatMap((row) => {
      const standing = moved.includes(row.id)
        ? problemStandingOf(
            row.id,
            said.filter((event) => event.problemId === row.id),
            at,
          )
        : row
      if (standing === undefined) return []
      const { source: _, recordedAt: __, ...columns } = { ...row, ...standing }
      const news = newsOf(
        row,
        standing,
        happened.filter((event) => event.problemId === row.id),
        window,
        db.bornAt,
      )
      return [{ ...columns, ...(caused.get(row.id) ?? none), news }]
    })
    .filter((problem) => problem.state !== 'closed' || problem.news.length > 0)
}

function within(column: SQLiteColumn, { from, to }: Window): SQL | undefined {
  return and(gt(column, from), lte(column, to))
}

function newsOf(
  row: { recordedAt: Date },
  standing: ProblemStanding,
  happened: readonly ProblemEvent[],
  window: Window,
  bornAt: Date,
): News[] {
  const life = [
    { kind: 'opened', at: standing.openedAt },
    { kind: 'fix-deployed', at: standing.fixedAt },
    { kind: 'closed', at: standing.closedAt },
  ].map(({ kind, at }) => ({ kind, at, recordedAt: row.recordedAt, value: '', by: '' }))
  const said = happened.filter((event) => event.kind !== 'told' && !life.some((moment) => moment.kind === event.kind))
  return [...life, ...said].flatMap(({ kind, at, recordedAt, value, by }) => {
    const news = at === null ? null : isNews({ at, recordedAt }, window, bornAt)
    return at === null || news === null ? [] : [{ kind, at, value, by, late: news === 'late' }]
  })
}

const none = { incidentCount: 0, lastIncidentAt: null as Date | null }

/** How many incidents each problem had caused by an instant, and when the last one began. */
export async function causedBy(db: Db, ids: readonly string[], at: Date): Promise<Map<string, typeof none>> {
  const rows = await db.orm
    .select({
      id: incidentProblems.problemId,
      incidentCount: sql<number>`count(*)`,
      lastIncidentAt: sql<number | null>`max(${incidents.startedAt})`,
    })
    .from(incidentProblems)
    .innerJoin(incidents, eq(incidents.id, incidentProblems.incidentId))
    .where(sql`${inArray(incidentProblems.problemId, [...ids])} and ${incidents.startedAt} <= ${at.getTime()}`)
    .groupBy(incidentProblems.problemId)
  return new Map(
    rows.map((row) => [
      row.id,
      {
        incidentCount: row.incidentCount,
        lastIncidentAt: row.lastIncidentAt === null ? null : new Date(row.lastIncidentAt),
      },
    ]),
  )
}

/** What facts about problems amount to, given all that was said before. Reads; writes nothing. */
export async function decideProblems(
  db: Db,
  facts: readonly Placed<ProblemFact>[],
  telling: Telling,
): Promise<Decided> {
  const decided: Decided = { outcomes: new Map(), writes: [], shifts: [] }
  const byProblem = groupBy(facts, ({ fact }) => idOf(fact))
  if (byProblem.size === 0) return decided

  const ids = [...byProblem.keys()]
  const [said, known] = await Promise.all([
    db.orm.select().from(problemEvents).where(inArray(problemEvents.problemId, ids)),
    db.orm
      .select({ id: problems.id, source: problems.source, recordedAt: problems.recordedAt })
      .from(problems)
      .where(inArray(problems.id, ids)),
  ])
  const saidOf = groupBy(said, (event) => event.problemId)
  for (const [id, placed] of byProblem) {
    const before = saidOf.get(id) ?? []
    const events = [...before]
    for (const { place, fact } of placed) {
      const weighed = weigh(id, events, fact, telling)
      decided.outcomes.set(place, weighed === 'unchanged' ? 'unchanged' : events.length > 0 ? 'changed' : 'new')
      if (weighed === 'unchanged') continue

      const stands = events.findIndex((event) => sameHappening(event, weighed))
      if (stands >= 0) events.splice(stands, 1)
      events.push(weighed)
    }
    const fresh = events.filter((event) => !before.includes(event))
    const standing = problemStandingOf(id, events)
    if (fresh.length > 0 && standing) {
      const { source, recordedAt } = known.find((row) => row.id === id) ?? telling
      decided.writes.push(
        ...upsert(db, problemEvents, ['problemId', 'at', 'kind', 'value'], fresh),
        ...upsert(db, problems, ['id'], [{ id, ...standing, source, recordedAt }]),
      )
    }
  }
  return decided
}

function idOf(fact: ProblemFact): string {
  return fact.kind === 'problem' ? fact.id : fact.problemId
}

function weigh(
  id: string,
  events: readonly ProblemEvent[],
  fact: ProblemFact,
  telling: Telling,
): ProblemEvent | 'unchanged' {
  const wholeLife = fact.kind === 'problem' && fact.told.openedAt?.getTime() === fact.at.getTime()
  const standing = problemStandingOf(id, events, wholeLife || fact.kind === 'problem-event' ? undefined : fact.at)
  const told =
    fact.kind === 'problem'
      ? differing(fact.told, telling.origin === 'tool' ? undefined : standing, wholeLife)
      : undefined
  if (fact.kind === 'problem' && told === undefined) return 'unchanged'

  const row =
    fact.kind === 'problem'
      ? asRow({ at: fact.at, event: 'told', value: toldText(told ?? {}) }, telling)
      : asRow(fact, telling)
  const event = following({ problemId: id, ...row }, events)
  const stands = events.some((other) => sameHappening(other, event))
  const isPlain = fact.kind === 'problem-event' && (telling.origin !== 'room' || fact.event === 'note')
  if (isPlain || telling.origin === 'tool') return stands ? 'unchanged' : event

  const without = events.filter((other) => !sameHappening(other, event))
  return isSame(shown(problemStandingOf(id, events)), shown(problemStandingOf(id, [...without, event])))
    ? 'unchanged'
    : event
}

function shown(standing: ProblemStanding | undefined): unknown {
  return standing && { ...standing, changedAt: null }
}

function differing(told: object, standing: ProblemStanding | undefined, wholeLife: boolean): object | undefined {
  if (standing === undefined) return told

  const columns = Object.entries(told).filter(
    ([column, value]) => value !== undefined && !isSame(standing[column as keyof ProblemStanding] ?? null, value),
  )
  if (columns.length === 0) return undefined
  return { ...Object.fromEntries(columns), ...(wholeLife && 'openedAt' in told ? { openedAt: told.openedAt } : {}) }
}
