import { and, asc, desc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { aDay, anHour } from '../calendar.ts'
import type { Db } from './db.ts'
import type { ExposureHappening, Telling } from './fact.ts'
import { exposureEvents, exposures, incidents, plannedEvents } from './schema.ts'
import type { Exposure, PlannedEvent } from './shapes.ts'
import { redundancyOf, type SiteEvent, siteEventsOf, sitesAt } from './sites.ts'
import { asRow, type Decided, following, type Placed, sameHappening, upsert } from './telling.ts'

type ExposureRow = typeof exposures.$inferSelect
type Said = typeof exposureEvents.$inferSelect

/** One episode as it stood at an instant. Its id is `service@since`; a start that moved by a late word is found by its span. */
export async function findExposure(db: Db, id: string, at: Date): Promise<Exposure | undefined> {
  const cut = id.lastIndexOf('@')
  const begun = new Date(id.slice(cut + 1))
  if (cut < 1 || Number.isNaN(begun.getTime())) return undefined

  const rows = await db.orm
    .select()
    .from(exposures)
    .where(eq(exposures.service, id.slice(0, cut)))
  const row =
    rows.find((one) => one.id === id) ??
    rows.find((one) => one.since <= begun && (one.until === null || begun < one.until))
  return row && row.since <= at ? (await asExposures(db, [row], at))[0] : undefined
}

/** The episodes of a service that had begun by an instant, newest first. */
export async function exposuresOf(db: Db, service: string, at: Date): Promise<Exposure[]> {
  const rows = await db.orm
    .select()
    .from(exposures)
    .where(and(eq(exposures.service, service), lte(exposures.since, at)))
    .orderBy(desc(exposures.since))
    .limit(50)
  return asExposures(db, rows, at)
}

/** Open at `at`, or ended after `from`; longest first. */
export async function exposuresSince(db: Db, from: Date, at: Date): Promise<Exposure[]> {
  const rows = await db.orm
    .select()
    .from(exposures)
    .where(and(lte(exposures.since, at), or(isNull(exposures.until), gt(exposures.until, from))))
    .orderBy(asc(exposures.since))
  return asExposures(db, rows, at)
}

/** The open exposures that keep an incident from being closed (S16). */
export async function exposuresBlocking(db: Db, incidentId: string, at: Date): Promise<Exposure[]> {
  const open = (await exposuresSince(db, at, at)).filter((exposure) => exposure.until === null)
  return open.filter((exposure) => exposure.incidentIds.includes(incidentId))
}

async function asExposures(db: Db, rows: readonly ExposureRow[], at: Date): Promise<Exposure[]> {
  if (rows.length === 0) return []

  const names = [...new Set(rows.map((row) => row.service))]
  const first = new Date(Math.min(...rows.map((row) => row.since.getTime())))
  const [sites, said, near, planned] = await Promise.all([
    siteEventsOf(db, names),
    db.orm
      .select()
      .from(exposureEvents)
      .where(and(inArray(exposureEvents.service, names), lte(exposureEvents.at, at)))
      .orderBy(asc(exposureEvents.at), asc(exposureEvents.rank)),
    db.orm
      .select({
        id: incidents.id,
        service: incidents.service,
        startedAt: incidents.startedAt,
        endedAt: incidents.endedAt,
      })
      .from(incidents)
      .where(
        and(
          inArray(incidents.service, names),
          lte(incidents.startedAt, at),
          or(isNull(incidents.endedAt), gt(incidents.endedAt, first)),
        ),
      ),
    db.orm
      .select()
      .from(plannedEvents)
      .where(
        and(
          gt(plannedEvents.to, new Date(at.getTime() - aDay)),
          lte(plannedEvents.from, new Date(at.getTime() + aDay)),
        ),
      ),
  ])
  return rows.map((row) => {
    const until = row.until && row.until <= at ? row.until : null
    const end = until ?? at
    const words = said.filter((word) => word.service === row.service && word.at >= row.since && word.at <= end)
    const ofService = sites.filter((event) => event.service === row.service)
    return {
      id: row.id,
      service: row.service,
      since: row.since,
      until,
      certain: until === null ? certainAt(ofService, at) : row.certain,
      sites: sitesAt(ofService, end),
      ownerId: lastWord(words, 'owner'),
      plan: lastWord(words, 'plan'),
      eta: asInstant(lastWord(words, 'eta')),
      notes: words
        .filter((word) => word.kind === 'note')
        .map((word) => ({ at: word.at, text: word.value, by: word.by })),
      incidentIds: linked(row, end, words, near),
      peaks: planned.filter((event) => event.service === null || event.service === row.service).map(withoutRecord),
    }
  })
}

function certainAt(events: readonly SiteEvent[], at: Date): boolean {
  return redundancyOf(sitesAt(events, at)) !== 'unproven'
}

function lastWord(words: readonly Said[], kind: string): string | null {
  return words.findLast((word) => word.kind === kind)?.value || null
}

function asInstant(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

// By hand, or: of the same service, begun no later than an hour into the episode, and not over before it.
function linked(
  row: ExposureRow,
  end: Date,
  words: readonly Said[],
  near: readonly { id: string; service: string | null; startedAt: Date; endedAt: Date | null }[],
): string[] {
  const byHand = words.filter((word) => word.kind === 'linked-incident').map((word) => word.value)
  const bySpan = near
    .filter((incident) => incident.service === row.service && incident.startedAt <= end)
    .filter(
      (incident) =>
        incident.startedAt.getTime() <= row.since.getTime() + anHour &&
        (incident.endedAt === null || incident.endedAt > row.since),
    )
    .map((incident) => incident.id)
  return [...new Set([...byHand, ...bySpan])]
}

function withoutRecord({
  id,
  title,
  from,
  to,
  service,
  peakPercent,
  valuePerMinute,
  currency,
}: typeof plannedEvents.$inferSelect): PlannedEvent {
  return { id, title, from, to, service, peakPercent, valuePerMinute, currency }
}

/** What was said of exposures: owner, plan, ETA, notes. */
export async function decideExposureEvents(
  db: Db,
  facts: readonly Placed<ExposureHappening>[],
  telling: Telling,
): Promise<Decided> {
  const decided: Decided = { outcomes: new Map(), writes: [], shifts: [] }
  if (facts.length === 0) return decided

  const names = [...new Set(facts.map(({ fact }) => fact.service))]
  const said = await db.orm
    .select()
    .from(exposureEvents)
    .where(inArray(exposureEvents.service, names))
    .orderBy(asc(exposureEvents.at), asc(exposureEvents.rank))
  const rows: Said[] = []
  for (const { place, fact } of facts) {
    const before = [...said, ...rows].filter((other) => other.service === fact.service)
    const row = following({ service: fact.service, ...asRow(fact, telling) }, before)
    const last = before.findLast(({ kind, at }) => kind === row.kind && at.getTime() === row.at.getTime())
    const repeats =
      last !== undefined &&
      (last.value === row.value || (row.origin !== 'room' && before.some((other) => sameHappening(other, row))))
    decided.outcomes.set(place, repeats ? 'unchanged' : 'new')
    if (!repeats) rows.push(row)
  }
  decided.writes.push(...upsert(db, exposureEvents, ['service', 'at', 'kind', 'value'], rows))
  return decided
}
