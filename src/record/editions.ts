import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from './db.ts'
import { editions } from './schema.ts'

export type EditionRow = typeof editions.$inferSelect

/** The snapshot under its number. What was kept of that instant already stays, and is answered. */
export async function keepEdition(db: Db, edition: Omit<EditionRow, 'number'>): Promise<EditionRow> {
  await db.batch([db.orm.insert(editions).values(edition).onConflictDoNothing()])
  const kept = await editionOf(db, edition)
  if (!kept) throw new Error(`the edition of ${edition.day} was not kept`)
  return kept
}

export async function editionOf(
  db: Db,
  { day, asOf, meetingId }: Pick<EditionRow, 'day' | 'asOf' | 'meetingId'>,
): Promise<EditionRow | undefined> {
  const same = and(eq(editions.day, day), eq(editions.asOf, asOf), eq(editions.meetingId, meetingId))
  const [row] = await db.orm.select().from(editions).where(same)
  return row
}

export async function findEdition(db: Db, number: number): Promise<EditionRow | undefined> {
  const [row] = await db.orm.select().from(editions).where(eq(editions.number, number))
  return row
}

/** The last one told of an earlier day. */
export async function editionBefore(db: Db, day: string): Promise<EditionRow | undefined> {
  const [row] = await db.orm
    .select()
    .from(editions)
    .where(lt(editions.day, day))
    .orderBy(desc(editions.day), desc(editions.asOf))
    .limit(1)
  return row
}
