import { and, eq, inArray } from 'drizzle-orm'
import { noted } from './audit.ts'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { people, personRoles, type Role, roles } from './schema.ts'

interface Voice {
  at: Date
  by: string
  from?: string
}

/** By person; somebody without any is missing: they may look, as a viewer. */
export async function allRoles(db: Db): Promise<Map<string, Role[]>> {
  const byPerson = new Map<string, Role[]>()
  for (const { personId, role } of await db.orm.select().from(personRoles))
    byPerson.set(personId, [...(byPerson.get(personId) ?? []), role])
  for (const [id, given] of byPerson) byPerson.set(id, ordered(given))
  return byPerson
}

export async function rolesOf(db: Db, personId: string): Promise<Role[]> {
  const rows = await db.orm.select().from(personRoles).where(eq(personRoles.personId, personId))
  return ordered(rows.map(({ role }) => role))
}

export type Appointment = { outcome: 'appointed' } | { outcome: 'the last administrator' }

/** These and no others, from now on. The house is never left without an administrator. */
export async function setRoles(
  db: Db,
  personId: string,
  wanted: readonly Role[],
  { at, by, from = '' }: Voice,
): Promise<Appointment> {
  return db.alone(async () => {
    const had = await rolesOf(db, personId)
    const [given, taken] = [without(wanted, had), without(had, wanted)]
    if (given.length + taken.length === 0) return { outcome: 'appointed' }
    if (taken.includes('administrator') && (await isLastAdministrator(db, personId)))
      return { outcome: 'the last administrator' }

    await saying({ at, by, source: 'room', why: 'roles were given or taken' }, () =>
      db.batch([
        ...(taken.length > 0
          ? [
              db.orm
                .delete(personRoles)
                .where(and(eq(personRoles.personId, personId), inArray(personRoles.role, taken))),
            ]
          : []),
        ...(given.length > 0
          ? [db.orm.insert(personRoles).values(given.map((role) => ({ personId, role, at, by })))]
          : []),
        noted(db, { at, by, what: 'roles', subject: personId, was: told(had), became: told(wanted), from }),
      ]),
    )
    return { outcome: 'appointed' }
  })
}

/** Whether anybody who is still here administers. */
export async function hasAdministrator(db: Db): Promise<boolean> {
  return (await administrators(db)).length > 0
}

export async function isLastAdministrator(db: Db, personId: string): Promise<boolean> {
  const those = await administrators(db)
  return those.length === 1 && those[0] === personId
}

async function administrators(db: Db): Promise<string[]> {
  const rows = await db.orm
    .select({ id: personRoles.personId, closedAt: people.closedAt })
    .from(personRoles)
    .innerJoin(people, eq(people.id, personRoles.personId))
    .where(eq(personRoles.role, 'administrator'))
  return rows.filter(({ closedAt }) => closedAt === null).map(({ id }) => id)
}

function ordered(given: readonly Role[]): Role[] {
  return roles.filter((role) => given.includes(role))
}

function without(some: readonly Role[], others: readonly Role[]): Role[] {
  return some.filter((role) => !others.includes(role))
}

function told(some: readonly Role[]): string {
  return ordered(some).join(' ')
}
