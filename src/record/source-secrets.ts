import { randomBytes } from 'node:crypto'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { sourceSecrets } from './schema.ts'
import { printOf, seal, unseal } from './sealing.ts'

/** A secret as people may see it: which one it is, and since when it counts. */
export type SecretLine = Pick<typeof sourceSecrets.$inferSelect, 'id' | 'scheme' | 'print' | 'addedAt' | 'by'>
/** `secret` null = it cannot be opened: MUSTER_KEY is missing, or is another one than it was sealed with. */
export interface OpenedSecret {
  scheme: string
  secret: string | null
}

const opened = new WeakMap<Db, Promise<Map<string, OpenedSecret[]>>>()

/** What counts for a source at present, oldest first. None = it need not prove anything. */
export async function secretsOf(db: Db, key: Uint8Array | null, source: string): Promise<readonly OpenedSecret[]> {
  const known = opened.get(db) ?? openAll(db, key)
  opened.set(db, known)
  known.catch(() => opened.delete(db))
  return (await known).get(source) ?? []
}

/** Sources with a secret that this key does not open: until it is mended, nothing they send is let in. */
export async function sealedSources(db: Db, key: Uint8Array | null): Promise<string[]> {
  const bySource = await openAll(db, key)
  return [...bySource].filter(([, secrets]) => secrets.some(({ secret }) => secret === null)).map(([source]) => source)
}

export async function listSecrets(db: Db, source: string): Promise<SecretLine[]> {
  const { id, scheme, print, addedAt, by } = sourceSecrets
  return db.orm
    .select({ id, scheme, print, addedAt, by })
    .from(sourceSecrets)
    .where(and(eq(sourceSecrets.source, source), isNull(sourceSecrets.retiredAt)))
    .orderBy(asc(addedAt), asc(id))
}

export interface NewSecret {
  source: string
  scheme: string
  secret: string
  at: Date
  by: string
}

/** Counts from now on, beside those that do already. */
export async function addSecret(db: Db, key: Uint8Array, { source, scheme, secret, at, by }: NewSecret): Promise<void> {
  const sealed = seal(key, secret, purposeOf(source))
  const row = { id: randomBytes(9).toString('base64url'), source, scheme, sealed, print: printOf(key, secret) }
  await db.batch([db.orm.insert(sourceSecrets).values({ ...row, addedAt: at, by })])
  opened.delete(db)
}

/** Counts no more, and cannot be opened again; that it was there stays known. */
export async function retireSecret(
  db: Db,
  { source, id }: { source: string; id: string },
  { at, by }: { at: Date; by: string },
): Promise<void> {
  const counting = and(eq(sourceSecrets.id, id), eq(sourceSecrets.source, source), isNull(sourceSecrets.retiredAt))
  await db.batch([db.orm.update(sourceSecrets).set({ sealed: '', retiredAt: at, retiredBy: by }).where(counting)])
  opened.delete(db)
}

// A hash for each delivery is enough to do in its way: the secrets are opened once, and anew after each change.
async function openAll(db: Db, key: Uint8Array | null): Promise<Map<string, OpenedSecret[]>> {
  const rows = await db.orm
    .select()
    .from(sourceSecrets)
    .where(isNull(sourceSecrets.retiredAt))
    .orderBy(asc(sourceSecrets.addedAt), asc(sourceSecrets.id))
  const bySource = new Map<string, OpenedSecret[]>()
  for (const { source, scheme, sealed } of rows) {
    const secret = key && unseal(key, sealed, purposeOf(source))
    bySource.set(source, [...(bySource.get(source) ?? []), { scheme, secret }])
  }
  return bySource
}

function purposeOf(source: string): string {
  return `source secret ${source}`
}
