import { and, asc, desc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import { addDays, dayBounds, dayOf, type Window } from '../calendar.ts'
import type { Db } from './db.ts'
import { type HandOver, handOversWaiting } from './hand-overs.ts'
import { type LearntAction, learntFrom } from './learnt.ts'
import { incidentProblems, incidents, type Severity } from './schema.ts'
import { levelDays } from './service-levels.ts'
import type { Facts, LevelDay } from './shapes.ts'
import { type SpanTold, spansOf } from './spans.ts'

/** What a letter tells besides the agenda: how fixes hold, how complaints run, what was a year ago, how the week went. */
export interface Aside {
  fixed: Fixed[]
  fixedDays: LevelDay[] // of their services, from thirty days before the first of those fixes
  complaintsBefore: number // in a span as long as the window, just before it
  usualCustomerMinutes: { mornings: number; minutes: number } | null // on such a weekday
  yearAgo: YearAgo | null
  handOvers: HandOver[] // that nobody has accepted
  spans: SpanTold[] // the week on its first meeting, the month on its first
}
/** A fix under watch, in days of the meeting's zone. */
export interface Fixed {
  problemId: string
  title: string
  service: string | null
  fixedOn: string
  struckOn: string[] // each day on which an incident of the problem began
}
export interface YearAgo {
  day: string
  incidents: {
    id: string
    title: string
    service: string | null
    severity: Severity | null
    customerMinutes: number | null
  }[]
  actions: LearntAction[]
}
export async function gatherAside(db: Db, facts: Facts): Promise<Aside> {
  const { asOf, zone, window, meetingDay } = facts
  const fixed = await fixesUnderWatch(db, facts)
  const firstFix = fixed.map(({ fixedOn }) => fixedOn).toSorted()[0]
  const [fixedDays, complaintsBefore, usualCustomerMinutes, yearAgo, handOvers, spans] = await Promise.all([
    firstFix ? levelDays(db, { from: addDays(firstFix, -30), to: addDays(dayOf(asOf, zone), -1) }) : [],
    complaintCount(db, spanBefore(window)),
    usualMinutes(db, window),
    aYearBefore(db, meetingDay, zone),
    handOversWaiting(db, asOf),
    spansOf(db, facts),
  ])
  return { fixed, fixedDays, complaintsBefore, usualCustomerMinutes, yearAgo, handOvers, spans }
}

async function fixesUnderWatch(db: Db, { problems, zone, asOf }: Facts): Promise<Fixed[]> {
  const under = problems.flatMap(({ id, title, service, state, fixedAt }) =>
    state === 'fix-deployed' && fixedAt ? { id, title, service, fixedAt } : [],
  )
  if (under.length === 0) return []

  const ids = under.map(({ id }) => id)
  const struck = await db.orm
    .select({ problemId: incidentProblems.problemId, at: incidents.startedAt })
    .from(incidentProblems)
    .innerJoin(incidents, eq(incidents.id, incidentProblems.incidentId))
    .where(and(inArray(incidentProblems.problemId, ids), lte(incidents.startedAt, asOf)))
  return under.map(({ id, title, service, fixedAt }) => ({
    problemId: id,
    title,
    service,
    fixedOn: dayOf(fixedAt, zone),
    struckOn: [...new Set(struck.filter(({ problemId }) => problemId === id).map(({ at }) => dayOf(at, zone)))],
  }))
}

function spanBefore({ from, to }: Window): Window {
  return { from: new Date(from.getTime() - (to.getTime() - from.getTime())), to: from }
}

async function complaintCount(db: Db, { from, to }: Window): Promise<number> {
  const [row] = await db.orm.all<{ count: number }>(
    sql`select count(*) as count from complaints where at > ${from.getTime()} and at <= ${to.getTime()}`,
  )
  return row?.count ?? 0
}

const weeks = [1, 2, 3, 4, 5, 6, 7, 8]
const aWeek = 7 * 24 * 60 * 60_000

/** The mean over those of the eight weeks before of which the record knows anything. */
async function usualMinutes(db: Db, { from, to }: Window): Promise<Aside['usualCustomerMinutes']> {
  const spans = weeks.map((week) => ({ from: from.getTime() - week * aWeek, to: to.getTime() - week * aWeek }))
  const rows = await db.orm.all<{ minutes: number | null; known: number }>(sql`
    select (select sum(customer_minutes) from incidents where started_at > (span.value ->> 'from') and started_at <= (span.value ->> 'to') and merged_into is null) as minutes,
      exists (select 1 from incidents where started_at <= (span.value ->> 'from')) as known
    from json_each(${JSON.stringify(spans)}) as span`)
  const known = rows.filter((row) => row.known > 0)
  if (known.length === 0) return null
  return { mornings: known.length, minutes: known.reduce((sum, row) => sum + (row.minutes ?? 0), 0) / known.length }
}

/** The same date of the year before, in days of the zone; of the 29th of February, the 28th. */
export async function aYearBefore(db: Db, day: string, zone: string): Promise<YearAgo | null> {
  const then = dayAYearBefore(day)
  const { from, to } = dayBounds(then, zone)
  const struck = await db.orm
    .select()
    .from(incidents)
    .where(
      and(
        gt(incidents.startedAt, new Date(from.getTime() - 1)),
        lte(incidents.startedAt, new Date(to.getTime() - 1)),
        isNull(incidents.mergedInto),
      ),
    )
    .orderBy(asc(sql`ifnull(severity, 'sev3')`), desc(sql`ifnull(customer_minutes, 0)`), asc(incidents.id))
    .limit(5)
  if (struck.length === 0) return null

  return {
    day: then,
    incidents: struck.map(({ id, title, service, severity, customerMinutes }) => ({
      id,
      title,
      service,
      severity,
      customerMinutes,
    })),
    actions: await learntFrom(
      db,
      struck.map(({ id }) => id),
    ),
  }
}

function dayAYearBefore(day: string): string {
  const then = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return then.endsWith('-02-29') ? `${then.slice(0, 4)}-02-28` : then
}
