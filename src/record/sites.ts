import { and, asc, eq, inArray, lte, notInArray, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Fact, Telling } from './fact.ts'
import { exposures, type SiteState, services, siteEvents } from './schema.ts'
import type { SiteStanding } from './shapes.ts'
import { type Decided, groupBy, insertNew, type Placed, upsert, type Write } from './telling.ts'

type SiteFact = Extract<Fact, { kind: 'site' }>
type ServiceFact = Extract<Fact, { kind: 'service' }>
export type SiteEvent = typeof siteEvents.$inferSelect
export interface Episode {
  since: Date
  until: Date | null
  certain: boolean
}

/** What a service needs to survive the loss of one site, unless it says otherwise. */
export const usualSites = 2

/**
 * The single-datacenter episodes of a service: from the instant it serves with fewer capable sites than it needs, until
 * enough are capable again. A site that drains or has not said how it stands is not capable: unknown is never green.
 */
export function episodesOf(events: readonly SiteEvent[], required = usualSites): Episode[] {
  const sites = new Map<string, SiteState>()
  const episodes: Episode[] = []
  for (const [, moment] of groupBy(events.toSorted(earlierFirst), ({ at }) => String(at.getTime()))) {
    for (const event of moment) sites.set(event.site, event.state)
    const standing = redundancyOf(
      [...sites].map(([site, state]) => ({ site, state })),
      required,
    )
    const open = episodes.at(-1)?.until === null ? episodes.at(-1) : undefined
    const at = moment[0]?.at
    if (at === undefined) continue
    if (open && standing === 'redundant') open.until = at
    else if (open) open.certain = standing !== 'unproven'
    else if (standing === 'alone' || standing === 'unproven')
      episodes.push({ since: at, until: null, certain: standing === 'alone' })
  }
  return episodes
}

/** What an alert that names only the site still serving says of all the rest. */
export const otherSites = 'other sites'

/** alone: serves, and the loss of a site would take it down; unproven: it might; down: nothing serves. */
export function redundancyOf(
  standings: readonly Pick<SiteStanding, 'site' | 'state'>[],
  required = usualSites,
): 'redundant' | 'alone' | 'unproven' | 'down' {
  const states = withoutStandIn(standings).map(({ state }) => state)
  const capable = states.filter((state) => state === 'serving' || state === 'able').length
  const silent = states.filter((state) => state === 'unknown').length
  if (capable >= required) return 'redundant'
  if (!states.some((state) => state === 'serving' || state === 'draining')) return 'down'
  return capable + silent >= required ? 'unproven' : 'alone'
}

// While the others are said to be unable, only what serves counts; once they are well, the sites known by name speak for themselves.
function withoutStandIn(
  standings: readonly Pick<SiteStanding, 'site' | 'state'>[],
): readonly Pick<SiteStanding, 'site' | 'state'>[] {
  const standIn = standings.find(({ site }) => site === otherSites)
  const named = standings.filter((standing) => standing !== standIn)
  if (standIn === undefined) return standings
  if (standIn.state === 'unable') return named.filter(({ state }) => state === 'serving' || state === 'draining')
  return named.length >= 2 ? named : standings
}

/** How each site stood at an instant, by name, from events that may reach beyond it. */
export function sitesAt(events: readonly SiteEvent[], at: Date): SiteStanding[] {
  const standing = new Map<string, SiteStanding>()
  for (const { site, state, at: since, capacityPercent } of events
    .filter((event) => event.at <= at)
    .toSorted(earlierFirst)) {
    const before = standing.get(site)
    const unbroken = before?.state === state ? before.since : since
    standing.set(site, {
      site,
      state,
      since: unbroken,
      capacityPercent: capacityPercent ?? before?.capacityPercent ?? null,
    })
  }
  return [...standing.values()].sort((a, b) => (a.site < b.site ? -1 : 1))
}

// Two words for one instant: the worse one stands, whichever came first.
const worstLast: SiteState[] = ['serving', 'able', 'unknown', 'draining', 'unable']

