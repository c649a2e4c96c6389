import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt, notLike, sql } from 'drizzle-orm'
import { aMinute } from '../calendar.ts'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { deliveries, type InputClass, inputs, sources } from './schema.ts'
import { groupBy, type Write } from './telling.ts'

const { id, source, receivedAt, contentType, ingestedAt, facts, fault } = deliveries
const bytes = sql<number>`length(${deliveries.body})`
const beginning = sql<Uint8Array>`substr(${deliveries.body}, 1, 2000)`
const shown = { id, source, receivedAt, contentType, ingestedAt, facts, fault, bytes, beginning }

export type KeptDelivery = Pick<
  typeof deliveries.$inferInsert,
  'id' | 'source' | 'receivedAt' | 'contentType' | 'body'
> & {
  fault?: string
}
export type WaitingDelivery = Awaited<ReturnType<typeof oldestWaiting>>[number]
export type NewSource = typeof sources.$inferInsert

/** What the sources pages show of one raw message. `excerpt`: its beginning as text. */
export interface DeliveryLine {
  id: string
  source: string
  receivedAt: Date
  contentType: string
  bytes: number
  ingestedAt: Date | null
  facts: number | null
  fault: string | null
  excerpt: string
}

/** What became of a delivery: how many facts it amounted to, or why it could not be read; both when some were refused. */
export interface Ingestion {
  id: string
  facts: number | null
  fault: string | null
}
export interface SignOfLife {
  source: string
  class: InputClass
  at: Date
}

/** The raw messages and the sources first heard through them, in one commit. One that comes with its fault waits for nobody. */
export async function keepDeliveries(
  db: Db,
  kept: readonly KeptDelivery[],
  heard: readonly NewSource[],
): Promise<void> {
  const rows = kept.map(({ fault, ...delivery }) => ({
    ...delivery,
    fault: fault ?? null,
    ingestedAt: fault === undefined ? null : delivery.receivedAt,
  }))
  const at = kept.at(-1)?.receivedAt
  await saying(
    { ...(at && { at }), by: '', why: '', source: [...new Set(kept.map(({ source }) => source))].join(', ') },
    () =>
      db.batch([
        ...heard.map((source) => db.orm.insert(sources).values(source).onConflictDoNothing()),
        db.orm.insert(deliveries).values(rows),
      ]),
  )
}

/** The oldest that wait: at most `limit` of them, and no more than fit into `mostBytes` together, but one at least. */
export async function oldestWaiting(db: Db, limit: number, mostBytes = 4 * 1024 * 1024) {
  const oldest = await db.orm
    .select({ id: deliveries.id, bytes })
    .from(deliveries)
    .where(isNull(deliveries.ingestedAt))
    .orderBy(asc(deliveries.id))
    .limit(limit)
  if (oldest.length === 0) return []

  const adapter = sources.adapter
  return db.orm
    .select({ id, source, receivedAt, contentType, body: deliveries.body, adapter })
    .from(deliveries)
    .leftJoin(sources, eq(sources.name, deliveries.source))
    .where(inArray(deliveries.id, fitting(oldest, mostBytes)))
    .orderBy(asc(deliveries.id))
}

function fitting(oldest: readonly { id: string; bytes: number }[], mostBytes: number): string[] {
  const ids: string[] = []
  for (let [total, place] = [0, 0]; place < oldest.length; place++) {
    total += oldest[place]?.bytes ?? 0
    if (total > mostBytes && ids.length > 0) break
    ids.push(oldest[place]?.id ?? '')
  }
  return ids
}

/**
 * Writes, to go in one transaction with the facts, that end the wait of these deliveries and note that their sources are
 * alive even where they told nothing.
 */
