import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../src/calendar.ts'
import { isBurning, isUnmeasured, type LevelFigure, levelFigures, offTarget } from '../../src/measures/service-level.ts'
import type { LevelDay, Service } from '../../src/record/shapes.ts'

const asOf = new Date('2026-11-23T09:00:00+01:00')
const zone = 'Europe/Berlin'
const today = '2026-11-23'

test('is good of total over one, seven and thirty complete days', () => {
  const figure = figureOf(daysBack(30, (away) => (away === 1 ? { good: 1_425, unknown: 15 } : {})))

  expect(figure).toMatchObject({
    day: { percent: (1_425 * 100) / 1_440, good: 1_425, total: 1_440, unknown: 15, days: 1, missingDays: 0 },
    week: { percent: (10_065 * 100) / 10_080, days: 7, missingDays: 0 },
    month: { good: 43_185, total: 43_200, unknown: 15, days: 30, missingDays: 0 },
    lastDay: '2026-11-22',
  })
})

test('allows 43.2 bad minutes a month at 99.9 % and says what is left of them', () => {
  const figure = figureOf(daysBack(30, (away) => (away === 20 ? { good: 1_430 } : {})))

  expect(figure.budgetMinutes).toBeCloseTo(43.2, 10)
  expect(figure.budgetLeftMinutes).toBeCloseTo(33.2, 10)
  expect(figure.burnRate).toBe(0)
  expect(offTarget(figure)).toBeNull()
})

test('burns at twice the rate when a week is twice as bad as allowed', () => {
  const figure = figureOf(daysBack(30, (away) => (away <= 7 ? { good: 1_440 * 0.998 } : {})))

  expect(figure.burnRate).toBeCloseTo(2, 8)
  expect(isBurning(figure)).toBe(true)
})

test('burns at exactly 1 without being on fire', () => {
  expect(isBurning(figureOf(daysBack(7, () => ({ good: 999, total: 1_000 }))))).toBe(false)
})

test('is off target over the longest span it missed', () => {
  const badMonth = figureOf(daysBack(30, () => ({ good: 1_400 })))
  const badDay = figureOf(daysBack(30, (away) => (away === 1 ? { good: 1_438 } : {})))

  expect(offTarget(badMonth)).toMatchObject({ days: 30, measured: (1_400 * 100) / 1_440 })
  expect(offTarget(badDay)).toMatchObject({ days: 1, measured: (1_438 * 100) / 1_440 })
})

test('what nobody saw is never up: the unknown minutes stand apart', () => {
  const figure = figureOf([aDay(today, -1, { good: 0, total: 0, unknown: 1_440 })])

  expect(figure.day).toEqual({ percent: null, good: 0, total: 0, unknown: 1_440, days: 0, missingDays: 1 })
  expect(isUnmeasured(figure)).toBe(true)
  expect([figure.budgetLeftMinutes, figure.burnRate, offTarget(figure), figure.lastDay]).toEqual([
    null,
    null,
    null,
    null,
  ])
})

test('days nobody reported are missing, neither good nor bad', () => {
  const figure = figureOf([aDay(today, -2), aDay(today, -3, { good: 1_439 })])

  expect(figure.day).toMatchObject({ percent: null, missingDays: 1 })
  expect(figure.month).toMatchObject({ days: 2, missingDays: 28, total: 2_880 })
  expect(figure.budgetLeftMinutes).toBeCloseTo(42.2, 10)
  expect(figure).toMatchObject({ lastDay: '2026-11-21' })
})

test("counts neither today, which is not over, nor what lies before the span, in the indicator's own zone", () => {
  const rows = [aDay(today, 0, { good: 0 }), aDay(today, -1), aDay(today, -31, { good: 0 })]
  const inKiritimati = rows.map((row) => ({ ...row, zone: 'Pacific/Kiritimati' }))
  const lateOnSunday = new Date('2026-11-22T23:00:00Z')

  expect(figureOf(rows).month).toMatchObject({ percent: 100, days: 1 })
  expect(figureOf(rows).lastDay).toBe('2026-11-22')
  expect(figureOf(inKiritimati, lateOnSunday).day.percent).toBe(100)
  expect(figureOf(inKiritimati, new Date('2026-11-23T10:00:00Z')).day.percent).toBe(0)
})

