import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { NewLetter } from './ledger.ts'
import { incidentEvents, incidents, invitations, outbox } from './schema.ts'
import type { Incident } from './shapes.ts'
import { inPortions, upsert } from './telling.ts'

export type Invitation = typeof invitations.$inferSelect

/** Sessions to come, as their incidents stand. */
export async function sessionsAhead(db: Db, now: Date): Promise<Incident[]> {
  const rows = await db.orm
    .select()
    .from(incidents)
    .where(and(isNotNull(incidents.postmortemFor), gt(incidents.postmortemFor, now), isNull(incidents.mergedInto)))
  return rows.map((row) => ({ ...row, problemIds: [], news: [] }))
}

/** What people were asked to, and is still to come. */
export async function invitationsAhead(db: Db, now: Date): Promise<Invitation[]> {
  return db.orm
    .select()
    .from(invitations)
    .where(and(gt(invitations.at, now), isNull(invitations.cancelledAt)))
}

/** Everybody to whom anything to come was sent: by incident. */
export async function invitedAhead(db: Db, now: Date): Promise<Map<string, string[]>> {
  return new Map((await invitationsAhead(db, now)).map(({ id, people }) => [id.replace(/^postmortem:/, ''), people]))
}

export async function findInvitation(db: Db, id: string): Promise<Invitation | undefined> {
  const [row] = await db.orm.select().from(invitations).where(eq(invitations.id, id))
  return row
}

/** Who said or did something in an incident's life. */
export async function whoSpokeOf(db: Db, incidentId: string): Promise<string[]> {
  const rows = await db.orm
    .selectDistinct({ by: incidentEvents.by })
    .from(incidentEvents)
    .where(eq(incidentEvents.incidentId, incidentId))
  return rows.map(({ by }) => by).filter((by) => by !== '')
}

/** Keeps what was asked with its letters in one transaction. */
export async function keepInvitations(
  db: Db,
  kept: readonly Invitation[],
  letters: readonly NewLetter[],
): Promise<void> {
  await db.batch([
    ...upsert(db, invitations, ['id'], kept),
    ...[...inPortions(letters)].map((rows) =>
      db.orm
        .insert(outbox)
        .values(rows.map((letter) => ({ nextAt: letter.madeAt, ...letter })))
        .onConflictDoNothing(),
    ),
  ])
}
