import { and, eq, gte, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { aDay } from '../calendar.ts'
import type { Db } from './db.ts'
import { incidentEvents, incidents } from './schema.ts'
import { groupBy, inPortions } from './telling.ts'

/** An incident as a rule of grouping looks at it. */
export interface Groupable {
  id: string
  title: string
  service: string | null
  startedAt: Date
  endedAt: Date | null
  mergedInto: string | null
  groupKeys: string[]
  byPeople: boolean // a person has merged or split it: no rule touches it any more
}

const { id, title, service, startedAt, endedAt, mergedInto } = incidents
const columns = { id, title, service, startedAt, endedAt, mergedInto }
// What ended longer ago than that is no matter of the same night.
const reachMs = 2 * aDay

/** The touched incidents of a source, and those they might be one with: of their services or group keys, open or ended lately. */
export async function groupableAround(
  db: Db,
  source: string,
  touched: readonly string[],
  by: 'group-key' | 'service-and-time',
): Promise<Groupable[]> {
  const own = await rowsOf(db, touched)
  if (own.length === 0) return []

  const from = new Date(Math.min(...own.map((row) => row.startedAt.getTime())) - reachMs)
  const near = and(eq(incidents.source, source), or(isNull(endedAt), gte(endedAt, from)), gte(startedAt, from))
  const others = by === 'group-key' ? await ofKeys(db, touched) : await ofServices(db, own, near)
  const rows = [...new Map([...own, ...others].map((row) => [row.id, row])).values()]
  return dressed(db, rows)
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number]

async function rowsOf(db: Db, ids: readonly string[]) {
  const portions = [...inPortions(ids, 1000)].map((portion) =>
    db.orm.select(columns).from(incidents).where(inArray(id, portion)),
  )
  return (await Promise.all(portions)).flat()
}

async function ofServices(db: Db, own: readonly Row[], near: ReturnType<typeof and>): Promise<Row[]> {
  const services = [...new Set(own.flatMap((row) => row.service ?? []))]
  if (services.length === 0) return []
  return db.orm
    .select(columns)
    .from(incidents)
    .where(and(inArray(service, services), isNotNull(service), near))
}

async function ofKeys(db: Db, touched: readonly string[]): Promise<Row[]> {
  const rows = await db.orm.all<{ id: string }>(sql`
    select distinct other.incident_id as id from incident_events own
    join incident_events other on other.kind = 'group-key' and other.value = own.value and other.source = own.source
    where own.kind = 'group-key' and own.incident_id in (select value from json_each(${JSON.stringify(touched)}))`)
  return rowsOf(
    db,
    rows.map((row) => row.id),
  )
}

async function dressed(db: Db, rows: readonly Row[]): Promise<Groupable[]> {
  const kinds = ['group-key', 'merged-into', 'split-from']
  const portions = [
    ...inPortions(
      rows.map((row) => row.id),
      1000,
    ),
  ].map((portion) =>
    db.orm
      .select()
      .from(incidentEvents)
      .where(and(inArray(incidentEvents.incidentId, portion), inArray(incidentEvents.kind, kinds))),
  )
  const said = groupBy((await Promise.all(portions)).flat(), (event) => event.incidentId)
  return rows.map((row) => {
    const events = said.get(row.id) ?? []
    return {
      ...row,
      groupKeys: events.filter(({ kind }) => kind === 'group-key').map(({ value }) => value),
      byPeople: events.some(({ kind, origin }) => kind !== 'group-key' && origin !== 'tool'),
    }
  })
}
