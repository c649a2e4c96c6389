import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Write } from './telling.ts'
import type { Column, Remembered } from './triggers.ts'

type Orm = Pick<Db, 'orm'>

/**
 * Leaves rows as their JSON says, whatever stood there. A column that the JSON is silent about takes its default. A heavy one
 * comes as hex, and stays as it stands where the row is there already.
 */
export function putRows({ orm }: Orm, { table, columns, key }: Remembered, rows: readonly string[]): Write {
  const changing = columns.filter(({ name, isHeavy }) => !isHeavy && !key.includes(name))
  const set = changing.map(({ name }) => sql`${id(name)} = excluded.${id(name)}`)
  const onConflict = set.length > 0 ? sql`update set ${sql.join(set, sql`, `)}` : sql`nothing`
  return orm.run(sql`
    insert into ${id(table)} (${names(columns.map(({ name }) => name))})
    select ${sql.join(columns.map(valueAt), sql`, `)} from json_each(${`[${rows.join(',')}]`}) as given where true
    on conflict (${names(key)}) do ${onConflict}`)
}

/** Takes rows away by their keys, each a JSON list. */
export function takeRows({ orm }: Orm, { table, key }: Remembered, keys: readonly string[]): Write {
  const places = key.map((_, place) => sql`given.value ->> ${`$[${place}]`}`)
  return orm.run(sql`
    delete from ${id(table)} where (${names(key)}) in
      (select ${sql.join(places, sql`, `)} from json_each(${`[${keys.join(',')}]`}) as given)`)
}

/** Whether a row of the table has the key that stands in a JSON list. */
export function hasKey({ table, key }: Remembered, list: SQL): SQL {
  const same = key.map((name, place) => sql`${id(table)}.${id(name)} = ${list} ->> ${`$[${place}]`}`)
  return sql.join(same, sql` and `)
}

function valueAt({ name, type, isHeavy, otherwise }: Column): SQL {
  const value = sql`given.value ->> ${`$."${name}"`}`
  if (isHeavy) return type === 'blob' ? sql`unhex(${value})` : sql`cast(unhex(${value}) as text)`
  return otherwise === undefined ? value : sql`ifnull(${value}, ${otherwise})`
}

function names(all: readonly string[]): SQL {
  return sql.join(all.map(id), sql`, `)
}

function id(name: string) {
  return sql.identifier(name)
}
