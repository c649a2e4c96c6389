import { and, asc, desc, eq, gte, inArray, isNull, lte, ne, or } from 'drizzle-orm'
import { anHour } from '../calendar.ts'
import type { Db } from './db.ts'
import { incidentEvents, incidents } from './schema.ts'
import type { Incident } from './shapes.ts'

/** An incident that is part of another, and why it is. */
export interface Part {
  incident: Incident
  why: string
  by: string // '' = a rule
  at: Date // when that was said
}

/** What was merged into an incident, the first first. */
export async function partsOf(db: Db, id: string): Promise<Part[]> {
  const rows = await db.orm
    .select()
    .from(incidents)
    .where(eq(incidents.mergedInto, id))
    .orderBy(asc(incidents.startedAt))
  return Promise.all(rows.map((row) => asPart(db, { ...row, problemIds: [], news: [] })))
}

/** The incident that this one is part of, and why; null = it is one of its own. */
export async function wholeOf(db: Db, incident: Incident): Promise<Part | null> {
  if (incident.mergedInto === null) return null
  const [row] = await db.orm.select().from(incidents).where(eq(incidents.id, incident.mergedInto))
  if (!row) return null
  const { why, by, at } = await asPart(db, incident)
  return { incident: { ...row, problemIds: [], news: [] }, why, by, at }
}

async function asPart(db: Db, incident: Incident): Promise<Part> {
  const [said] = await db.orm
    .select()
    .from(incidentEvents)
    .where(
      and(
        eq(incidentEvents.incidentId, incident.id),
        eq(incidentEvents.kind, 'merged-into'),
        eq(incidentEvents.value, incident.mergedInto ?? ''),
      ),
    )
    .orderBy(desc(incidentEvents.at))
    .limit(1)
  return { incident, why: said?.why ?? '', by: said?.by ?? '', at: said?.recordedAt ?? incident.recordedAt }
}

/** Incidents that could be of the same cause: of the same service or site, and under way at the same time, within an hour. */
export async function besides(db: Db, incident: Incident, limit = 10): Promise<Incident[]> {
  const { id, service, site, startedAt, endedAt } = incident
  const places = [...(service ? [eq(incidents.service, service)] : []), ...(site ? [eq(incidents.site, site)] : [])]
  if (places.length === 0) return []
  const end = new Date((endedAt?.getTime() ?? 8.6e15 - anHour) + anHour)
  const rows = await db.orm
    .select()
    .from(incidents)
    .where(
      and(
        or(...places),
        ne(incidents.id, id),
        isNull(incidents.mergedInto),
        lte(incidents.startedAt, end),
        or(isNull(incidents.endedAt), gte(incidents.endedAt, new Date(startedAt.getTime() - anHour))),
      ),
    )
    .orderBy(desc(incidents.startedAt))
    .limit(limit)
  return rows.map((row) => ({ ...row, problemIds: [], news: [] }))
}

/** Whether `whole` is `id` itself, or lies somewhere within it. */
export async function wouldCircle(db: Db, id: string, whole: string): Promise<boolean> {
  const within = new Set([id])
  for (let found = [id]; found.length > 0; ) {
    if (within.has(whole)) return true
    const rows = await db.orm.select({ id: incidents.id }).from(incidents).where(inArray(incidents.mergedInto, found))
    found = rows.map((row) => row.id).filter((part) => !within.has(part))
    for (const part of found) within.add(part)
  }
  return within.has(whole)
}
