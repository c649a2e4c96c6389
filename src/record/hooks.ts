import { randomBytes } from 'node:crypto'
import { asc, eq, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { type HookKind, hooks } from './schema.ts'
import { seal, unseal } from './sealing.ts'

/** A chat room or a program, as people may see it: never its address, which is its secret. */
export type HookLine = Pick<typeof hooks.$inferSelect, 'id' | 'name' | 'kind' | 'tells' | 'time' | 'addedAt' | 'by'>
/** Where it is told, and by what a receiver knows that it was us: null but for a signed one. */
export interface HookDoor {
  url: string
  secret: string | null
}
export interface NewHook extends HookDoor {
  name: string
  kind: HookKind
  tells: string[]
  time: string
  at: Date
  by: string
}

export async function listHooks(db: Db): Promise<HookLine[]> {
  const { id, name, kind, tells, time, addedAt, by } = hooks
  return db.orm
    .select({ id, name, kind, tells, time, addedAt, by })
    .from(hooks)
    .where(isNull(hooks.retiredAt))
    .orderBy(asc(addedAt), asc(id))
}

export async function addHook(db: Db, key: Uint8Array, { url, secret, at, ...hook }: NewHook): Promise<void> {
  const id = randomBytes(9).toString('base64url')
  const sealed = seal(key, JSON.stringify([url, secret]), purposeOf(id))
  await db.batch([db.orm.insert(hooks).values({ ...hook, id, sealed, addedAt: at })])
}

/** Is told nothing more, and its address can be opened by nobody again. */
export async function retireHook(db: Db, id: string, at: Date): Promise<void> {
  await db.batch([db.orm.update(hooks).set({ sealed: '', retiredAt: at }).where(eq(hooks.id, id))])
}

/** null = it was retired, or MUSTER_KEY is not the one it was sealed with. */
export async function openHook(
  db: Db,
  key: Uint8Array | null,
  id: string,
): Promise<(HookDoor & { kind: HookKind }) | null> {
  const [row] = await db.orm.select().from(hooks).where(eq(hooks.id, id))
  const opened = key && row && row.retiredAt === null ? unseal(key, row.sealed, purposeOf(id)) : null
  if (!row || opened === null) return null
  const [url = '', secret = null] = JSON.parse(opened) as [string, string | null] // sealed above
  return { kind: row.kind, url, secret }
}

function purposeOf(id: string): string {
  return `hook ${id}`
}