function earlierFirst(a: SiteEvent, b: SiteEvent): number {
  return a.at.getTime() - b.at.getTime() || worstLast.indexOf(a.state) - worstLast.indexOf(b.state)
}

/** Everything the sites of some services ever said, oldest first. */
export async function siteEventsOf(db: Db, of: readonly string[]): Promise<SiteEvent[]> {
  if (of.length === 0) return []
  return db.orm
    .select()
    .from(siteEvents)
    .where(inArray(siteEvents.service, [...of]))
    .orderBy(asc(siteEvents.at))
}

/** How every site that ever said so stood at an instant, by service. `since` is its last word, not its last change. */
export async function everySiteAt(db: Db, at: Date): Promise<{ service: string; sites: SiteStanding[] }[]> {
  const rows = await db.orm
    .select({
      service: siteEvents.service,
      site: siteEvents.site,
      state: siteEvents.state,
      capacityPercent: siteEvents.capacityPercent,
      since: sql<number>`max(${siteEvents.at})`,
    })
    .from(siteEvents)
    .where(lte(siteEvents.at, at))
    .groupBy(siteEvents.service, siteEvents.site)
  const standings = rows.map(({ service, since, ...site }) => ({ service, site: { ...site, since: new Date(since) } }))
  return [...groupBy(standings, ({ service }) => service)].map(([service, of]) => ({
    service,
    sites: of.map(({ site }) => site),
  }))
}

/** Site facts, and the episodes they make; a service whose required sites change is counted anew. */
export async function decideSites(
  db: Db,
  facts: readonly Placed<SiteFact>[],
  told: readonly Placed<ServiceFact>[],
  telling: Telling,
): Promise<Decided> {
  const decided: Decided = { outcomes: new Map(), writes: [], shifts: [] }
  const recount = told.filter(({ fact }) => fact.sitesRequired !== null).map(({ fact }) => fact.id)
  const names = [...new Set([...facts.map(({ fact }) => fact.service), ...recount])]
  if (names.length === 0) return decided

  const [said, known] = await Promise.all([
    siteEventsOf(db, names),
    db.orm
      .select({ id: services.id, sitesRequired: services.sitesRequired })
      .from(services)
      .where(inArray(services.id, names)),
  ])
  const saidOf = groupBy(said, ({ service }) => service)
  for (const service of names) {
    const before = saidOf.get(service) ?? []
    const events = [...before]
    for (const { place, fact } of facts.filter((other) => other.fact.service === service)) {
      const event = asEvent(fact, telling)
      const repeats = events.some(
        (other) =>
          other.site === event.site && other.state === event.state && other.at.getTime() === event.at.getTime(),
      )
      decided.outcomes.set(
        place,
        repeats ? 'unchanged' : events.some((other) => other.site === event.site) ? 'changed' : 'new',
      )
      if (!repeats) events.push(event)
    }
    const required =
      told.findLast(({ fact }) => fact.id === service && fact.sitesRequired !== null)?.fact.sitesRequired ??
      known.find((row) => row.id === service)?.sitesRequired ??
      usualSites
    decided.writes.push(
      ...insertNew(db, siteEvents, events.slice(before.length)),
      ...rewriteEpisodes(db, service, episodesOf(events, required)),
    )
  }
  return decided
}

function asEvent(fact: SiteFact, { recordedAt, source }: Telling): SiteEvent {
  const { service, site, at, state, capacityPercent, by = '' } = fact
  return { service, site, at, state, capacityPercent, recordedAt, by, source }
}

function rewriteEpisodes(db: Db, service: string, episodes: readonly Episode[]): Write[] {
  const rows = episodes.map((episode) => ({ id: `${service}@${episode.since.toISOString()}`, service, ...episode }))
  const stale = and(
    eq(exposures.service, service),
    notInArray(
      exposures.id,
      rows.slice(-30_000).map((row) => row.id),
    ),
  )
  return [db.orm.delete(exposures).where(stale), ...upsert(db, exposures, ['id'], rows)]
}
