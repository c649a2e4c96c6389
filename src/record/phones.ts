import { createHash } from 'node:crypto'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { phones } from './schema.ts'
import { upsert } from './telling.ts'

export type Phone = typeof phones.$inferSelect
export type NewPhone = Pick<Phone, 'endpoint' | 'publicKey' | 'auth'>

/** Kept once by its address: who signs in on the same phone later is the one it wakes. */
export async function keepPhone(db: Db, phone: NewPhone & Pick<Phone, 'personId' | 'addedAt'>): Promise<void> {
  const id = createHash('sha256').update(phone.endpoint).digest('hex').slice(0, 24)
  const [write] = upsert(db, phones, ['id'], [{ id, endedAt: null, ...phone }])
  if (write) await db.batch([write])
}

export async function findPhone(db: Db, id: string): Promise<Phone | undefined> {
  const [row] = await db.orm.select().from(phones).where(eq(phones.id, id))
  return row
}

/** Those that may be woken, of some people. */
export async function phonesOf(db: Db, people: readonly string[]): Promise<Phone[]> {
  if (people.length === 0) return []
  return db.orm
    .select()
    .from(phones)
    .where(and(inArray(phones.personId, [...people]), isNull(phones.endedAt)))
}

/** Its push service says that it is gone. */
export async function endPhone(db: Db, id: string, at: Date): Promise<void> {
  await db.batch([db.orm.update(phones).set({ endedAt: at }).where(eq(phones.id, id))])
}
