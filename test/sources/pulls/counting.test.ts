import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countEvents, countMinutes, endsOf } from '../../../src/sources/pulls/counting.ts'
import { faultIn, leavesOut, seenBy, selectorsIn } from '../../../src/sources/pulls/promql.ts'

const from = new Date('2026-11-22T00:00:00Z')
const hour = { from, to: new Date('2026-11-22T01:00:00Z'), stepSeconds: 60 }
const ends = endsOf(hour)
const series = (value: (minute: number) => number | undefined) =>
  new Map(ends.flatMap((end, minute) => (value(minute) === undefined ? [] : [[end, [value(minute) ?? 0]] as const])))
const always = series(() => 1)

test('an hour has sixty minutes, each judged at its end', () => {
  expect([ends.length, ends[0], ends.at(-1)]).toEqual([60, from.getTime() / 1000 + 60, hour.to.getTime() / 1000])
})

test.each([
  ['all went well', always, always, { good: 60, total: 60, unknown: 0 }],
  ['ten minutes were bad', series((minute) => (minute < 10 ? 0 : 1)), always, { good: 50, total: 60, unknown: 0 }],
  [
    'nothing was scraped for ten minutes',
    series((minute) => (minute < 10 ? undefined : 1)),
    series((minute) => (minute < 10 ? undefined : 4)),
    { good: 50, total: 50, unknown: 10 },
  ],
  [
    'Prometheus remembers what it did not scrape',
    always,
    series((minute) => (minute < 10 ? undefined : 4)),
    { good: 50, total: 50, unknown: 10 },
  ],
  [
    'the query has no value, though something was scraped',
    series((minute) => (minute < 10 ? undefined : 1)),
    always,
    { good: 50, total: 50, unknown: 10 },
  ],
  ['nothing ever came', new Map(), new Map(), { good: 0, total: 0, unknown: 60 }],
])('minutes are counted: %s', (_, values, seen, counted) => {
  expect(countMinutes(values, seen, { ...hour, missingIsBad: false })).toEqual(counted)
})

test('of several series the worst judges the minute', () => {
  const both = new Map(ends.map((end, minute) => [end, [1, minute < 5 ? 0 : 1]]))

  expect(countMinutes(both, always, { ...hour, missingIsBad: false })).toEqual({ good: 55, total: 60, unknown: 0 })
})

test('what a query leaves out is bad where something was scraped, and unknown where nothing was', () => {
  const up = series((minute) => (minute < 20 ? undefined : 1))
  const seen = series((minute) => (minute < 10 ? undefined : 1))

  expect(countMinutes(up, seen, { ...hour, missingIsBad: true })).toEqual({ good: 40, total: 50, unknown: 10 })
})

test('whatever comes, good is no more than total, and all minutes are accounted for', () => {
  const any = fc.array(fc.option(fc.integer({ min: -1, max: 2 }), { nil: undefined }), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(any, any, fc.boolean(), (values, seen, missingIsBad) => {
      const { good, total, unknown } = countMinutes(
        series((m) => values[m]),
        series((m) => seen[m]),
        { ...hour, missingIsBad },
      )
      expect(good).toBeLessThanOrEqual(total)
      expect(total + unknown).toBe(60)
    }),
  )
})

test('events of unseen steps are unknown, at the mean of the steps that were seen', () => {
  const seen = series((minute) => (minute < 15 ? undefined : 1))

  expect(countEvents({ good: series(() => 9), total: series(() => 10) }, seen, hour)).toEqual({
    good: 405,
    total: 450,
    unknown: 150,
  })
})

test.each([
  ['up{job="shop"}', ['up{job="shop"}']],
  ['sum(rate(a_total{code!~"5.."}[5m])) / sum(rate(a_total[5m]))', ['a_total{code!~"5.."}', 'a_total']],
  ['avg(up offset 5m) >= bool 0.5', ['up']],
  ['{__name__="up"} and on() down', ['{__name__="up"}', 'down']],
  ['vector(1)', []],
])('what a query looks at: %s', (query, selectors) => {
  expect(selectorsIn(query)).toEqual(selectors)
})

test('a minute is seen when anything that the query looks at was scraped in it', () => {
  expect(seenBy('a / b', 60)).toBe('count(count_over_time(a[59s999ms])) or count(count_over_time(b[59s999ms]))')
})

test.each([
  ['up ==', 'at its character'],
  ['sum(up', 'at its character'],
  ['vector(1)', 'it looks at no metric'],
  ['avg(up) >= bool 0.5', null],
])('a query that cannot count is refused with its fault: %s', (query, fault) => {
  if (fault === null) expect(faultIn(query)).toBeNull()
  else expect(faultIn(query)).toContain(fault)
})

test.each([
  ['up == 1', true],
  ['(up > 0)', true],
  ['up == bool 1', false],
  ['up', false],
  ['sum(up == 1)', false],
])('a comparison without bool leaves out what is not so: %s', (query, is) => {
  expect(leavesOut(query)).toBe(is)
})
