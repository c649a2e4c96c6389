import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { services, teamMembers } from './schema.ts'

/** Who is in it, and what it owns. */
export interface Team {
  name: string
  members: string[]
  services: string[]
}

/** Every team that has a member or a service. */
export async function allTeams(db: Db): Promise<Team[]> {
  const [members, owned] = await Promise.all([
    db.orm.select().from(teamMembers).orderBy(asc(teamMembers.personId)),
    db.orm
      .select({ id: services.id, team: services.team })
      .from(services)
      .where(isNotNull(services.team))
      .orderBy(asc(services.id)),
  ])
  const names = [...new Set([...members.map(({ team }) => team), ...owned.map(({ team }) => team ?? '')])]
  return names.sort().map((name) => ({
    name,
    members: members.filter(({ team }) => team === name).map(({ personId }) => personId),
    services: owned.filter(({ team }) => team === name).map(({ id }) => id),
  }))
}

/** In these teams and no others. */
export async function setTeams(
  db: Db,
  personId: string,
  wanted: readonly string[],
  { at, by }: { at: Date; by: string },
): Promise<void> {
  await db.alone(async () => {
    const rows = await db.orm.select().from(teamMembers).where(eq(teamMembers.personId, personId))
    const had = rows.map(({ team }) => team)
    const [joined, left] = [wanted.filter((team) => !had.includes(team)), had.filter((team) => !wanted.includes(team))]
    await saying({ at, by, source: 'room', why: 'teams were changed' }, () =>
      db.batch([
        ...(left.length > 0
          ? [db.orm.delete(teamMembers).where(and(eq(teamMembers.personId, personId), inArray(teamMembers.team, left)))]
          : []),
        ...(joined.length > 0
          ? [db.orm.insert(teamMembers).values(joined.map((team) => ({ team, personId, at, by })))]
          : []),
      ]),
    )
  })
}
