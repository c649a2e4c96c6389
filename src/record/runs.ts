import { sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { IncidentTold } from './fact.ts'

/** That an alarm was on or off at an instant, and the incident it was put to. */
export interface Sign {
  incidentId: string
  at: Date
  on: boolean
  told: IncidentTold[] // what was told with it
}

/**
 * What was heard of each alarm next to an instant, oldest first. Ids of one alarm's runs begin alike (`prefix`) and go on
 * with an instant within the run: the three before and the three after hold every sign that can matter.
 */
export async function signsNear(
  db: Db,
  asked: readonly { prefix: string; id: string }[],
): Promise<Map<string, Sign[]>> {
  if (asked.length === 0) return new Map()
  const rows = await db.orm.all<{ prefix: string; id: string; at: number; kind: string; value: string }>(sql`
    with
      asked as (select value ->> 'id' id, value ->> 'prefix' prefix from json_each(${JSON.stringify(asked)})),
      places as (select 0 place union select 1 union select 2),
      near as (
        select prefix, (select id from incidents where id <= asked.id and id > asked.prefix order by id desc limit 1 offset place) id
        from asked join places
        union
        select prefix, (select id from incidents where id > asked.id and id < asked.prefix || '~' order by id limit 1 offset place) id
        from asked join places
      )
    select near.prefix, incident_id id, at, kind, value
    from near join incident_events on incident_id = near.id
    where kind in ('told', 'resolved') and origin = 'tool' and why = ''
    order by at, incident_id`)
  const byPrefix = new Map<string, Sign[]>()
  for (const { prefix, id, at, kind, value } of rows) {
    const signs = byPrefix.get(prefix) ?? []
    byPrefix.set(prefix, signs)
    const known = signs.find((sign) => sign.incidentId === id && sign.at.getTime() === at)
    const sign = known ?? { incidentId: id, at: new Date(at), on: true, told: [] }
    if (!known) signs.push(sign)
    if (kind === 'resolved') sign.on = false
    else sign.told.push(JSON.parse(value)) // written by toldText from an IncidentTold without instants
  }
  return byPrefix
}
