import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lte, ne, or, sql } from 'drizzle-orm'
import { aDay, aMinute } from '../calendar.ts'
import type { Db } from './db.ts'
import type { Letter } from './ledger.ts'
import { outbox, people } from './schema.ts'
import type { Undelivered } from './shapes.ts'

/** How long a letter may take to be accepted before somebody must hear of it. */
export const acceptedWithinMs = 15 * aMinute

/** What is to be tried by an instant, the longest waiting first. */
export async function waitingLetters(db: Db, channel: Letter['channel'], at: Date, limit: number): Promise<Letter[]> {
  return db.orm
    .select()
    .from(outbox)
    .where(and(isNotNull(outbox.nextAt), lte(outbox.nextAt, at), eq(outbox.channel, channel)))
    .orderBy(asc(outbox.nextAt), asc(outbox.id))
    .limit(limit)
}

/** What a try came to. `nextAt` null = settled. */
export type Try = Pick<Letter, 'nextAt' | 'fault' | 'sentAt' | 'failedAt'>

export async function noteTry(db: Db, id: string, tried: Try): Promise<void> {
  await db.batch([
    db.orm
      .update(outbox)
      .set({ ...tried, tries: sql`tries + 1` })
      .where(eq(outbox.id, id)),
  ])
}

/** The other side cannot be reached: all that waits for it waits longer, and none is tried for nothing. */
export async function putOffAll(
  db: Db,
  channel: Letter['channel'],
  given: { at: Date; until: Date; fault: string },
): Promise<void> {
  const { at, until, fault } = given
  await db.batch([
    db.orm
      .update(outbox)
      .set({ nextAt: until, fault, tries: sql`tries + 1` })
      .where(and(isNotNull(outbox.nextAt), lte(outbox.nextAt, at), eq(outbox.channel, channel))),
  ])
}

/**
 * As known at an instant: what was refused or given up after `from`, and what is not accepted a quarter of an hour after it
 * was due.
 */
export async function undeliveredSince(db: Db, from: Date, at: Date): Promise<Undelivered[]> {
  const isRefused = and(gt(outbox.failedAt, from), lte(outbox.failedAt, at))
  const isLate = and(
    isNull(outbox.failedAt),
    lte(outbox.dueAt, new Date(at.getTime() - acceptedWithinMs)),
    or(isNull(outbox.sentAt), gt(outbox.sentAt, at)),
  )
  const isTold = ne(outbox.channel, 'push') // a phone is woken besides, and may be gone
  return db.orm
    .select({
      id: outbox.id,
      channel: outbox.channel,
      kind: outbox.kind,
      to: outbox.to,
      dueAt: outbox.dueAt,
      failedAt: outbox.failedAt,
      fault: outbox.fault,
    })
    .from(outbox)
    .where(and(isTold, or(isRefused, isLate)))
    .orderBy(asc(outbox.dueAt), asc(outbox.id))
    .limit(200)
}

/** A report that a letter did not arrive comes within days. */
const comesBackMs = 31 * aDay

/** The mails of the last month to people who are reached at one of these addresses. */
export async function lettersTo(db: Db, addresses: readonly string[], at: Date): Promise<Letter[]> {
  if (addresses.length === 0) return []
  const wanted = and(eq(people.id, outbox.to), inArray(sql`lower(${people.email})`, [...addresses]))
  const rows = await db.orm
    .select({ letter: outbox })
    .from(outbox)
    .innerJoin(people, wanted)
    .where(and(eq(outbox.channel, 'mail'), gt(outbox.dueAt, new Date(at.getTime() - comesBackMs))))
  return rows.map(({ letter }) => letter)
}

/** Accepted, and then it came back: it is settled, and failed. What had failed before stays as it was. */
export async function noteBounce(db: Db, id: string, { at, fault }: { at: Date; fault: string }): Promise<void> {
  await db.batch([
    db.orm
      .update(outbox)
      .set({ failedAt: at, nextAt: null, fault })
      .where(and(eq(outbox.id, id), isNull(outbox.failedAt))),
  ])
}

/** The last digest to somebody of which anything is known: that it arrived, or why not. */
export async function lastDigestTo(db: Db, personId: string): Promise<Letter | undefined> {
  const settled = or(isNotNull(outbox.sentAt), isNotNull(outbox.failedAt), isNotNull(outbox.fault))
  const [row] = await db.orm
    .select()
    .from(outbox)
    .where(and(eq(outbox.to, personId), eq(outbox.kind, 'digest'), eq(outbox.channel, 'mail'), settled))
    .orderBy(desc(outbox.dueAt))
    .limit(1)
  return row
}

/** For whoever looks at the post: the latest letters, whatever became of them. */
export async function latestLetters(db: Db, limit: number): Promise<Letter[]> {
  return db.orm.select().from(outbox).orderBy(desc(outbox.dueAt), asc(outbox.id)).limit(limit)
}

/** How many were accepted, are waiting, and were refused, by channel. */
export async function countLetters(
  db: Db,
): Promise<{ channel: string; sent: number; waiting: number; failed: number }[]> {
  return db.orm.all(sql`
    select channel, sum(sent_at is not null) as sent, sum(next_at is not null) as waiting, sum(failed_at is not null) as failed
    from outbox group by channel order by channel`)
}
