import { createHash } from 'node:crypto'
import { and, asc, eq, gt, gte, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { handOvers } from './schema.ts'

export type HandOver = typeof handOvers.$inferSelect
export type NewHandOver = Pick<
  HandOver,
  'id' | 'meetingId' | 'at' | 'by' | 'toId' | 'issue' | 'noticed' | 'plan' | 'subjectKind' | 'subjectId'
>

/** The same words to the same person in one meeting are one hand-over: a double click. */
export function handOverId(meetingId: string, toId: string, issue: string): string {
  return createHash('sha256')
    .update(JSON.stringify([meetingId, toId, issue]))
    .digest('hex')
    .slice(0, 12)
}

/** Keeps it, once. @returns false when one of that id stands already. */
export async function keepHandOver(db: Db, handOver: NewHandOver): Promise<boolean> {
  const kept = await saying({ at: handOver.at, by: handOver.by, source: 'room' }, () =>
    db.orm.insert(handOvers).values(handOver).onConflictDoNothing().returning({ id: handOvers.id }),
  )
  return kept.length > 0
}

export async function findHandOver(db: Db, id: string): Promise<HandOver | undefined> {
  const [row] = await db.orm.select().from(handOvers).where(eq(handOvers.id, id))
  return row
}

/** What a meeting gave out, and what of earlier ones still waits for a yes. */
export async function handOversOf(db: Db, meetingId: string): Promise<HandOver[]> {
  return db.orm
    .select()
    .from(handOvers)
    .where(or(eq(handOvers.meetingId, meetingId), isWaiting()))
    .orderBy(asc(handOvers.at), asc(handOvers.id))
}

/** Waiting for the yes of one person, or given to them in place of somebody who did not answer. */
export async function handOversTo(db: Db, personId: string): Promise<HandOver[]> {
  return db.orm
    .select()
    .from(handOvers)
    .where(and(or(eq(handOvers.toId, personId), eq(handOvers.deputyId, personId)), isWaiting()))
    .orderBy(asc(handOvers.at))
}

/** Given before an instant, still waiting, and not yet with a deputy. */
export async function handOversUnanswered(db: Db, before: Date): Promise<HandOver[]> {
  return db.orm
    .select()
    .from(handOvers)
    .where(and(lte(handOvers.at, before), isNull(handOvers.deputyAt), isWaiting()))
}

/** Waiting for a yes as of an instant, the longest waiting first. */
export async function handOversWaiting(db: Db, at: Date): Promise<HandOver[]> {
  return db.orm
    .select()
    .from(handOvers)
    .where(and(lte(handOvers.at, at), or(isWaiting(), gt(handOvers.acceptedAt, at), gt(handOvers.returnedAt, at))))
    .orderBy(asc(handOvers.at), asc(handOvers.id))
}

/** Given after an instant and still waiting. */
export async function handOversGivenSince(db: Db, from: Date): Promise<HandOver[]> {
  return db.orm
    .select()
    .from(handOvers)
    .where(and(gte(handOvers.at, from), isWaiting()))
    .orderBy(asc(handOvers.at), asc(handOvers.id))
}

/** @returns false when it was answered already: the first word stands. */
export async function acceptHandOver(db: Db, id: string, { at, by }: { at: Date; by: string }): Promise<boolean> {
  const rows = await saying({ at, by, source: 'room' }, () =>
    db.orm
      .update(handOvers)
      .set({ acceptedAt: at, acceptedBy: by })
      .where(and(eq(handOvers.id, id), isWaiting()))
      .returning({ id: handOvers.id }),
  )
  return rows.length > 0
}

export async function returnHandOver(
  db: Db,
  id: string,
  { at, by, why }: { at: Date; by: string; why: string },
): Promise<boolean> {
  const rows = await saying({ at, by, why, source: 'room' }, () =>
    db.orm
      .update(handOvers)
      .set({ returnedAt: at, returnedBy: by, returnedWhy: why })
      .where(and(eq(handOvers.id, id), isWaiting()))
      .returning({ id: handOvers.id }),
  )
  return rows.length > 0
}

export async function giveToDeputy(
  db: Db,
  id: string,
  { at, deputyId }: { at: Date; deputyId: string },
): Promise<void> {
  await saying({ at, why: 'nobody answered for half an hour', source: 'muster' }, () =>
    db.orm
      .update(handOvers)
      .set({ deputyId, deputyAt: at })
      .where(and(eq(handOvers.id, id), isNull(handOvers.deputyAt), isWaiting())),
  )
}

/** Answered in a span, both ends included: for what a meeting says at its end. */
export async function handOversAnswered(db: Db, { from, to }: { from: Date; to: Date }): Promise<HandOver[]> {
  return db.orm
    .select()
    .from(handOvers)
    .where(
      or(
        and(isNotNull(handOvers.acceptedAt), gte(handOvers.acceptedAt, from), lte(handOvers.acceptedAt, to)),
        and(isNotNull(handOvers.returnedAt), gte(handOvers.returnedAt, from), lte(handOvers.returnedAt, to)),
      ),
    )
}

function isWaiting() {
  return and(isNull(handOvers.acceptedAt), isNull(handOvers.returnedAt))
}
