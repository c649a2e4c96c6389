import { and, count, eq, gte, isNotNull, lt, sql } from 'drizzle-orm'
import { aDay, aMinute } from '../calendar.ts'
import type { Db } from './db.ts'
import { deliveries, outbox } from './schema.ts'

/** How often it was kept, of how often it was given; null = it was not given yet. */
export interface PromiseKept {
  kept: number
  given: number
}
const graceMs = 15 * aMinute

/**
 * The two promises: what a tool delivered is read (of the past day, what could not be read counts against it), and a digest is
 * with its reader within a quarter of an hour of its time (of the past thirty days).
 */
export async function promisesKept(db: Db, now: Date): Promise<{ ingest: PromiseKept; digest: PromiseKept }> {
  const due = new Date(now.getTime() - 30 * aDay)
  const ofThePastDay = gte(deliveries.id, idAt(new Date(now.getTime() - aDay)))
  const isDigest = and(eq(outbox.kind, 'digest'), gte(outbox.dueAt, due), lt(outbox.dueAt, past(now)))
  const inTime = sql`${outbox.sentAt} <= ${outbox.dueAt} + ${graceMs}`
  const [[came], [unread], [onTime], [all]] = await db.orm.batch([
    db.orm.select({ n: count() }).from(deliveries).where(ofThePastDay),
    db.orm
      .select({ n: count() })
      .from(deliveries)
      .where(and(ofThePastDay, isNotNull(deliveries.fault))),
    db.orm.select({ n: count() }).from(outbox).where(and(isDigest, inTime)),
    db.orm.select({ n: count() }).from(outbox).where(isDigest),
  ])
  return {
    ingest: { kept: (came?.n ?? 0) - (unread?.n ?? 0), given: came?.n ?? 0 },
    digest: { kept: onTime?.n ?? 0, given: all?.n ?? 0 },
  }
}

function past(now: Date): Date {
  return new Date(now.getTime() - graceMs)
}

// Deliveries sort by arrival: their ids begin with it, as sources/arrivals.ts draws them.
function idAt(at: Date): string {
  return at.getTime().toString(36).padStart(9, '0')
}
