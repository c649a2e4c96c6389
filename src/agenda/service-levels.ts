import { isBurning, isUnmeasured, type LevelFigure, levelFigures, offTarget } from '../measures/service-level.ts'
import type { Facts } from '../record/shapes.ts'
import type { Item, Reason } from './shapes.ts'
import { type Shown, shorten } from './shown.ts'

/** Only what the room must talk about: off target, burning, or not measured. On target is not news. */
export function serviceLevelItems(levels: LevelFigure[]): Shown {
  return shorten(levelsOffTrack(levels).map(({ level, reason }) => asItem(level, reason)))
}

export interface OffTrack {
  level: LevelFigure
  reason: Extract<Reason, { kind: 'off target' | 'burning' | 'not measured' }>
}

/** The most overspent budget first; what nobody measured after what is known to be missed. */
export function levelsOffTrack(levels: LevelFigure[]): OffTrack[] {
  return levels
    .flatMap((level) => {
      const reason = reasonFor(level)
      return reason ? { level, reason } : []
    })
    .toSorted(worstFirst)
}

/** Every indicator of every service, by name. */
export function levelsOf({ serviceLevels, asOf, zone, services }: Facts): LevelFigure[] {
  return levelFigures(serviceLevels, { asOf, zone, services })
}

function reasonFor(level: LevelFigure): OffTrack['reason'] | null {
  const { service, indicator, objective, budgetLeftMinutes, burnRate, lastDay } = level
  const missed = offTarget(level)
  const known =
    missed && objective !== null && budgetLeftMinutes !== null
      ? { service, indicator, objective, measured: missed.measured, budgetLeftMinutes }
      : null

  if (known && missed?.days !== 30 && isBurning(level)) return { kind: 'burning', ...known, burnRate: burnRate ?? 0 }
  if (known && missed) return { kind: 'off target', ...known, days: missed.days, unknownMinutes: missed.ratio.unknown }
  return isUnmeasured(level) ? { kind: 'not measured', service, indicator, lastDay } : null
}

function asItem({ service, indicator }: LevelFigure, reason: Reason): Item {
  return {
    subject: { kind: 'service', id: service },
    title: indicator ? `${service} ${indicator}` : service,
    reason,
    ownerId: null,
  }
}

const places: Record<OffTrack['reason']['kind'], number> = { 'off target': 0, burning: 1, 'not measured': 2 }

function worstFirst(a: OffTrack, b: OffTrack): number {
  return (
    places[a.reason.kind] - places[b.reason.kind] ||
    (a.level.budgetLeftMinutes ?? 0) - (b.level.budgetLeftMinutes ?? 0) ||
    (nameOf(a.level) < nameOf(b.level) ? -1 : 1)
  )
}

function nameOf({ service, indicator }: LevelFigure): string {
  return JSON.stringify([service, indicator])
}