test('events are budgeted by their share of the days counted', () => {
  const figure = figureOf(daysBack(30, () => ({ good: 9_995, total: 10_000 })))

  expect(figure.budgetLeftMinutes).toBeCloseTo(21.6, 8)
  expect(figure.burnRate).toBeCloseTo(0.5, 8)
})

test('has no budget without an objective, and none to burn at 100 %', () => {
  const [figure] = levelFigures([aDay(today, -1)], { asOf, zone, services: [aService(null)] })
  const [perfect] = levelFigures([aDay(today, -1, { good: 1_000 })], { asOf, zone, services: [aService(100)] })

  expect(figure).toMatchObject({ objective: null, budgetMinutes: null, budgetLeftMinutes: null, burnRate: null })
  expect(perfect).toMatchObject({ budgetMinutes: 0, budgetLeftMinutes: -440, burnRate: null })
})

test('each indicator is held against its own objective, else that of its service', () => {
  const services = [{ ...aService(99.9), objectives: { latency: 95, freshness: 99 } }]
  const rows = [aDay(today, -1), aDay(today, -1, { indicator: 'latency' })]

  expect(
    levelFigures(rows, { asOf, zone, services }).map(({ indicator, objective, day }) => [
      indicator,
      objective,
      day.percent === null,
    ]),
  ).toEqual([
    ['availability', 99.9, false],
    ['freshness', 99, true],
    ['latency', 95, false],
  ])
})

test('an objective nobody measures is a figure too, an unknown one', () => {
  const [figure] = levelFigures([], { asOf, zone, services: [aService(99.9)] })

  expect(figure).toMatchObject({
    service: 'checkout',
    objective: 99.9,
    day: { percent: null, missingDays: 1 },
    lastDay: null,
  })
})

test('each indicator of each service has its own figure, by name', () => {
  const rows = [aDay(today, -1, { service: 'search' }), aDay(today, -1, { indicator: 'latency' }), aDay(today, -1)]
  const figures = levelFigures(rows, { asOf, zone, services: [] })

  expect(figures.map(({ service, indicator }) => [service, indicator])).toEqual([
    ['checkout', 'availability'],
    ['checkout', 'latency'],
    ['search', 'availability'],
  ])
})

test('any rows give figures from 0 to 100 or unknown, never NaN', () => {
  const amount = fc.oneof(fc.double(), fc.constantFrom(0, -1, 1_440, Number.NaN, Number.POSITIVE_INFINITY))
  const row = fc.record({ away: fc.integer({ min: -2, max: 40 }), good: amount, total: amount, unknown: amount })
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1 }),
      fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
      (rows, objective) => {
        const days = rows.map(({ away, ...told }) => aDay(today, -away, told))
        const [figure] = levelFigures(days, { asOf, zone, services: [aService(objective)] })
        const ratios = [figure?.day, figure?.week, figure?.month]

        for (const ratio of ratios)
          expect(ratio?.percent === null || (ratio && ratio.percent >= 0 && ratio.percent <= 100)).toBe(true)
        expect([figure?.budgetLeftMinutes, figure?.burnRate, figure?.month.unknown].some(Number.isNaN)).toBe(false)
      },
    ),
  )
})

function figureOf(rows: LevelDay[], at = asOf): LevelFigure {
  const [figure] = levelFigures(rows, { asOf: at, zone, services: [aService(99.9)] })
  if (!figure) throw new Error('no figure')
  return figure
}

function daysBack(count: number, told: (away: number) => Partial<LevelDay>): LevelDay[] {
  return Array.from({ length: count }, (_, index) => aDay(today, -(index + 1), told(index + 1)))
}

function aDay(from: string, away: number, told: Partial<LevelDay> = {}): LevelDay {
  const full = { good: 1_440, total: 1_440, unknown: 0 }
  return { service: 'checkout', indicator: 'availability', day: addDays(from, away), zone, ...full, ...told }
}

function aService(objective: number | null): Service {
  return { id: 'checkout', tier: null, objective, sitesRequired: null, team: null, needs: [] }
}
