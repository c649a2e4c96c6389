import { addDays } from '../calendar.ts'
import type { LevelDay } from '../record/shapes.ts'
import { budgetLeft, ratioOf } from './service-level.ts'

/**
 * How the error budget stood at the end of each day: minutes left of the thirty days up to it. null where nothing was counted,
 * or no objective agreed. `days` are of one indicator, oldest first.
 */
export function budgetLine(days: readonly LevelDay[], objective: number | null): (number | null)[] {
  return days.map(({ day }) => budgetLeft(objective, ratioOf(days, 30, addDays(day, 1))))
}
