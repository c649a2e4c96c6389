import { addDays, dayOf } from '../calendar.ts'
import type { LevelFigure } from '../measures/service-level.ts'
import type { Facts, Incident, LevelDay } from '../record/shapes.ts'

/** A level's thirty days as a letter draws them. */
export interface LevelChart {
  service: string
  indicator: string
  objective: number
  days: LevelDay[] // oldest first
  struck: string[] // days on which an incident of its service began
}

/** As many as are drawn in a letter: the levels with the least left, of which more than a day was measured. */
export function chartedLevels(levels: readonly LevelFigure[]): LevelFigure[] {
  return levels
    .filter(({ objective, month }) => objective !== null && month.days > 1)
    .toSorted(leastLeftFirst)
    .slice(0, 2)
}

export function levelChart(
  { service, indicator, objective, zone }: LevelFigure,
  { serviceLevels, asOf }: Pick<Facts, 'serviceLevels' | 'asOf'>,
  incidents: readonly Pick<Incident, 'startedAt'>[],
): LevelChart {
  const from = addDays(dayOf(asOf, zone), -30)
  return {
    service,
    indicator,
    objective: objective ?? 0,
    days: serviceLevels.filter((day) => day.service === service && day.indicator === indicator && day.day >= from),
    struck: [...new Set(incidents.map(({ startedAt }) => dayOf(startedAt, zone)))].filter((day) => day >= from),
  }
}

export function leastLeftFirst(a: LevelFigure, b: LevelFigure): number {
  return shareLeft(a) - shareLeft(b)
}

function shareLeft({ budgetMinutes, budgetLeftMinutes }: LevelFigure): number {
  return budgetMinutes && budgetLeftMinutes !== null ? budgetLeftMinutes / budgetMinutes : -9
}
