import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { signInLinks } from './schema.ts'
import { drawSecret, hashOf } from './secrets.ts'

export type SignInLink = typeof signInLinks.$inferSelect

/** Good once, until `expiresAt`. `personId` null = whoever becomes the first administrator. The secret for its address. */
export async function makeSignInLink(
  db: Db,
  { personId, at, lastsMs }: { personId: string | null; at: Date; lastsMs: number },
): Promise<string> {
  const secret = drawSecret()
  const row = { hash: hashOf(secret), personId, madeAt: at, expiresAt: new Date(at.getTime() + lastsMs) }
  await saying({ at, source: 'muster', why: 'a link to sign in was made' }, () =>
    db.batch([db.orm.insert(signInLinks).values(row)]),
  )
  return secret
}

/** A link that is still good; looking does not use it. */
export async function findSignInLink(db: Db, secret: string, now: Date): Promise<SignInLink | undefined> {
  const [found] = await db.orm
    .select()
    .from(signInLinks)
    .where(isGood(hashOf(secret), now))
  return found
}

/** Of two who use it at once one has it: undefined for the other. */
export async function useSignInLink(db: Db, secret: string, now: Date): Promise<SignInLink | undefined> {
  const [[used] = []] = await saying({ at: now, source: 'muster', why: 'a link to sign in was used' }, () =>
    db.batch([
      db.orm
        .update(signInLinks)
        .set({ usedAt: now })
        .where(isGood(hashOf(secret), now))
        .returning(),
    ]),
  )
  return used
}

/** Those that nobody used lead nowhere any more: for the first administrator, or for one person. */
export async function voidSignInLinks(db: Db, personId: string | null, now: Date): Promise<void> {
  const whose = personId === null ? isNull(signInLinks.personId) : eq(signInLinks.personId, personId)
  await saying({ at: now, source: 'muster', why: 'links to sign in were made void' }, () =>
    db.batch([
      db.orm
        .update(signInLinks)
        .set({ expiresAt: now })
        .where(and(whose, isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now))),
    ]),
  )
}

function isGood(hash: string, now: Date) {
  return and(eq(signInLinks.hash, hash), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now))
}
