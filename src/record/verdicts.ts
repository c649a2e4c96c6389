import { and, asc, eq, lte } from 'drizzle-orm'
import type { Db } from './db.ts'
import { incidentEvents } from './schema.ts'

/** The room's last verdict on each incident by an instant: the change that caused it, and the one suspected. null = none. */
export async function verdictsBy(
  db: Db,
  at: Date,
): Promise<{ incidentId: string; suspectId: string | null; causeId: string | null }[]> {
  const rows = await db.orm
    .select({ incidentId: incidentEvents.incidentId, causeId: incidentEvents.value, suspectId: incidentEvents.why })
    .from(incidentEvents)
    .where(and(eq(incidentEvents.kind, 'cause'), lte(incidentEvents.at, at)))
    .orderBy(asc(incidentEvents.at), asc(incidentEvents.rank))
  const last = new Map(rows.map((row) => [row.incidentId, row]))
  return [...last.values()].map((row) => ({ ...row, causeId: row.causeId || null, suspectId: row.suspectId || null }))
}
