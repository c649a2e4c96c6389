import { asc, eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Fact, Telling } from './fact.ts'
import { decidePlain } from './plain.ts'
import { people } from './schema.ts'
import type { Person } from './shapes.ts'
import type { Decided, Placed } from './telling.ts'

/** Everybody, those who left last. */
export async function allPeople(db: Db): Promise<(Person & { closedAt: Date | null })[]> {
  const rows = await db.orm.select().from(people).orderBy(asc(people.closedAt), asc(people.name))
  return rows.map(({ recordedAt: _, ...row }) => row)
}

export async function findPerson(db: Db, id: string): Promise<(Person & { closedAt: Date | null }) | undefined> {
  const [row] = await db.orm.select().from(people).where(eq(people.id, id))
  if (!row) return undefined
  const { recordedAt: _, ...person } = row
  return person
}

/** A person is their e-mail. Somebody told again without `closedAt` stays as they were: left, or here. */
export async function decidePeople(
  db: Db,
  facts: readonly Placed<Extract<Fact, { kind: 'person' }>>[],
  telling: Telling,
): Promise<Decided> {
  return decidePlain(db, facts, people, {
    idOf: (fact) => fact.email.toLowerCase(),
    asRow: ({ kind: _, closedAt, ...row }, before) => ({
      id: row.email.toLowerCase(),
      ...row,
      closedAt: closedAt === undefined ? (before?.closedAt ?? null) : closedAt,
      recordedAt: before?.recordedAt ?? telling.recordedAt,
    }),
  })
}
