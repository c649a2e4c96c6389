import { and, asc, eq } from 'drizzle-orm'
import { noted } from './audit.ts'
import type { Db } from './db.ts'
import { allLastUses, used } from './last-uses.ts'
import { saying } from './saying.ts'
import { passkeys } from './schema.ts'

export type Passkey = typeof passkeys.$inferSelect
interface Voice {
  at: Date
  by: string
  from?: string
}

export async function keepPasskey(db: Db, passkey: Omit<Passkey, 'at'>, { at, by, from = '' }: Voice): Promise<void> {
  await saying({ at, by, source: 'room', why: 'a passkey was added' }, () =>
    db.batch([
      db.orm
        .insert(passkeys)
        .values({ ...passkey, at })
        .onConflictDoNothing(),
      noted(db, { at, by, what: 'passkey-added', subject: passkey.personId, became: passkey.name, from }),
    ]),
  )
}

export async function findPasskey(db: Db, id: string): Promise<Passkey | undefined> {
  const [found] = await db.orm.select().from(passkeys).where(eq(passkeys.id, id))
  return found
}

/** Its own count of uses, where it counts: one that goes back is a copy. */
export async function countPasskey(db: Db, id: string, counter: number, at: Date): Promise<void> {
  used(db, id, at)
  if (counter === 0) return
  await saying({ at, source: 'muster', why: 'a passkey was used' }, () =>
    db.batch([db.orm.update(passkeys).set({ counter }).where(eq(passkeys.id, id))]),
  )
}

export async function passkeysOf(db: Db, personId: string): Promise<(Passkey & { usedAt: Date | null })[]> {
  const [rows, uses] = await Promise.all([
    db.orm.select().from(passkeys).where(eq(passkeys.personId, personId)).orderBy(asc(passkeys.at)),
    allLastUses(db),
  ])
  return rows.map((row) => ({ ...row, usedAt: uses.get(row.id) ?? null }))
}

/** Only its owner's. Whether it was there. */
export async function removePasskey(
  db: Db,
  { id, personId }: { id: string; personId: string },
  voice: Voice,
): Promise<boolean> {
  const theirs = and(eq(passkeys.id, id), eq(passkeys.personId, personId))
  const [found] = await db.orm.select().from(passkeys).where(theirs)
  if (!found) return false

  const { at, by, from = '' } = voice
  await saying({ at, by, source: 'room', why: 'a passkey was removed' }, () =>
    db.batch([
      db.orm.delete(passkeys).where(theirs),
      noted(db, { at, by, what: 'passkey-removed', subject: personId, was: found.name, from }),
    ]),
  )
  return true
}
