import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { incidents, pulls } from './schema.ts'
import type { Write } from './telling.ts'

export type Pull = typeof pulls.$inferSelect

export async function listPulls(db: Db): Promise<Pull[]> {
  return db.orm.select().from(pulls).orderBy(asc(pulls.source))
}

export async function findPull(db: Db, source: string): Promise<Pull | undefined> {
  const [found] = await db.orm.select().from(pulls).where(eq(pulls.source, source))
  return found
}

/** How a source is asked from now on. At another address it begins anew; the token stays unless one is given. */
export async function savePull(
  db: Db,
  pull: Pick<Pull, 'source' | 'kind' | 'url' | 'options' | 'everyMs' | 'recordedAt' | 'by'> & { token?: string | null },
): Promise<void> {
  const before = await findPull(db, pull.source)
  const isSame = before?.kind === pull.kind && before.url === pull.url
  const anew = {
    triedAt: null,
    failures: 0,
    openUntil: null,
    fault: null,
    ...(isSame ? {} : { cursor: null, asOf: null }),
  }
  await db.batch([
    db.orm
      .insert(pulls)
      .values(pull)
      .onConflictDoUpdate({ target: pulls.source, set: { ...pull, ...anew } }),
  ])
}

/** A write that notes how a round went; to go in one transaction with what it told. */
export function noteRound(db: Db, source: string, round: Partial<Pull>): Write {
  return db.orm.update(pulls).set(round).where(eq(pulls.source, source))
}

export async function stopPulling(db: Db, source: string): Promise<void> {
  await db.batch([db.orm.delete(pulls).where(eq(pulls.source, source))])
}

/** The incidents this source told of that nobody has said to be over. */
export async function openOfSource(db: Db, source: string): Promise<{ id: string; startedAt: Date }[]> {
  return db.orm
    .select({ id: incidents.id, startedAt: incidents.startedAt })
    .from(incidents)
    .where(and(eq(incidents.source, source), isNull(incidents.endedAt)))
}
