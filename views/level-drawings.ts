import { dateWords } from '../src/calendar.ts'
import type { LevelDay } from '../src/record/shapes.ts'
import type { Drawing, Line } from './chart-configuration.ts'

interface Availability {
  objective: number | null
  days: readonly LevelDay[]
  struck: readonly string[] // days on which an incident began
}

/** Each day's percentage, and the target it is held against. */
export function availabilityDrawing({ objective, days, struck }: Availability): Drawing {
  const target = objective === null ? [] : [straight(`target ${objective} %`, objective, days.length)]
  const marked = markedDays(days, struck)
  const label = marked.includes(true) ? 'each day (diamond: incident)' : 'each day'
  return drawingOf('%', days, [{ label, ink: 'ink', values: days.map(percentOf), marked }, ...target])
}

export function drawingOf(unit: Drawing['unit'], days: readonly LevelDay[], lines: Line[]): Drawing {
  return { unit, days: days.map(({ day }) => shortDay(day)), lines }
}

/** '23 Nov' */
function shortDay(day: string): string {
  return dateWords(day).replace(/^\S+ /, '')
}

export function markedDays(days: readonly LevelDay[], struck: readonly string[]): boolean[] {
  return days.map(({ day }) => struck.includes(day))
}

export function straight(label: string, value: number, length: number): Line {
  return { label, ink: 'red', dashed: true, values: Array.from({ length }, () => value) }
}

/** Cut, never rounded up: 99.999 is not 100. null = nothing was counted. */
export function percentOf({ good, total }: Pick<LevelDay, 'good' | 'total'>): number | null {
  return total > 0 ? Math.floor((good / total) * 1e5) / 1e3 : null
}
