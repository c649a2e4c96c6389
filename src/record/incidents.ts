import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db } from './db.ts'
import { type IncidentEvent, type IncidentStanding, standingOf, symptomOf } from './incident-state.ts'
import { incidentEvents, incidentProblems, incidents } from './schema.ts'
import type { Incident } from './shapes.ts'
import { withEndsTakenBack } from './taken-back.ts'
import { inPortions } from './telling.ts'

type IncidentRow = typeof incidents.$inferSelect

/** How one incident stood at an instant (default: as far as we know). undefined = unknown, or not begun by then. */
export async function findIncident(db: Db, id: string, at?: Date): Promise<Incident | undefined> {
  const [known, events] = await Promise.all([
    db.orm
      .select({ source: incidents.source, recordedAt: incidents.recordedAt })
      .from(incidents)
      .where(eq(incidents.id, id)),
    eventsOf(db, [id]),
  ])
  const standing = known[0] && standingOf(id, events, at)
  return standing && known[0] ? asIncident(id, standing, known[0]) : undefined
}

/** Everything said of an incident, oldest first, told columns included as kind 'told' (JSON), and what they amount to. */
export async function incidentTimeline(db: Db, id: string): Promise<IncidentEvent[]> {
  const said = await db.orm
    .select()
    .from(incidentEvents)
    .where(eq(incidentEvents.incidentId, id))
    .orderBy(asc(incidentEvents.at), asc(incidentEvents.recordedAt))
  return withEndsTakenBack(said)
}

/** Open sev1 and sev2, the oldest first: while there is one, nothing is changed but to end it. */
export async function graveAndOpen(db: Db): Promise<Pick<IncidentRow, 'id' | 'title'>[]> {
  return db.orm
    .select({ id: incidents.id, title: incidents.title })
    .from(incidents)
    .where(and(isNull(incidents.endedAt), inArray(incidents.severity, ['sev1', 'sev2'])))
    .orderBy(asc(incidents.startedAt))
}

/** Incidents a problem caused, newest first. */
export async function incidentsOfProblem(db: Db, problemId: string): Promise<IncidentRow[]> {
  const rows = await db.orm
    .select()
    .from(incidents)
    .innerJoin(incidentProblems, eq(incidentProblems.incidentId, incidents.id))
    .where(eq(incidentProblems.problemId, problemId))
  return rows.map((row) => row.incidents).sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
}

/** Others of the same service and symptom, newest first: the evidence of a recurrence. */
export async function incidentsLike(
  db: Db,
  incident: { id: string; service: string | null; symptom: string },
  limit = 20,
): Promise<IncidentRow[]> {
  if (incident.service === null) return []

  const rows = await db.orm
    .select()
    .from(incidents)
    .where(and(eq(incidents.service, incident.service), eq(incidents.symptom, incident.symptom)))
  return rows
    .filter((row) => row.id !== incident.id)
    .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
    .slice(0, limit)
}

export async function eventsOf(db: Db, ids: readonly string[]): Promise<IncidentEvent[]> {
  const portions = [...inPortions(ids, 1000)].map((portion) =>
    db.orm.select().from(incidentEvents).where(inArray(incidentEvents.incidentId, portion)),
  )
  return (await Promise.all(portions)).flat()
}

export function asIncident(
  id: string,
  standing: IncidentStanding,
  known: { source: string; recordedAt: Date },
): Incident {
  const { problems, ...columns } = standing
  const { source, recordedAt } = known
  return {
    id,
    symptom: symptomOf(standing.title),
    ...columns,
    source,
    recordedAt,
    problemIds: [...problems.keys()],
    news: [],
  }
}
