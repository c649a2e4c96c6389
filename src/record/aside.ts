import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { addDays, dayBounds, dayOf, daysBetween, type Window, weekdayOf } from '../calendar.ts'
import type { Db } from './db.ts'
import { type HandOver, handOversWaiting } from './hand-overs.ts'
import { alikeAmong } from './morning.ts'
import { exposures, incidentProblems, incidents, meetings, type Severity } from './schema.ts'
import { levelDays } from './service-levels.ts'
import type { Alike, Facts, Incident, LevelDay } from './shapes.ts'

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
/** `struckAgainAt` = when an incident like the one it came from last began; null = never since. */
export interface LearntAction {
  state: string
  endedAt: Date | null
  struckAgainAt: Date | null
}
export interface SpanTold {
  span: 'week' | 'month'
  from: Date
  to: Date
  exposures: { service: string; since: Date; until: Date | null }[]
  meetings: { openedAt: Date; closedAt: Date }[]
  decided: Incident[]
  alike: Alike[]
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
    Promise.all(spansToTell(facts).map((span) => tellSpan(db, span))),
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

/** The actions that came of some incidents, each with when one like its own last struck. */
async function learntFrom(db: Db, incidentIds: readonly string[]): Promise<LearntAction[]> {
  if (incidentIds.length === 0) return []
  return asLearnt(
    await db.orm.all(sql`
      select actions.state, actions.ended_at as endedAt, ${struckAgain} as struckAgainAt from actions
      join json_each(${JSON.stringify(incidentIds)}) as wanted on actions.origin_id = wanted.value
      where actions.origin_kind = 'incident'`),
  )
}

const struckAgain = sql`(select max(later.started_at) from incidents as first
  join incidents as later on later.service is first.service and later.symptom = first.symptom and later.started_at > first.started_at
  where first.id = actions.origin_id)`

function asLearnt(rows: unknown): LearntAction[] {
  const told = rows as { state: string; endedAt: number | null; struckAgainAt: number | null }[] // as selected above
  return told.map(({ state, endedAt, struckAgainAt }) => ({
    state,
    endedAt: endedAt === null ? null : new Date(endedAt),
    struckAgainAt: struckAgainAt === null ? null : new Date(struckAgainAt),
  }))
}

/** The week that ended, on its first morning; the month, on the first morning of the next. */
function spansToTell({ asOf, zone, window, meetingDay }: Facts): Pick<SpanTold, 'span' | 'from' | 'to'>[] {
  const before = dayOf(window.from, zone)
  const crossesMonday = daysBetween(mondayOf(before), mondayOf(meetingDay)) > 0
  const crossesMonth = before.slice(0, 7) !== meetingDay.slice(0, 7)
  const monthBefore = addDays(`${meetingDay.slice(0, 7)}-01`, -1).slice(0, 7)
  const startOf = (day: string) => dayBounds(day, zone).from
  return [
    ...(crossesMonday ? [{ span: 'week' as const, from: startOf(addDays(dayOf(asOf, zone), -7)), to: asOf }] : []),
    ...(crossesMonth
      ? [{ span: 'month' as const, from: startOf(`${monthBefore}-01`), to: startOf(`${meetingDay.slice(0, 7)}-01`) }]
      : []),
  ]
}

function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day))
}

async function tellSpan(db: Db, { span, from, to }: Pick<SpanTold, 'span' | 'from' | 'to'>): Promise<SpanTold> {
  const [alone, held, decided, done] = await Promise.all([
    db.orm
      .select({ service: exposures.service, since: exposures.since, until: exposures.until })
      .from(exposures)
      .where(and(lte(exposures.since, to), or(isNull(exposures.until), gt(exposures.until, from)))),
    db.orm
      .select({ openedAt: meetings.openedAt, closedAt: meetings.closedAt })
      .from(meetings)
      .where(and(isNotNull(meetings.closedAt), gt(meetings.cutOff, from), lte(meetings.cutOff, to))),
    db.orm
      .select()
      .from(incidents)
      .where(and(isNotNull(incidents.postmortem), gt(incidents.postmortemAt, from), lte(incidents.postmortemAt, to))),
    db.orm.all(sql`
      select actions.state, actions.ended_at as endedAt, ${struckAgain} as struckAgainAt from actions
      where actions.state = 'done' and actions.ended_at > ${from.getTime()} and actions.ended_at <= ${to.getTime()}`),
  ])
  const asDecided = decided.map((row): Incident => ({ ...row, problemIds: [], news: [] }))
  return {
    span,
    from,
    to,
    exposures: alone,
    meetings: held.flatMap(({ openedAt, closedAt }) => (openedAt && closedAt ? { openedAt, closedAt } : [])),
    decided: asDecided,
    alike: await alikeAmong(db, asDecided, to),
    actions: asLearnt(done),
  }
}
