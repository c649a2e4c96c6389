import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../src/record/db.ts'
import { saying } from '../../src/record/saying.ts'
import { remembered } from '../../src/record/triggers.ts'

type Orm = Pick<Db, 'orm'>
/** How the record stood at an instant of a random life: a hash of each table's rows. */
export type Model = ReadonlyMap<string, string>
export interface Remembrance {
  at: Date
  standing: Model
}

/** A small generator of its own, so that a life can be lived again. Numbers from 0 to below `most`. */
export function dice(seed: number): (most: number) => number {
  const state = { now: seed >>> 0 || 1 }
  return (most) => {
    state.now = (Math.imul(state.now, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state.now / 2 ** 32) * most)
  }
}

export interface Living {
  operations: number
  remembrances: number
  from: Date
  roll: (most: number) => number
  between?: (done: number) => Promise<void> // what is done while it lives: ship, copy
}

/**
 * Random operations of every kind on tables of every shape, some in one saving, on a clock that mostly goes on and sometimes
 * jumps back: what it was told and how all stood is remembered at random moments.
 */
export async function live(db: Db, { operations, remembrances, from, roll, between }: Living): Promise<Remembrance[]> {
  const remembered: Remembrance[] = []
  const clock = { at: from.getTime() }
  for (let done = 0, next = 0; done < operations; ) {
    clock.at += 1 + roll(60_000)
    const count = Math.min(operations - done, 1 + roll(12))
    const writes = Array.from({ length: count }, () => db.orm.run(operation(roll)))
    const voice = { at: new Date(clock.at), by: `writer ${roll(5)}`, source: roll(3) === 0 ? 'room' : 'tool' }
    await saying(voice, () => db.batch(writes)).catch(unlessRefused) // refused whole: it never happened
    done += count
    if (next < remembrances && done >= ((next + 1) * operations) / (remembrances + 1)) {
      remembered.push({ at: new Date(clock.at), standing: await standingOf(db) })
      next += 1
    }
    await between?.(done)
  }
  return remembered
}

function unlessRefused(error: unknown): void {
  if (!/UNIQUE/.test(String(error))) throw error
}

const ids = 250

function operation(roll: (most: number) => number): SQL {
  const id = `r${roll(ids)}`
  const text = `text ${roll(1e6)} "quoted" \n ${'é'.repeat(roll(20))}`
  const real = roll(1e6) / (1 + roll(1e3))
  switch (roll(13)) {
    case 0:
      return sql`insert into people (id, name, email, recorded_at) values (${id}, ${text}, ${id}, ${roll(1e9)}) on conflict (id) do update set name = excluded.name`
    case 1:
      return sql`insert into planned_events (id, title, "from", "to", peak_percent, recorded_at) values (${id}, ${text}, 0, 1, ${real}, 0) on conflict (id) do update set peak_percent = excluded.peak_percent`
    case 2:
      return sql`insert or replace into planned_events (id, title, "from", "to", peak_percent, recorded_at) values (${id}, ${text}, 0, 1, ${-real}, 0)`
    case 3:
      return sql`update planned_events set title = ${text} where id > ${id} and id < ${`${id}9`}`
    case 4:
      return sql`delete from planned_events where id = ${id}`
    case 5:
      return sql`insert into site_events (service, site, at, state, capacity_percent, recorded_at) values (${id}, 'fra', ${roll(20)}, 'able', ${real}, 0) on conflict do nothing`
    case 6:
      return sql`update site_events set at = at + 100 where service = ${id} and at < 100`
    case 7:
      return sql`delete from site_events where service = ${id}`
    case 8:
      return sql`insert into deliveries (id, source, received_at, body) values (${`${roll(1e9)}`}, 'lift', 0, ${Buffer.from(text)}) on conflict do nothing`
    case 9:
      return sql`update deliveries set ingested_at = ${roll(1e9)}, facts = ${roll(9)} where id like ${`${roll(10)}${roll(10)}%`} and ingested_at is null`
    case 10:
      return sql`update people set role = ${text}, closed_at = null where id like ${`%${roll(10)}`}`
    case 11:
      return sql`insert into outbox (id, channel, kind, "to", content, due_at, made_at) values (${id}, 'mail', 'digest', 'ana', ${JSON.stringify(text)}, 0, 0) on conflict (id) do update set tries = tries + 1`
    default:
      return sql`delete from people where id = ${id}`
  }
}

export async function standingOf(
  db: Orm,
  tables: readonly string[] = remembered.map(({ table }) => table),
): Promise<Map<string, string>> {
  const standing = new Map<string, string>()
  for (const { table, key } of remembered.filter(({ table }) => tables.includes(table))) {
    const order = sql.join(
      key.map((name) => sql.identifier(name)),
      sql`, `,
    )
    const rows = await db.orm.values(sql`select * from ${sql.identifier(table)} order by ${order}`)
    standing.set(
      table,
      createHash('sha256')
        .update(JSON.stringify(rows.map((row) => Object.values(row as object).map(plain))))
        .digest('hex'),
    )
  }
  return standing
}

function plain(value: unknown): unknown {
  return value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : value
}
