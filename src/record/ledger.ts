import { and, desc, eq, gte, lte } from 'drizzle-orm'
import type { Db } from './db.ts'
import { outbox, runs } from './schema.ts'
import { inPortions } from './telling.ts'

export type Run = typeof runs.$inferSelect
export type Letter = typeof outbox.$inferSelect
/** What is to leave the house, as its cause writes it. */
export type NewLetter = Pick<Letter, 'id' | 'channel' | 'kind' | 'to' | 'content' | 'dueAt' | 'madeAt'> &
  Partial<Pick<Letter, 'nextAt'>>

/** By person, on which local dates from that one on a job has its row already. */
export async function enteredFrom(db: Db, job: string, localDate: string): Promise<Map<string, Set<string>>> {
  const rows = await db.orm
    .select({ person: runs.person, localDate: runs.localDate })
    .from(runs)
    .where(and(eq(runs.job, job), gte(runs.localDate, localDate)))
  const entered = new Map<string, Set<string>>()
  for (const row of rows) entered.set(row.person, (entered.get(row.person) ?? new Set()).add(row.localDate))
  return entered
}

/**
 * Writes what was decided and what is to leave because of it in one transaction. A row that stands already stays, and with
 * it the letter of the same cause: written twice it is written once.
 */
export async function enter(db: Db, decided: readonly Run[], letters: readonly NewLetter[]): Promise<void> {
  const portions = [
    ...[...inPortions(decided)].map((rows) => db.orm.insert(runs).values(rows).onConflictDoNothing()),
    ...[...inPortions(letters)].map((rows) =>
      db.orm
        .insert(outbox)
        .values(rows.map((letter) => ({ nextAt: letter.madeAt, ...letter })))
        .onConflictDoNothing(),
    ),
  ]
  await db.batch(portions)
}

/** The latest rows of a job up to an instant, for a person to look at. */
export async function latestRuns(db: Db, job: string, { at, limit }: { at: Date; limit: number }): Promise<Run[]> {
  return db.orm
    .select()
    .from(runs)
    .where(and(eq(runs.job, job), lte(runs.dueAt, at)))
    .orderBy(desc(runs.dueAt), runs.person)
    .limit(limit)
}
