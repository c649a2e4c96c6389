import { sql } from 'drizzle-orm'
import type { Db } from './db.ts'

/** By how many milliseconds the sender's clock was ahead when it first told of an incident, where it was. */
export async function skewsOf(db: Db, incidentIds: readonly string[]): Promise<Map<string, number>> {
  if (incidentIds.length === 0) return new Map()
  const rows = await db.orm.all<{ id: string; ahead: number }>(sql`
    select incident_id as id, max(cast(value as integer)) as ahead from incident_events
    where kind = 'clock-skew' and incident_id in (select value from json_each(${JSON.stringify(incidentIds)}))
    group by incident_id`)
  return new Map(rows.map(({ id, ahead }) => [id, ahead]))
}

/** By how much a source's clock was ahead when it last was; null = it never was. */
export async function lastSkewOf(db: Db, source: string): Promise<number | null> {
  const [row] = await db.orm.all<{ ahead: number }>(sql`
    select cast(value as integer) as ahead from incident_events
    where kind = 'clock-skew' and source = ${source} order by recorded_at desc limit 1`)
  return row?.ahead ?? null
}
