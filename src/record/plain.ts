import { inArray } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './db.ts'
import type { Fact } from './fact.ts'
import { type Decided, inPortions, isSame, type Placed, upsert } from './telling.ts'

/** Kinds without a life of their own: one row a key, corrected by telling it again. `asRow` may keep what stood before. */
export async function decidePlain<F extends Fact, T extends SQLiteTable & { id: SQLiteColumn }>(
  db: Db,
  facts: readonly Placed<F>[],
  table: T,
  { idOf, asRow }: { idOf(fact: F): string; asRow(fact: F, before: T['$inferSelect'] | undefined): T['$inferInsert'] },
): Promise<Decided & { fresh: F[] }> {
  const decided = { outcomes: new Map(), writes: [], shifts: [], fresh: [] } as Decided & { fresh: F[] }
  if (facts.length === 0) return decided

  const ids = [...new Set(facts.map(({ fact }) => idOf(fact)))]
  const portions = [...inPortions(ids, 1000)].map((portion) =>
    db.orm
      .select()
      .from(table as SQLiteTable)
      .where(inArray(table.id, portion)),
  )
  const known = new Map((await Promise.all(portions)).flat().map((row) => [String(row.id), row as T['$inferSelect']]))
  const rows = new Map<string, T['$inferInsert']>()
  for (const { place, fact } of facts) {
    const id = idOf(fact)
    const before = (rows.get(id) as T['$inferSelect'] | undefined) ?? known.get(id)
    const row = asRow(fact, before)
    decided.outcomes.set(
      place,
      before === undefined ? 'new' : isSame(inOrder(before), inOrder(row)) ? 'unchanged' : 'changed',
    )
    if (before === undefined) decided.fresh.push(fact)
    if (before === undefined || !isSame(inOrder(before), inOrder(row))) rows.set(id, row)
  }
  decided.writes.push(...upsert(db, table as SQLiteTable, ['id'] as never, [...rows.values()]))
  return decided
}

function inOrder(row: object): unknown {
  return Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))
}
