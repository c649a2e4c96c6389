import { and, asc, count, eq, gte, isNotNull, isNull, lt, min } from 'drizzle-orm'
import type { Db } from './db.ts'
import { deliveries, type Grouping, type InputClass, sources } from './schema.ts'

export type RegisteredSource = typeof sources.$inferSelect

/** Deliveries of one source within a day, and what waits or could not be read at all. */
export interface DeliveryCounts {
  today: number
  waiting: number
  waitingSince?: Date // when the oldest of them came
  unreadable: number
}

export async function listSources(db: Db): Promise<RegisteredSource[]> {
  return db.orm.select().from(sources).orderBy(asc(sources.name))
}

export async function findSource(db: Db, name: string): Promise<RegisteredSource | undefined> {
  const [found] = await db.orm.select().from(sources).where(eq(sources.name, name))
  return found
}

/** Makes a source known that has not spoken yet; one that has is left as it is. */
export async function registerSource(db: Db, source: typeof sources.$inferInsert): Promise<void> {
  await db.batch([db.orm.insert(sources).values(source).onConflictDoNothing()])
}

/** Which adapter reads it from now on, and which input it counts for. */
export async function setAdapter(
  db: Db,
  name: string,
  { adapter, class: inputClass }: { adapter: string; class: InputClass },
) {
  await db.batch([db.orm.update(sources).set({ adapter, class: inputClass }).where(eq(sources.name, name))])
}

/** By which rule its alerts become one incident by themselves. */
export async function setGrouping(db: Db, name: string, grouping: Grouping): Promise<void> {
  await db.batch([db.orm.update(sources).set({ grouping }).where(eq(sources.name, name))])
}

/** How long it may say nothing before that is news itself; null = as long as its class may. */
export async function setSilence(db: Db, name: string, silenceMs: number | null): Promise<void> {
  await db.batch([db.orm.update(sources).set({ silenceMs }).where(eq(sources.name, name))])
}

/** How many deliveries of a source were read and held nothing for us: events that it tells and nobody here needs. */
export async function notForUs(db: Db, source: string): Promise<number> {
  const [row] = await db.orm
    .select({ count: count() })
    .from(deliveries)
    .where(and(eq(deliveries.source, source), eq(deliveries.facts, 0)))
  return row?.count ?? 0
}

/** By source; one without deliveries is missing. `day`: from inclusive, to exclusive. */
export async function deliveryCounts(db: Db, day: { from: Date; to: Date }): Promise<Map<string, DeliveryCounts>> {
  const bySource = { name: deliveries.source, count: count() }
  const [today, waiting, unreadable] = await db.orm.batch([
    db.orm
      .select(bySource)
      .from(deliveries)
      .innerJoin(
        sources,
        and(
          eq(sources.name, deliveries.source),
          gte(deliveries.receivedAt, day.from),
          lt(deliveries.receivedAt, day.to),
        ),
      )
      .groupBy(deliveries.source),
    db.orm
      .select({ ...bySource, since: min(deliveries.receivedAt) })
      .from(deliveries)
      .where(isNull(deliveries.ingestedAt))
      .groupBy(deliveries.source),
    db.orm.select(bySource).from(deliveries).where(isNotNull(deliveries.fault)).groupBy(deliveries.source),
  ])
  const counts = new Map<string, DeliveryCounts>()
  const add = (name: string, more: Partial<DeliveryCounts>) =>
    counts.set(name, { ...(counts.get(name) ?? { today: 0, waiting: 0, unreadable: 0 }), ...more })
  for (const row of today) add(row.name, { today: row.count })
  for (const { name, count: waits, since } of waiting)
    add(name, { waiting: waits, ...(since && { waitingSince: since }) })
  for (const row of unreadable) add(row.name, { unreadable: row.count })
  return counts
}
