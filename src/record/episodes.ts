import { sql } from 'drizzle-orm'
import type { Db } from './db.ts'

export interface Overtaken {
  id: string
  by: Date // when the next episode of the same alarm began
}

/**
 * Incidents that were still open when the next episode of their own alarm began: they are over, though nobody said so.
 * Ids of one alarm's episodes begin alike (`prefix`) and sort by their start. Looks at `touched` and their neighbours only.
 */
export async function overtakenIncidents(
  db: Db,
  touched: readonly { id: string; prefix: string }[],
): Promise<Overtaken[]> {
  if (touched.length === 0) return []
  const rows = await db.orm.all<{ id: string; by: number }>(sql`
    with
      touched as (
        select value ->> 'id' id, value ->> 'prefix' prefix from json_each(${JSON.stringify(touched)})
      ),
      pairs as (
        select (select max(id) from incidents where id < touched.id and id > touched.prefix) earlier, id later from touched
        union
        select id earlier, (select min(id) from incidents where id > touched.id and id < touched.prefix || '~') later from touched
      )
    select earlier.id id, later.started_at "by"
    from pairs
    join incidents earlier on earlier.id = pairs.earlier
    join incidents later on later.id = pairs.later
    where earlier.ended_at is null or earlier.ended_at > later.started_at
    order by earlier.id`)
  return rows.map(({ id, by }) => ({ id, by: new Date(by) }))
}