export function ingested(
  db: Db,
  done: readonly Ingestion[],
  { at, heard }: { at: Date; heard: readonly SignOfLife[] },
): Write[] {
  const marks = [...groupBy(done, ({ facts, fault }) => `${facts} ${fault}`).values()].map((alike) =>
    db.orm
      .update(deliveries)
      .set({ ingestedAt: at, facts: alike[0]?.facts ?? null, fault: alike[0]?.fault ?? null })
      .where(
        inArray(
          deliveries.id,
          alike.map((ingestion) => ingestion.id),
        ),
      ),
  )
  return [...marks, ...lives(db, heard)]
}

// A sign of life counts no facts: recordFacts counts those.
function lives(db: Db, heard: readonly SignOfLife[]): Write[] {
  const latest = new Map<string, typeof inputs.$inferInsert>()
  for (const { source, class: inputClass, at } of heard) {
    const minute = new Date(Math.floor(at.getTime() / aMinute) * aMinute)
    const key = `${source} ${inputClass} ${minute.getTime()}`
    const before = latest.get(key)
    if (!before || before.lastAt < at) latest.set(key, { source, class: inputClass, minute, lastAt: at, count: 0 })
  }
  return [...latest.values()].map((row) =>
    db.orm
      .insert(inputs)
      .values(row)
      .onConflictDoUpdate({
        target: [inputs.source, inputs.class, inputs.minute],
        set: { lastAt: sql`max(${inputs.lastAt}, excluded.last_at)` },
      }),
  )
}

/** How the fault of a delivery begins of which only the beginning was kept: reading it again cannot help. */
export const tooBig = 'too big'

/**
 * Makes unreadable deliveries wait again, to be read anew: one of them, or all of a source.
 * @returns how many now wait.
 */
export async function replayDeliveries(db: Db, which: { id: string } | { source: string }): Promise<number> {
  const chosen = 'id' in which ? eq(deliveries.id, which.id) : eq(deliveries.source, which.source)
  const replayed = await db.orm
    .update(deliveries)
    .set({ ingestedAt: null, facts: null, fault: null })
    .where(and(isNotNull(deliveries.fault), notLike(deliveries.fault, `${tooBig}%`), chosen))
    .returning({ id: deliveries.id })
  return replayed.length
}

/** Newest first; `before` is the id of the last one already shown. */
export async function listDeliveries(
  db: Db,
  {
    source,
    unreadable = false,
    before,
    limit,
  }: { source?: string; unreadable?: boolean; before?: string; limit: number },
): Promise<DeliveryLine[]> {
  const wanted = and(
    source === undefined ? undefined : eq(deliveries.source, source),
    unreadable ? isNotNull(deliveries.fault) : undefined,
    before === undefined ? undefined : lt(deliveries.id, before),
  )
  return (await db.orm.select(shown).from(deliveries).where(wanted).orderBy(desc(deliveries.id)).limit(limit)).map(
    asLine,
  )
}

export async function findDelivery(db: Db, id: string): Promise<DeliveryLine | undefined> {
  const [found] = await db.orm.select(shown).from(deliveries).where(eq(deliveries.id, id))
  return found && asLine(found)
}

/** The message itself, byte for byte. */
export async function rawDelivery(db: Db, id: string): Promise<Uint8Array | undefined> {
  const [found] = await db.orm.select({ body: deliveries.body }).from(deliveries).where(eq(deliveries.id, id))
  return found?.body
}

/** How many wait, and how many could not be read. */
export async function countDeliveries(db: Db): Promise<{ waiting: number; unreadable: number }> {
  const [[waiting], [unreadable]] = await db.orm.batch([
    db.orm.select({ count: count() }).from(deliveries).where(isNull(deliveries.ingestedAt)),
    db.orm.select({ count: count() }).from(deliveries).where(isNotNull(deliveries.fault)),
  ])
  return { waiting: waiting?.count ?? 0, unreadable: unreadable?.count ?? 0 }
}

function asLine({
  beginning,
  ...line
}: Omit<DeliveryLine, 'excerpt'> & { beginning: Uint8Array | null }): DeliveryLine {
  return { ...line, excerpt: new TextDecoder().decode(beginning ?? new Uint8Array()) }
}
