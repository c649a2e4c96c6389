import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './db.ts'
import type { Fact, Outcome, Telling } from './fact.ts'
import type { Origin } from './schema.ts'

/** One fact with its place in the telling, so that outcomes come back in the order given. */
export interface Placed<F extends Fact = Fact> {
  place: number
  fact: F
}
/** What a group of facts amounts to, decided before anything is written. */
export interface Decided {
  outcomes: Map<number, Outcome>
  writes: Write[]
  shifts: Shift[]
}
export type Write = BatchItem<'sqlite'>
/** A subject that counts, or counts no more, at `at` for a figure of the morning it belongs to. */
export interface Shift {
  figure: string
  subjectKind: string
  subjectId: string
  at: Date
  by: 1 | -1
}

/** SQLite takes 32,766 parameters in a statement: rows go in so many at a time. */
export function* inPortions<T>(rows: readonly T[], size = 400): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

/** Insert rows, leaving those that stand as they are. */
export function insertNew<T extends SQLiteTable>(db: Db, table: T, rows: readonly T['$inferInsert'][]): Write[] {
  return [...inPortions(rows)].map((portion) => db.orm.insert(table).values(portion).onConflictDoNothing())
}

/** Insert rows, or set every column of those that stand. */
export function upsert<T extends SQLiteTable>(
  db: Db,
  table: T,
  key: readonly (keyof T['$inferSelect'] & string)[],
  rows: readonly T['$inferInsert'][],
): Write[] {
  const columns = getTableColumns(table)
  const target = key.map((name) => columns[name]).filter((column) => column !== undefined)
  const set = Object.fromEntries(
    Object.keys(columns)
      .filter((name) => !(key as readonly string[]).includes(name))
      .map((name) => [name, excluded(name)]),
  ) as never // every other column of the same table, set from the row that was offered
  return [...inPortions(rows)].map((portion) =>
    db.orm.insert(table).values(portion).onConflictDoUpdate({ target, set }),
  )
}

/** `excluded.some_column`: the value offered by the row that met another. */
export function excluded(name: string): SQL {
  return sql`excluded.${sql.identifier(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))}`
}

export interface HappeningRow {
  at: Date
  recordedAt: Date
  kind: string
  value: string
  by: string
  why: string
  origin: Origin
  source: string
  rank: number
}

/** A happening as it is kept. */
export function asRow(
  said: { at: Date; event: string; value?: string; by?: string; why?: string },
  telling: Telling,
): HappeningRow {
  return {
    at: said.at,
    recordedAt: telling.recordedAt,
    kind: said.event,
    value: said.value ?? '',
    by: said.by ?? '',
    why: said.why ?? '',
    origin: telling.origin,
    source: telling.source,
    rank: telling.rank ?? 0,
  }
}

/** The room's words for one instant follow each other: each ranks above what was said for that instant before it. */
export function following<T extends HappeningRow>(row: T, said: readonly HappeningRow[]): T {
  if (row.origin !== 'room') return row

  const before = said.filter((other) => other.at.getTime() === row.at.getTime())
  return { ...row, rank: 1 + Math.max(0, ...before.map(({ rank }) => rank)) }
}

export function sameHappening(a: HappeningRow, b: HappeningRow): boolean {
  return a.at.getTime() === b.at.getTime() && a.kind === b.kind && a.value === b.value
}

/** Equal as values: instants by their moment, everything else by identity or its JSON. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
