import { asc, eq, sql } from 'drizzle-orm'
import { cutAt } from './chain.ts'
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

/** Everybody as they were told of by an instant, from the past that the record keeps. */
export async function peopleAt(db: Db, at: Date): Promise<(Person & { closedAt: Date | null })[]> {
  const told = await db.orm.all<{ became: string | null }>(sql`
    select became, max(number) from versions where table_name = 'people' and number <= ${await cutAt(db, at)} group by row`)
  return told
    .flatMap(({ became }) => (became === null ? [] : asTold(JSON.parse(became))))
    .toSorted((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null) || (a.name < b.name ? -1 : 1))
}

// As a trigger wrote the row.
function asTold(row: Person & { closed_at: number | null }): Person & { closedAt: Date | null } {
  const { id, name, email, role, function: has, zone, deputy, closed_at: closed } = row
  return { id, name, email, role, function: has, zone, deputy, closedAt: closed === null ? null : new Date(closed) }
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
