import { and, desc, eq, isNull, type SQL } from 'drizzle-orm'
import { aDay, anHour } from '../calendar.ts'
import { noted } from './audit.ts'
import type { Db } from './db.ts'
import { allLastUses } from './last-uses.ts'
import { saying } from './saying.ts'
import { record, sessions } from './schema.ts'
import { drawId, drawSecret, hashOf } from './secrets.ts'

export type Session = typeof sessions.$inferSelect

/** A person's ends after so long without a page, and after so long in any case. A projector's hangs on the wall. */
export const sessionLimits = {
  person: { idleMs: 12 * anHour, longestMs: 7 * aDay },
  projector: { idleMs: 30 * aDay, longestMs: 365 * aDay },
} as const

export interface Beginning {
  personId: string
  how: 'link' | 'passkey' | 'provider'
  name: string // the browser, as it calls itself
  from: string
  at: Date
}

/** Somebody is in: the secret for their cookie. With the first of them the house is locked for whoever is not. */
export async function beginSession(db: Db, { personId, at, from, ...said }: Beginning): Promise<string> {
  const secret = drawSecret()
  const row = { id: drawId(), hash: hashOf(secret), kind: 'person' as const, personId, from, ...said }
  await saying({ at, by: personId, source: 'muster', why: 'signed in' }, () =>
    db.batch([
      db.orm.insert(sessions).values({ ...row, startedAt: at, startedBy: personId }),
      db.orm.insert(record).values({ key: lockKey, value: at.toISOString() }).onConflictDoNothing(),
      noted(db, { at, by: personId, what: 'signed-in', subject: said.how, became: row.id, from }),
    ]),
  )
  locked.set(db, Promise.resolve(true))
  return secret
}

/** A projector hangs: the secret for its cookie. */
export async function enrolProjector(
  db: Db,
  { name, from, at, by }: { name: string; from: string; at: Date; by: string },
): Promise<string> {
  const secret = drawSecret()
  const row = { id: drawId(), hash: hashOf(secret), kind: 'projector' as const, personId: null, name, from }
  await saying({ at, by, source: 'room', why: 'a projector was enrolled' }, () =>
    db.batch([
      db.orm.insert(sessions).values({ ...row, how: 'code', startedAt: at, startedBy: by }),
      noted(db, { at, by, what: 'projector-enrolled', subject: row.id, became: name, from }),
    ]),
  )
  return secret
}

const lockKey = 'locked-at'
const locked = new WeakMap<Db, Promise<boolean>>()

/** Whether anybody ever signed in: until then the house is open to its own machine. */
export function isLocked(db: Db): Promise<boolean> {
  const known = locked.get(db) ?? readLock(db)
  locked.set(db, known)
  known.catch(() => locked.delete(db))
  return known
}

async function readLock(db: Db): Promise<boolean> {
  const rows = await db.orm.select().from(record).where(eq(record.key, lockKey))
  return rows.length > 0
}

/** Under way, newest first, each with its last use. */
export async function listSessions(
  db: Db,
  of: { personId: string } | { kind: 'projector' },
  now: Date,
): Promise<(Session & { usedAt: Date })[]> {
  const whose = 'personId' in of ? eq(sessions.personId, of.personId) : eq(sessions.kind, of.kind)
  const [rows, uses] = await Promise.all([
    db.orm
      .select()
      .from(sessions)
      .where(and(whose, isNull(sessions.endedAt)))
      .orderBy(desc(sessions.startedAt)),
    allLastUses(db),
  ])
  return rows
    .map((row) => ({ ...row, usedAt: uses.get(row.id) ?? row.startedAt }))
    .filter((row) => isAlive(row, row.usedAt, now))
}

export function isAlive({ kind, startedAt, endedAt }: Session, usedAt: Date, now: Date): boolean {
  const { idleMs, longestMs } = sessionLimits[kind]
  const [age, idle] = [now.getTime() - startedAt.getTime(), now.getTime() - usedAt.getTime()]
  return endedAt === null && age < longestMs && idle < idleMs
}

interface Ending {
  at: Date
  by: string
  from?: string
}

/** Ends one session; of a person only where it is theirs, if `personId` is told. Whether there was one to end. */
export async function endSession(
  db: Db,
  { id, personId }: { id: string; personId?: string },
  { at, by, from = '' }: Ending,
): Promise<boolean> {
  const [found] = await db.orm
    .select()
    .from(sessions)
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt), personId ? eq(sessions.personId, personId) : undefined))
  if (!found) return false

  const what = found.kind === 'projector' ? 'projector-revoked' : 'session-ended'
  await endWhere(db, eq(sessions.id, id), { at, by, from, what, subject: found.personId ?? found.name, became: id })
  return true
}

/** All of somebody's, or all but the one they sit at. */
export async function endSessionsOf(
  db: Db,
  { personId }: { personId: string },
  { at, by, from = '' }: Ending,
): Promise<void> {
  await endWhere(db, eq(sessions.personId, personId), { at, by, from, what: 'sessions-ended', subject: personId })
}

async function endWhere(
  db: Db,
  which: SQL,
  line: { at: Date; by: string; from: string; what: string; subject: string; became?: string },
): Promise<void> {
  const { at, by } = line
  await saying({ at, by, source: 'room', why: 'the session was ended' }, () =>
    db.batch([
      db.orm
        .update(sessions)
        .set({ endedAt: at, endedBy: by })
        .where(and(which, isNull(sessions.endedAt))),
      noted(db, line),
    ]),
  )
}
