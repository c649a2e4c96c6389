import { and, asc, eq, gte, isNull, min, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import {
  deliveries,
  exposures,
  type MatchedField,
  people,
  serviceLevels,
  services,
  siteEvents,
  sourceMappings,
  sourceWords,
} from './schema.ts'
import type { Write } from './telling.ts'

export type SourceWord = typeof sourceWords.$inferSelect

/** Every name a source has said, by field and name. */
export async function listWords(db: Db, source: string): Promise<SourceWord[]> {
  return db.orm
    .select()
    .from(sourceWords)
    .where(eq(sourceWords.source, source))
    .orderBy(asc(sourceWords.field), asc(sourceWords.theirs))
}

/** What is called what here: names of services, sites and people that others of our words use. */
export async function ourNames(db: Db): Promise<Record<'service' | 'site' | 'owner', string[]>> {
  const [known, sites, persons] = await Promise.all([
    db.orm.select({ name: services.id }).from(services).orderBy(asc(services.id)),
    db.orm.selectDistinct({ name: siteEvents.site }).from(siteEvents).orderBy(asc(siteEvents.site)),
    db.orm.select({ name: people.id }).from(people).orderBy(asc(people.id)),
  ])
  return { service: known.map(named), site: sites.map(named), owner: persons.map(named) }
}

function named({ name }: { name: string }): string {
  return name
}

/** Whom a tool means: the person of that e-mail, or the only one of that full name. Both in lower case. */
export async function peopleByName(db: Db): Promise<Map<string, string>> {
  const persons = await db.orm.select({ id: people.id, name: people.name }).from(people)
  const names = new Map<string, string>()
  for (const { id, name } of persons) {
    const key = name.toLowerCase()
    names.set(key, names.has(key) && names.get(key) !== id ? '' : id)
  }
  for (const { id } of persons) names.set(id, id)
  return new Map([...names].filter(([, id]) => id !== ''))
}

/**
 * How anew a source is read: rises with every match that is decided and every mapping that is saved, so that what is read
 * again with them counts before what was read without.
 */
export async function readingRank(db: Db, source: string): Promise<number> {
  const [[word], [mapping]] = await Promise.all([
    db.orm
      .select({ at: sql<number | null>`max(${sourceWords.decidedAt})` })
      .from(sourceWords)
      .where(eq(sourceWords.source, source)),
    db.orm.select({ at: sourceMappings.savedAt }).from(sourceMappings).where(eq(sourceMappings.source, source)),
  ])
  return Math.floor(Math.max(word?.at ?? 0, mapping?.at.getTime() ?? 0) / 1000)
}

/** Writes that note how often each name was said, to go in one transaction with the facts. */
export function noteWords(
  db: Db,
  source: string,
  { heard, at }: { heard: readonly { field: MatchedField; theirs: string }[]; at: Date },
): Write[] {
  const counts = new Map<string, { field: MatchedField; theirs: string; seen: number }>()
  for (const { field, theirs } of heard) {
    const key = `${field} ${theirs}`
    const before = counts.get(key)
    counts.set(key, { field, theirs, seen: (before?.seen ?? 0) + 1 })
  }
  return [...counts.values()].map((row) =>
    db.orm
      .insert(sourceWords)
      .values({ source, ...row, lastAt: at })
      .onConflictDoUpdate({
        target: [sourceWords.source, sourceWords.field, sourceWords.theirs],
        set: { seen: sql`seen + excluded.seen`, lastAt: sql`max(ifnull(last_at, 0), excluded.last_at)` },
      }),
  )
}

export interface Decision {
  field: MatchedField
  theirs: string
  ours: string | null
}

/**
 * Decides what names of theirs are here, and lets every delivery of the source that is still kept wait to be read again.
 * What the source said of sites and service levels under the names they bore till now is taken back, as far as those
 * deliveries reach: reading them again tells it under the new ones.
 */
export async function decideWords(
  db: Db,
  source: string,
  { decisions, by, at }: { decisions: readonly Decision[]; by: string; at: Date },
): Promise<void> {
  if (decisions.length === 0) return
  const [words, [kept]] = await Promise.all([
    listWords(db, source),
    db.orm
      .select({ first: min(deliveries.receivedAt) })
      .from(deliveries)
      .where(eq(deliveries.source, source)),
  ])
  const target = [sourceWords.source, sourceWords.field, sourceWords.theirs]
  const writes = decisions.flatMap(({ field, theirs, ours }): Write[] => {
    const row = { source, field, theirs, ours, decidedAt: at, by }
    const was = words.find((word) => word.field === field && word.theirs === theirs)?.ours ?? theirs
    const isOther = kept?.first && was !== (ours ?? theirs)
    return [
      db.orm
        .insert(sourceWords)
        .values(row)
        .onConflictDoUpdate({ target, set: { ours, decidedAt: at, by } }),
      ...(isOther ? takenBack(db, { source, field, name: was, since: kept.first as Date }) : []),
    ]
  })
  await db.batch([
    ...writes,
    db.orm.update(sourceWords).set({ seen: 0 }).where(eq(sourceWords.source, source)),
    readAgain(db, source),
  ])
}

/** Lets every delivery of a source that was read, and is still kept, wait to be read again. */
export async function rereadDeliveries(db: Db, source: string): Promise<void> {
  await db.batch([readAgain(db, source)])
}

function readAgain(db: Db, source: string): Write {
  return db.orm
    .update(deliveries)
    .set({ ingestedAt: null, facts: null })
    .where(and(eq(deliveries.source, source), isNull(deliveries.fault)))
}

function takenBack(
  db: Db,
  { source, field, name, since }: { source: string; field: MatchedField; name: string; since: Date },
): Write[] {
  if (field !== 'service' && field !== 'site') return []

  const column = field === 'service' ? siteEvents.service : siteEvents.site
  const said = and(eq(siteEvents.source, source), eq(column, name), gte(siteEvents.recordedAt, since))
  if (field === 'site') return [db.orm.delete(siteEvents).where(said)]
  const counted = and(
    eq(serviceLevels.source, source),
    eq(serviceLevels.service, name),
    gte(serviceLevels.recordedAt, since),
  )
  const orphaned = and(
    eq(exposures.service, name),
    sql`not exists (select 1 from site_events where site_events.service = ${name})`,
  )
  return [
    db.orm.delete(siteEvents).where(said),
    db.orm.delete(serviceLevels).where(counted),
    db.orm.delete(exposures).where(orphaned),
  ]
}
