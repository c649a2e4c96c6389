import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { people, preferences } from './schema.ts'
import { upsert } from './telling.ts'

export type Preference = typeof preferences.$inferSelect

export async function preferenceOf(db: Db, personId: string): Promise<Preference | undefined> {
  const [row] = await db.orm.select().from(preferences).where(eq(preferences.personId, personId))
  return row
}

/** Of everybody who has not left, with the name they are called by. */
export async function everyPreference(db: Db): Promise<(Preference & { name: string; email: string })[]> {
  const rows = await db.orm
    .select({ preference: preferences, name: people.name, email: people.email })
    .from(preferences)
    .innerJoin(people, and(eq(people.id, preferences.personId), isNull(people.closedAt)))
    .orderBy(asc(preferences.personId))
  return rows.map(({ preference, name, email }) => ({ ...preference, name, email }))
}

export async function keepPreference(db: Db, preference: Preference): Promise<void> {
  const [write] = upsert(db, preferences, ['personId'], [preference])
  if (write) await db.batch([write])
}

/** No digest from now on; said twice it is said once. */
export async function stopDigest(db: Db, personId: string, at: Date): Promise<void> {
  await db.batch([
    db.orm.update(preferences).set({ digestFrom: null, changedAt: at }).where(eq(preferences.personId, personId)),
  ])
}
