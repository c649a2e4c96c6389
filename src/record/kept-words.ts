import { eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import { record } from './schema.ts'

/** A word the record keeps about itself; drawn once, by whoever asks first. */
export async function keptWord(db: Db, key: string, draw: () => string): Promise<string> {
  const known = await wordOf(db, key)
  if (known !== undefined) return known
  await db.batch([db.orm.insert(record).values({ key, value: draw() }).onConflictDoNothing()])
  return (await wordOf(db, key)) ?? ''
}

async function wordOf(db: Db, key: string): Promise<string | undefined> {
  const [row] = await db.orm.select().from(record).where(eq(record.key, key))
  return row?.value
}
