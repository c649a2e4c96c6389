import { and, asc, gt, gte, lte } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Fact, Telling } from './fact.ts'
import { decidePlain } from './plain.ts'
import { forecasts, plannedEvents } from './schema.ts'
import type { Forecast, PlannedEvent } from './shapes.ts'
import type { Decided, Placed } from './telling.ts'

/** Made by `at` and due at or after `from`, soonest first. */
export async function forecastsDue(db: Db, from: Date, at: Date): Promise<Forecast[]> {
  const rows = await db.orm
    .select()
    .from(forecasts)
    .where(and(gte(forecasts.dueAt, from), lte(forecasts.madeAt, at)))
    .orderBy(asc(forecasts.dueAt))
  return rows.map(({ recordedAt: _, source: __, ...row }) => row)
}

/** Not over at `at`, and begun by `until`; soonest first. */
export async function plannedWithin(db: Db, at: Date, until: Date): Promise<PlannedEvent[]> {
  const rows = await db.orm
    .select()
    .from(plannedEvents)
    .where(and(gt(plannedEvents.to, at), lte(plannedEvents.from, until)))
    .orderBy(asc(plannedEvents.from))
  return rows.map(({ recordedAt: _, source: __, ...row }) => row)
}

export async function decideForecasts(
  db: Db,
  facts: readonly Placed<Extract<Fact, { kind: 'forecast' }>>[],
  telling: Telling,
): Promise<Decided> {
  return decidePlain(db, facts, forecasts, {
    idOf: (fact) => fact.id,
    asRow: ({ kind: _, ...row }, before) => ({
      ...row,
      source: before?.source ?? telling.source,
      recordedAt: before?.recordedAt ?? telling.recordedAt,
    }),
  })
}

export async function decidePlannedEvents(
  db: Db,
  facts: readonly Placed<Extract<Fact, { kind: 'planned-event' }>>[],
  telling: Telling,
): Promise<Decided> {
  return decidePlain(db, facts, plannedEvents, {
    idOf: (fact) => fact.id,
    asRow: ({ kind: _, ...row }, before) => ({
      ...row,
      source: before?.source ?? telling.source,
      recordedAt: before?.recordedAt ?? telling.recordedAt,
    }),
  })
}
