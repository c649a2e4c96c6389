import { and, gt, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { aDay, addDays, dayBounds, dayOf, isNews, type Window, weekdayOf } from '../calendar.ts'
import type { Db } from './db.ts'
import { type IncidentEvent, standingOf } from './incident-state.ts'
import { asIncident, eventsOf } from './incidents.ts'
import { asWholes } from './merging.ts'
import { manyRows } from './packed.ts'
import { incidentEvents, incidentProblems, incidents } from './schema.ts'
import type { Alike, Incident, News, Usual } from './shapes.ts'
import { groupBy, inPortions } from './telling.ts'

type IncidentRow = typeof incidents.$inferSelect

/**
 * The incidents of a morning as they stood at its end: open then, or touched in its window, or heard of late, or waiting
 * for their postmortem. The kept state serves where nothing happened since; the others are told again from their events.
 */
export async function incidentsOfMorning(db: Db, window: Window, at: Date): Promise<Incident[]> {
  const [kept, happened, late] = await Promise.all([
    keptRows(db, window.from, at),
    happenedIn(db, window),
    lateIn(db, window),
  ])
  const missing = [...new Set([...happened, ...late].map((event) => event.incidentId))].filter((id) => !kept.has(id))
  for (const row of await rowsOf(db, missing)) kept.set(row.id, row)
  const wholes = [...kept.values()].flatMap(({ mergedInto }) => (mergedInto && !kept.has(mergedInto) ? mergedInto : []))
  for (const row of await rowsOf(db, [...new Set(wholes)])) kept.set(row.id, row)

  const moved = [...kept.values()].filter((row) => row.changedAt > at).map((row) => row.id)
  const [said, links] = await Promise.all([eventsOf(db, moved), linksOf(db, [...kept.keys()])])
  const saidOf = groupBy(said, (event) => event.incidentId)
  const newsOf = groupBy([...happened, ...late], (event) => event.incidentId)
  const standing = [...kept.values()]
    .map((row) => asOf(row, at, saidOf.get(row.id), links))
    .filter((incident) => incident !== undefined)
  return asWholes(standing)
    .map((incident) =>
      Object.assign(incident, { news: newsOfIncident(incident, newsOf.get(incident.id) ?? [], window, db.bornAt) }),
    )
    .filter((incident) => incident.endedAt === null || incident.news.length > 0 || awaitsPostmortem(incident))
}

async function keptRows(db: Db, from: Date, at: Date): Promise<Map<string, IncidentRow>> {
  const table = incidents
  const [open, ended, toDecide] = await Promise.all([
    manyRows(db, table, and(isNull(table.endedAt), lte(table.startedAt, at))),
    manyRows(db, table, and(isNotNull(table.endedAt), gt(table.endedAt, from), lte(table.startedAt, at))),
    db.orm
      .select()
      .from(table)
      // The plus keeps the planner from walking all of history by its start instead of the few that wait.
      .where(sql`postmortem in ('yes', 'later') and +${table.startedAt} <= ${at.getTime()}`),
  ])
  return new Map([...open, ...ended, ...toDecide].map((row) => [row.id, row]))
}

// What was told of a beginning is no news besides the beginning: in a storm it is half of all that was said.
async function happenedIn(db: Db, { from, to }: Window): Promise<IncidentEvent[]> {
  const isBirth = sql`${incidentEvents.kind} = 'told' and exists (
    select 1 from incidents where id = ${incidentEvents.incidentId} and started_at >= ${incidentEvents.at} and changed_at <= ${to.getTime()})`
  return manyRows(
    db,
    incidentEvents,
    and(gt(incidentEvents.at, from), lte(incidentEvents.at, to), sql`not (${isBirth})`),
  )
}

async function lateIn(db: Db, { from, to }: Window): Promise<IncidentEvent[]> {
  return db.orm
    .select()
    .from(incidentEvents)
    .where(
      and(
        gt(incidentEvents.recordedAt, from),
        lte(incidentEvents.recordedAt, to),
        lte(incidentEvents.at, from),
        gt(incidentEvents.at, db.bornAt),
      ),
    )
}

async function rowsOf(db: Db, ids: readonly string[]): Promise<IncidentRow[]> {
  const portions = [...inPortions(ids, 1000)].map((portion) =>
    db.orm.select().from(incidents).where(inArray(incidents.id, portion)),
  )
  return (await Promise.all(portions)).flat()
}

async function linksOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.orm
    .select()
    .from(incidentProblems)
    .where(sql`${incidentProblems.incidentId} in (select value from json_each(${JSON.stringify(ids)}))`)
  return new Map(
    [...groupBy(rows, (row) => row.incidentId)].map(([id, links]) => [id, links.map((link) => link.problemId)]),
  )
}

