import { eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import { sourceMappings } from './schema.ts'

export type SourceMapping = typeof sourceMappings.$inferSelect

export async function findMapping(db: Db, source: string): Promise<SourceMapping | undefined> {
  const [found] = await db.orm.select().from(sourceMappings).where(eq(sourceMappings.source, source))
  return found
}

export async function saveMapping(db: Db, mapping: SourceMapping): Promise<void> {
  const { source: _, ...set } = mapping
  const insert = db.orm.insert(sourceMappings).values(mapping)
  await db.batch([insert.onConflictDoUpdate({ target: sourceMappings.source, set })])
}
