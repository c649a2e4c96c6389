import { addDays, dayOf } from '../calendar.ts'
import type { LevelDay, Service } from '../record/shapes.ts'

/** What an indicator amounted to over some complete days. percent null = nothing was counted: unknown, not 100. */
export interface Ratio {
  percent: number | null
  good: number
  total: number
  unknown: number
  days: number
  missingDays: number
}
/** One indicator of one service over the last 1, 7 and 30 complete days. Budget in minutes of 30 days; null without an objective. */
export interface LevelFigure {
  service: string
  indicator: string
  objective: number | null
  day: Ratio
  week: Ratio
  month: Ratio
  budgetMinutes: number | null
  budgetLeftMinutes: number | null
  burnRate: number | null // last 7 days; 1 = exactly on budget
  lastDay: string | null
  zone: string
}

const minutesOfDay = 24 * 60

/**
 * One figure for each indicator that was ever told, and one, unknown, for each service with an objective that nobody
 * measures. `rows` reach back 30 complete days; today's is not over and does not count. By service, then indicator.
 */
export function levelFigures(
  rows: readonly LevelDay[],
  { asOf, zone, services }: { asOf: Date; zone: string; services: readonly Service[] },
): LevelFigure[] {
  const measured = byIndicator(rows).map((days) => levelFigure(days, { asOf, zone, services }))
  const unmeasured = services
    .flatMap((service) => promisesOf(service, rows))
    .map((promise) => figureFor([], { ...promise, zone, today: dayOf(asOf, zone) }))
  return [...measured, ...unmeasured].toSorted(byName)
}

// Of indicators with an objective of their own each is missed by itself; else one of any kind will do.
function promisesOf(
  { id, objective, objectives = {} }: Service,
  rows: readonly LevelDay[],
): { service: string; indicator: string; objective: number }[] {
  const own = rows.filter(({ service }) => service === id)
  const agreed = Object.entries(objectives)
  return agreed.length === 0
    ? objective !== null && own.length === 0
      ? [{ service: id, indicator: 'availability', objective }]
      : []
    : agreed
        .filter(([indicator]) => !own.some((row) => row.indicator === indicator))
        .map(([indicator, target]) => ({ service: id, indicator, objective: target }))
}

/** The span over which it misses its objective, the longest first: a missed month outweighs a missed day. */
export function offTarget({
  objective,
  month,
  week,
  day,
}: LevelFigure): { days: 1 | 7 | 30; ratio: Ratio; measured: number } | null {
  const spans = [
    { days: 30, ratio: month },
    { days: 7, ratio: week },
    { days: 1, ratio: day },
  ] as const
  const missed = spans.find(({ ratio }) => objective !== null && ratio.percent !== null && ratio.percent < objective)
  return missed ? { ...missed, measured: missed.ratio.percent ?? 0 } : null
}

/** Spending its budget faster than thirty days allow. */
export function isBurning({ burnRate }: LevelFigure): boolean {
  return burnRate !== null && burnRate > 1
}

/** Nobody counted its last complete day. */
export function isUnmeasured({ day }: LevelFigure): boolean {
  return day.percent === null
}

function byIndicator(rows: readonly LevelDay[]): LevelDay[][] {
  const told = new Map<string, LevelDay[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.service, row.indicator])
    told.set(key, [...(told.get(key) ?? []), row])
  }
  return [...told.values()]
}

function levelFigure(
  rows: readonly LevelDay[],
  { asOf, zone, services }: { asOf: Date; zone: string; services: readonly Service[] },
): LevelFigure {
  const latest = rows.toSorted(oldestFirst).at(-1)
  const service = latest?.service ?? ''
  const its = latest?.zone || zone
  const indicator = latest?.indicator ?? ''
  const expected = services.find(({ id }) => id === service)
  const objective = new Map(Object.entries(expected?.objectives ?? {})).get(indicator) ?? expected?.objective ?? null
  return figureFor(rows, { service, indicator, objective, zone: its, today: dayOf(asOf, its) })
}

interface Told {
  service: string
  indicator: string
  objective: number | null
  zone: string
  today: string
}

function figureFor(rows: readonly LevelDay[], { service, indicator, objective, zone, today }: Told): LevelFigure {
  const [day, week, month] = [ratioOf(rows, 1, today), ratioOf(rows, 7, today), ratioOf(rows, 30, today)]
  const counted = rows.filter((row) => isCounted(row) && row.day < today).map((row) => row.day)
  return {
    service,
    indicator,
    objective,
    day,
    week,
    month,
    budgetMinutes: errorBudget(objective),
    budgetLeftMinutes: budgetLeft(objective, month),
    burnRate: burnRate(objective, week),
    lastDay: counted.toSorted().at(-1) ?? null,
    zone,
  }
}

/**
 * Good of total over the complete days before `today`. What was not seen is in `unknown` and never in `good`; a day of
 * which nothing was counted is missing, and a missing day is neither good nor bad.
 */
export function ratioOf(rows: readonly LevelDay[], span: number, today: string): Ratio {
  const first = addDays(today, -span)
  const within = rows.filter(({ day }) => day >= first && day < today)
  const counted = within.filter(isCounted)
  const good = sum(counted.map((row) => Math.min(Math.max(row.good, 0), row.total)))
  const total = sum(counted.map((row) => row.total))
  const days = new Set(counted.map(({ day }) => day)).size
  const unknown = sum(within.map((row) => (isAmount(row.unknown) ? row.unknown : 0)))
  return {
    percent: total > 0 ? Math.min(100, (good * 100) / total) : null,
    good,
    total,
    unknown,
    days,
    missingDays: span - days,
  }
}

/** Minutes of thirty days that the objective allows to be bad: 99.9 % allows 43.2. */
export function errorBudget(objective: number | null): number | null {
  return objective === null ? null : (1 - objective / 100) * 30 * minutesOfDay
}

/** What is left of it: each counted day spent its bad share of 1,440 minutes, whether it counted minutes or events. */
export function budgetLeft(objective: number | null, month: Ratio): number | null {
  const budget = errorBudget(objective)
  const { good, total, days } = month
  return budget === null || total === 0 ? null : budget - ((total - good) * days * minutesOfDay) / total
}

/** Bad share over allowed share: at 1 the budget lasts exactly thirty days. null without an objective below 100. */
export function burnRate(objective: number | null, week: Ratio): number | null {
  return objective === null || objective >= 100 || week.percent === null
    ? null
    : (100 - week.percent) / (100 - objective)
}

function oldestFirst(a: LevelDay, b: LevelDay): number {
  return a.day < b.day ? -1 : Number(a.day > b.day)
}

function isCounted({ good, total }: LevelDay): boolean {
  return isAmount(good) && isAmount(total) && total > 0
}

/** Not a number, or one so large that sums of it lose their meaning, says nothing. */
function isAmount(count: number): boolean {
  return Math.abs(count) <= Number.MAX_SAFE_INTEGER
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, one) => whole + one, 0)
}

function byName(a: LevelFigure, b: LevelFigure): number {
  return a.service.localeCompare(b.service) || a.indicator.localeCompare(b.indicator)
}