function asOf(
  row: IncidentRow,
  at: Date,
  said: IncidentEvent[] | undefined,
  links: Map<string, string[]>,
): Incident | undefined {
  const standing = said && standingOf(row.id, said, at)
  if (said !== undefined) return standing && asIncident(row.id, standing, row)
  return Object.assign(row, { problemIds: links.get(row.id) ?? [], news: [] }) // fresh from the record: a copy of thousands costs
}

// Decided yes but not held yet, or put off: the room hears of it until it is settled.
function awaitsPostmortem(incident: Incident): boolean {
  return (
    incident.postmortem === 'later' ||
    (incident.postmortem === 'yes' && (incident.postmortemFor === null || incident.postmortemFor > incident.changedAt))
  )
}

const life: Record<string, (incident: Incident) => Date | null> = {
  opened: (incident) => incident.startedAt,
  acknowledged: (incident) => incident.acknowledgedAt,
  mitigated: (incident) => incident.mitigatedAt,
  resolved: (incident) => incident.resolvedAt,
}

function newsOfIncident(incident: Incident, events: readonly IncidentEvent[], window: Window, bornAt: Date): News[] {
  const lived = Object.entries(life).flatMap(([kind, when]) => {
    const at = when(incident)
    const told = at && events.find((event) => event.kind === kind && event.at.getTime() === at.getTime())
    const recordedAt = told?.recordedAt ?? incident.recordedAt
    return at === null ? [] : asNews({ kind, at, recordedAt, value: '', by: told?.by ?? '' }, window, bornAt)
  })
  const said = events
    .filter(
      (event) =>
        life[event.kind] === undefined &&
        event.kind !== 'group-key' &&
        (event.kind !== 'told' || event.at > incident.startedAt),
    )
    .flatMap((event) => asNews(event, window, bornAt))
  return [...lived, ...said].sort((a, b) => a.at.getTime() - b.at.getTime())
}

function asNews(
  event: { kind: string; at: Date; recordedAt: Date; value: string; by: string },
  window: Window,
  bornAt: Date,
): News[] {
  const news = isNews(event, window, bornAt)
  return news === null
    ? []
    : [
        {
          kind: event.kind,
          at: event.at,
          value: event.kind === 'told' ? '' : event.value,
          by: event.by,
          late: news === 'late',
        },
      ]
}

/** How often incidents of the same service and symptom began in the 7 and 30 days before an instant. */
export async function alikeAmong(db: Db, among: readonly Incident[], at: Date): Promise<Alike[]> {
  const pairs = new Map(among.map(({ service, symptom }) => [JSON.stringify([service, symptom]), { service, symptom }]))
  const [week, month] = [at.getTime() - 7 * aDay, at.getTime() - 30 * aDay]
  const rows = await db.orm.all<{ service: string | null; symptom: string; in7Days: number; in30Days: number }>(sql`
    select pair.value ->> 'service' as service, pair.value ->> 'symptom' as symptom,
      count(*) as in30Days, sum(incidents.started_at > ${week}) as in7Days
    from json_each(${JSON.stringify([...pairs.values()])}) as pair
    join incidents on incidents.service is (pair.value ->> 'service') and incidents.symptom = (pair.value ->> 'symptom')
      and incidents.started_at > ${month} and incidents.started_at <= ${at.getTime()} and incidents.merged_into is null
    group by pair.key`)
  return rows.map(({ service, symptom, in7Days, in30Days }) => ({ service, symptom, in7Days, in30Days }))
}

const weeks = [1, 2, 3, 4, 5, 6, 7, 8]

/** What a usual morning brings: the same hours of the eight weeks before, of those weeks that have a record at all. */
export async function usualMorning(db: Db, window: Window, zone: string): Promise<Usual | null> {
  const [first] = await db.orm.select({ at: sql<number | null>`min(started_at)` }).from(incidents)
  const spans = weeks.map((week) => ({
    from: weeksBefore(window.from, week, zone),
    to: weeksBefore(window.to, week, zone),
  }))
  const counted = spans.filter((span) => first?.at != null && span.from >= first.at)
  if (counted.length === 0) return null

  const rows = await db.orm.all<{ opened: number }>(sql`
    select (select count(*) from incidents where started_at > (span.value ->> 'from') and started_at <= (span.value ->> 'to') and merged_into is null) as opened
    from json_each(${JSON.stringify(counted)}) as span`)
  const opened = rows.reduce((sum, row) => sum + row.opened, 0)
  return {
    weekday: weekdayOf(dayOf(window.to, zone)),
    mornings: counted.length,
    incidentsOpened: opened / counted.length,
  }
}

// The same clock time that many weeks ago: an hour more or less when the clocks changed between.
function weeksBefore(at: Date, week: number, zone: string): number {
  const day = dayOf(at, zone)
  const intoDay = at.getTime() - dayBounds(day, zone).from.getTime()
  return dayBounds(addDays(day, -7 * week), zone).from.getTime() + intoDay
}
