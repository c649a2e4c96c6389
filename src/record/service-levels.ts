import { and, eq, gte, inArray, lte } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Fact, Telling } from './fact.ts'
import { manyRows } from './packed.ts'
import { serviceLevels } from './schema.ts'
import type { LevelDay } from './shapes.ts'
import { type Decided, inPortions, isSame, type Placed, upsert } from './telling.ts'

type LevelFact = Extract<Fact, { kind: 'service-level' }>
type LevelRow = typeof serviceLevels.$inferSelect

/** The days from one to another, both included, oldest first; of one service when named. */
export async function levelDays(
  db: Db,
  { from, to, service }: { from: string; to: string; service?: string },
): Promise<LevelDay[]> {
  const span = and(gte(serviceLevels.day, from), lte(serviceLevels.day, to))
  const rows = await manyRows(
    db,
    serviceLevels,
    service === undefined ? span : and(span, eq(serviceLevels.service, service)),
  )
  return rows.sort(dayOrder).map(({ recordedAt: _, source: __, ...row }) => row)
}

function dayOrder(a: LevelRow, b: LevelRow): number {
  return orderOf(a) < orderOf(b) ? -1 : 1
}

function orderOf({ day, service, indicator }: LevelRow): string {
  return `${day}\n${service}\n${indicator}`
}

/** A day of an indicator may be told again: the last word stands. */
export async function decideLevels(db: Db, facts: readonly Placed<LevelFact>[], telling: Telling): Promise<Decided> {
  const decided: Decided = { outcomes: new Map(), writes: [], shifts: [] }
  if (facts.length === 0) return decided

  const days = [...new Set(facts.map(({ fact }) => fact.day))]
  const portions = [...inPortions(days, 1000)].map((portion) =>
    db.orm.select().from(serviceLevels).where(inArray(serviceLevels.day, portion)),
  )
  const known = new Map((await Promise.all(portions)).flat().map((row) => [keyOf(row), row]))
  const rows = new Map<string, LevelRow>()
  for (const { place, fact } of facts) {
    const { service, indicator, day, good, total, unknown, p50, p95, zone } = fact
    const before = rows.get(keyOf(fact)) ?? known.get(keyOf(fact))
    const row = {
      service,
      indicator,
      day,
      good,
      total,
      unknown,
      p50: p50 ?? before?.p50 ?? null,
      p95: p95 ?? before?.p95 ?? null,
      zone,
      source: before?.source ?? telling.source,
      recordedAt: before?.recordedAt ?? telling.recordedAt,
    }
    const outcome = before === undefined ? 'new' : isSame(before, row) ? 'unchanged' : 'changed'
    decided.outcomes.set(place, outcome)
    if (outcome !== 'unchanged') rows.set(keyOf(fact), row)
  }
  decided.writes.push(...upsert(db, serviceLevels, ['service', 'indicator', 'day'], [...rows.values()]))
  return decided
}

function keyOf({ service, indicator, day }: { service: string; indicator: string; day: string }): string {
  return JSON.stringify([service, indicator, day])
}
