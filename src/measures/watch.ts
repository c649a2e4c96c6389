import type { Fixed } from '../record/aside.ts'
import type { LevelDay } from '../record/shapes.ts'
import { exposedDays, type FixConfidence, fixConfidence, type Watch } from './fix-confidence.ts'

/** How sure we may be of it. `watch` null = nobody measures the service, so a quiet day proves nothing. */
export interface Watched {
  problemId: string
  watch: Watch | null
  confidence: FixConfidence | null
}

/**
 * Counts S20's days from what was measured: a day is exposed when the service had traffic (its indicator counted something)
 * and its detector was alive (not all of it unknown). `days` reach back thirty days before the fix; today is not over.
 */
export function watched(
  { problemId, service, fixedOn, struckOn }: Fixed,
  days: readonly LevelDay[],
  today: string,
): Watched {
  const its = byDay(days.filter((day) => day.service === service && day.day < today))
  const before = [...its.keys()].filter((day) => day < fixedOn)
  const after = [...its.keys()].filter((day) => day > fixedOn)
  const exposed = (among: readonly string[]) => exposedDays(among.map((day) => asExposed(its.get(day) ?? [])))
  if (its.size === 0) return { problemId, watch: null, confidence: null }

  const struck = new Set(struckOn.filter((day) => day < fixedOn && its.has(day))).size
  const watch = { struck, observed: Math.max(struck, exposed(before)), quiet: exposed(after) }
  return { problemId, watch, confidence: fixConfidence(watch) }
}

function byDay(days: readonly LevelDay[]): Map<string, LevelDay[]> {
  const told = new Map<string, LevelDay[]>()
  for (const day of days) told.set(day.day, [...(told.get(day.day) ?? []), day])
  return told
}

function asExposed(indicators: readonly LevelDay[]): { hadTraffic: boolean; wasWatched: boolean } {
  return {
    hadTraffic: indicators.some(({ total }) => total > 0),
    wasWatched: indicators.some(({ total, unknown }) => total > 0 && unknown < total),
  }
}
