import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Write } from './telling.ts'
import type { Remembered } from './triggers.ts'

type Orm = Pick<Db, 'orm'>

/**
 * Leaves rows as their JSON says, whatever stood there. A column that the JSON is silent about takes its default. Bytes come
 * as hex, and only where the row is new: those that stand are never changed.
 */
export function putRows({ orm }: Orm, { table, columns, key }: Remembered, rows: readonly string[]): Write {
  const isKept = (name: string, type: string) => key.includes(name) || type === 'blob'
  const set = columns
    .filter(({ name, type }) => !isKept(name, type))
    .map(({ name }) => sql`${id(name)} = excluded.${id(name)}`)
  const onConflict = set.length > 0 ? sql`update set ${sql.join(set, sql`, `)}` : sql`nothing`
  return orm.run(sql`
    insert into ${id(table)} (${names(columns.map(({ name }) => name))})
    select ${sql.join(columns.map(valueAt), sql`, `)} from json_each(${`[${rows.join(',')}]`}) as given where true
    on conflict (${names(key)}) do ${onConflict}`)
}

/** Takes rows away by their keys, each a JSON list. */
export function takeRows({ orm }: Orm, { table, key }: Remembered, keys: readonly string[]): Write {
  const places = key.map((_, place) => sql`given.value ->> ${place}`)
  return orm.run(sql`
    delete from ${id(table)} where (${names(key)}) in
      (select ${sql.join(places, sql`, `)} from json_each(${`[${keys.join(',')}]`}) as given)`)
}

function valueAt({ name, type, otherwise }: Remembered['columns'][number]): SQL {
  const value = sql`given.value ->> ${`$."${name}"`}`
  if (type === 'blob') return sql`unhex(${value})`
  return otherwise === undefined ? value : sql`ifnull(${value}, ${otherwise})`
}

function names(all: readonly string[]): SQL {
  return sql.join(all.map(id), sql`, `)
}

function id(name: string) {
  return sql.identifier(name)
}
