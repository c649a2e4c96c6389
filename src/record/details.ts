import { and, asc, desc, eq, gt, gte, lte, max, sql } from 'drizzle-orm'
import { aDay } from '../calendar.ts'
import { allNeedsOf } from './changes.ts'
import type { Db } from './db.ts'
import {
  changeEvents,
  complaints,
  exposureEvents,
  forecasts,
  incidents,
  inputs,
  plannedEvents,
  services,
  siteEvents,
} from './schema.ts'
import type { Complaint, Exposure, Forecast, Incident, PlannedEvent, SiteStanding } from './shapes.ts'
import { siteEventsOf, sitesAt } from './sites.ts'

/** What the page of one thing asks for besides the thing itself. */
export interface Happened {
  at: Date
  recordedAt: Date
  kind: string
  value: string
  by: string
  why: string
  origin: string
  source: string
}

export async function findComplaint(db: Db, id: string): Promise<Complaint | undefined> {
  const [row] = await db.orm.select().from(complaints).where(eq(complaints.id, id))
  return row && { ...row, late: false }
}

export async function findForecast(db: Db, id: string): Promise<Forecast | undefined> {
  const [row] = await db.orm.select().from(forecasts).where(eq(forecasts.id, id))
  return row
}

export async function findPlannedEvent(db: Db, id: string): Promise<PlannedEvent | undefined> {
  const [row] = await db.orm.select().from(plannedEvents).where(eq(plannedEvents.id, id))
  return row
}

/** What became of a change, oldest first. */
export async function changeTimeline(db: Db, id: string): Promise<Happened[]> {
  return db.orm.select().from(changeEvents).where(eq(changeEvents.changeId, id)).orderBy(asc(changeEvents.at))
}

/** What was decided of an episode, and how its sites stood in it, oldest first. */
export async function exposureTimeline(db: Db, { service, since, until }: Exposure): Promise<Happened[]> {
  const within = (at: Date) => at >= since && (until === null || at <= until)
  const [said, sites] = await Promise.all([
    db.orm.select().from(exposureEvents).where(eq(exposureEvents.service, service)),
    siteEventsOf(db, [service]),
  ])
  const stood = sites.map(({ site, state, ...event }) => ({
    ...event,
    kind: 'site',
    value: `${site} ${state}`,
    why: '',
    origin: 'tool',
  }))
  return [...said, ...stood].filter(({ at }) => within(at)).sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Begun within 24 h after an instant, on the service or on what stands on it; soonest first. */
export async function incidentsAfter(
  db: Db,
  { service, at }: { service: string | null; at: Date },
): Promise<Incident[]> {
  if (service === null) return []

  const soon = and(gte(incidents.startedAt, at), lte(incidents.startedAt, new Date(at.getTime() + aDay)))
  const rows = await db.orm.select().from(incidents).where(soon).orderBy(asc(incidents.startedAt)).limit(500)
  const others = [...new Set(rows.flatMap((row) => row.service ?? []))].filter((name) => name !== service)
  const stands = await Promise.all(
    others.map(async (name) => ((await allNeedsOf(db, name)).includes(service) ? name : null)),
  )
  return rows.filter((row) => row.service === service || (row.service && stands.includes(row.service))).map(asIncident)
}

/** Of one service, begun after an instant and by another; newest first. */
export async function incidentsOfService(
  db: Db,
  service: string,
  { from, to }: { from: Date; to: Date },
): Promise<Incident[]> {
  const ofIt = and(eq(incidents.service, service), gt(incidents.startedAt, from), lte(incidents.startedAt, to))
  const rows = await db.orm.select().from(incidents).where(ofIt).orderBy(desc(incidents.startedAt)).limit(500)
  return rows.map(asIncident)
}

/** How the sites of a service stand at an instant. */
export async function sitesOf(db: Db, service: string, at: Date): Promise<SiteStanding[]> {
  return sitesAt(await siteEventsOf(db, [service]), at)
}

function asIncident(row: typeof incidents.$inferSelect): Incident {
  return { ...row, problemIds: [], news: [] }
}

/** The names of services and sites that a line may hold: those described, and those that ever said how they stood. */
export async function knownNames(db: Db): Promise<{ services: string[]; sites: string[] }> {
  const [described, stood] = await Promise.all([
    db.orm.select({ id: services.id }).from(services),
    db.orm.selectDistinct({ service: siteEvents.service, site: siteEvents.site }).from(siteEvents),
  ])
  return {
    services: [...new Set([...described.map(({ id }) => id), ...stood.map(({ service }) => service)])].sort(),
    sites: [...new Set(stood.map(({ site }) => site))].sort(),
  }
}

/** How much each source has told of each class since the record's birth, and when last. */
export async function inputTotals(db: Db) {
  return db.orm
    .select({
      source: inputs.source,
      class: inputs.class,
      count: sql<number>`sum(${inputs.count})`,
      lastAt: max(inputs.lastAt).mapWith(inputs.lastAt),
    })
    .from(inputs)
    .groupBy(inputs.source, inputs.class)
    .then((rows) => rows.map((row) => ({ ...row, lastAt: row.lastAt ?? new Date(0) })))
}
