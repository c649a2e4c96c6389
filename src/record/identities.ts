import { and, eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { identities } from './schema.ts'

/** Whom a provider means, as a company's own list may not: its issuer and subject. */
export type Identity = Pick<typeof identities.$inferSelect, 'issuer' | 'subject'>

export async function personOfIdentity(db: Db, { issuer, subject }: Identity): Promise<string | undefined> {
  const [found] = await db.orm
    .select()
    .from(identities)
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)))
  return found?.personId
}

export async function identitiesOf(db: Db, personId: string): Promise<Identity[]> {
  return db.orm.select().from(identities).where(eq(identities.personId, personId))
}

export async function keepIdentity(db: Db, { issuer, subject }: Identity, personId: string, at: Date): Promise<void> {
  await saying({ at, by: personId, source: 'muster', why: 'the provider vouched for the address' }, () =>
    db.batch([db.orm.insert(identities).values({ issuer, subject, personId, at }).onConflictDoNothing()]),
  )
}
