import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exposedDays, fixConfidence } from '../../src/measures/fix-confidence.ts'

test('three quiet days after a fault of every second day are luck with 12.5 %, and two more are needed', () => {
  expect(fixConfidence({ struck: 15, observed: 30, quiet: 3 })).toMatchObject({
    luck: 0.125,
    daysNeeded: 5,
    daysLeft: 2,
  })
})

test.each([
  [10, 8, 9],
  [5, 17, 21],
  [3, 29, 39],
  [2, 44, 68],
  [1, 89, 190],
])('struck on %i of 30 days: sure after %i quiet days, cautiously after %i', (struck, days, cautiousDays) => {
  const confidence = fixConfidence({ struck, observed: 30, quiet: 0 })

  expect(confidence).toMatchObject({ daysNeeded: days, cautiousDaysNeeded: cautiousDays, daysLeft: days })
})

test.each([
  [15, 3, 0.125, 0.137],
  [10, 8, 0.039, 0.054],
  [5, 17, 0.045, 0.072],
  [3, 29, 0.047, 0.087],
  [2, 44, 0.048, 0.101],
  [1, 89, 0.049, 0.125],
])('struck on %i of 30 days, then %i quiet: luck %f, cautiously %f', (struck, quiet, luck, cautious) => {
  const confidence = fixConfidence({ struck, observed: 30, quiet })

  expect(confidence?.luck).toBeCloseTo(luck, 3)
  expect(confidence?.cautiousLuck).toBeCloseTo(cautious, 3)
})

test('the cautious figure is the product that its Beta functions stand for', () => {
  fc.assert(
    fc.property(aWatch(), ({ struck, observed, quiet }) => {
      const factors = Array.from({ length: quiet }, (_, day) => (observed - struck + 0.5 + day) / (observed + 1 + day))
      const product = factors.reduce((whole, factor) => whole * factor, 1)

      expect(fixConfidence({ struck, observed, quiet })?.cautiousLuck).toBeCloseTo(product, 9)
    }),
  )
})

test('the days needed are the first after which luck is at most 5 %', () => {
  fc.assert(
    fc.property(aWatch(), ({ struck, observed }) => {
      const { daysNeeded = 0, cautiousDaysNeeded = 0 } = fixConfidence({ struck, observed, quiet: 0 }) ?? {}
      const after = (quiet: number) => fixConfidence({ struck, observed, quiet })

      expect([after(daysNeeded)?.daysLeft, (after(daysNeeded)?.luck ?? 1) <= 0.05]).toEqual([0, true])
      expect(after(daysNeeded - 1)?.luck).toBeGreaterThan(0.05)
      expect(after(cautiousDaysNeeded)?.cautiousLuck).toBeLessThanOrEqual(0.05)
      expect(after(cautiousDaysNeeded - 1)?.cautiousLuck).toBeGreaterThan(0.05)
    }),
  )
})

test.each([
  { struck: 0, observed: 30, quiet: 3 },
  { struck: 3, observed: 0, quiet: 3 },
  { struck: 31, observed: 30, quiet: 3 },
  { struck: 3, observed: 30, quiet: -1 },
  { struck: Number.NaN, observed: 30, quiet: 3 },
])('$struck of $observed days, then $quiet, tells nothing', (watch) => {
  expect(fixConfidence(watch)).toBeNull()
})

test('two days with the detector off do not advance the clock', () => {
  const seen = { hadTraffic: true, wasWatched: true }
  const blind = { hadTraffic: true, wasWatched: false }

  expect(
    exposedDays([
      seen,
      blind,
      blind,
      seen,
      { hadTraffic: false, wasWatched: true },
      { hadTraffic: null, wasWatched: null },
    ]),
  ).toBe(2)
})

function aWatch() {
  return fc
    .record({
      observed: fc.integer({ min: 1, max: 120 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      quiet: fc.integer({ min: 0, max: 300 }),
    })
    .map(({ observed, share, quiet }) => ({ struck: Math.max(1, Math.round(observed * share)), observed, quiet }))
}
