import { and, asc, eq, isNull } from 'drizzle-orm'
import { noted } from './audit.ts'
import type { Db } from './db.ts'
import { allLastUses } from './last-uses.ts'
import { saying } from './saying.ts'
import { tokens } from './schema.ts'
import { drawId, drawSecret, hashOf } from './secrets.ts'

export type Token = typeof tokens.$inferSelect
/** By which one knows a secret of ours, in a log or in a repository where it should not be. */
export const tokenPrefix = 'muster_'

export interface NewToken {
  name: string
  scopes: string[]
  expiresAt: Date | null
  at: Date
  by: string
  from?: string
}

/** The secret is told here, once. */
export async function makeToken(
  db: Db,
  { at, by, from = '', ...token }: NewToken,
): Promise<{ id: string; secret: string }> {
  const secret = `${tokenPrefix}${drawSecret()}`
  const id = drawId()
  await saying({ at, by, source: 'room', why: 'a token was made' }, () =>
    db.batch([
      db.orm.insert(tokens).values({ id, hash: hashOf(secret), madeAt: at, madeBy: by, ...token }),
      noted(db, { at, by, what: 'token-made', subject: token.name, became: token.scopes.join(' '), from }),
    ]),
  )
  return { id, secret }
}

/** All that were ever made, each with its last use. */
export async function listTokens(db: Db): Promise<(Token & { usedAt: Date | null })[]> {
  const [rows, uses] = await Promise.all([
    db.orm.select().from(tokens).orderBy(asc(tokens.madeAt), asc(tokens.id)),
    allLastUses(db),
  ])
  return rows.map((row) => ({ ...row, usedAt: uses.get(row.id) ?? null }))
}

/** Whether there was one that counted. */
export async function revokeToken(
  db: Db,
  id: string,
  { at, by, from = '' }: { at: Date; by: string; from?: string },
): Promise<boolean> {
  const counting = and(eq(tokens.id, id), isNull(tokens.revokedAt))
  const [found] = await db.orm.select().from(tokens).where(counting)
  if (!found) return false

  await saying({ at, by, source: 'room', why: 'the token was revoked' }, () =>
    db.batch([
      db.orm.update(tokens).set({ revokedAt: at, revokedBy: by }).where(counting),
      noted(db, { at, by, what: 'token-revoked', subject: found.name, was: found.scopes.join(' '), from }),
    ]),
  )
  return true
}

export function tokenCounts({ revokedAt, expiresAt }: Token, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now)
}
