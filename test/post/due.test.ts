import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, aMinute, anHour, clockTime, dayOf, slotOn } from '../../src/calendar.ts'
import { dueNow, nextSlot, type Wish } from '../../src/post/due.ts'
import { liveThrough, sixZones } from './two-years.ts'

const everyDay = new Set([1, 2, 3, 4, 5, 6, 7])

function aWish(given: Partial<Wish> = {}): Wish {
  const from = new Date('2026-11-01T00:00:00Z')
  return {
    person: 'ana@example.com',
    time: '07:00',
    zone: 'Europe/Berlin',
    weekdays: new Set([1, 2, 3, 4, 5]),
    daysOff: new Set(),
    from,
    changedAt: from,
    ...given,
  }
}

const at = (text: string) => new Date(text)
const dates = (slots: { localDate: string }[]) => slots.map(({ localDate }) => localDate)
const until = (day: string) => new Set([day])

test('the hour strikes once, and what has its row strikes no more', () => {
  const before = dueNow(aWish(), until('2026-11-20'), at('2026-11-23T05:59:00Z'))
  const struck = dueNow(aWish(), until('2026-11-20'), at('2026-11-23T06:00:00Z'))
  const again = dueNow(aWish(), until('2026-11-23'), at('2026-11-23T06:01:00Z'))

  expect(before.told).toBe(null)
  expect(struck).toEqual({ told: { localDate: '2026-11-23', dueAt: at('2026-11-23T06:00:00Z') }, skipped: [] })
  expect(again.told).toBe(null)
})

test('a clock set back after the hour tells nobody twice', () => {
  for (const back of [5, 120])
    expect(
      dueNow(aWish(), until('2026-11-23'), new Date(at('2026-11-23T06:00:00Z').getTime() - back * aMinute)).told,
    ).toBe(null)
})

test('three days down: one is told, the others are written down as skipped', () => {
  const due = dueNow(aWish(), until('2026-11-17'), at('2026-11-20T08:30:00Z'))

  expect(due.told?.localDate).toBe('2026-11-20')
  expect(dates(due.skipped)).toEqual(['2026-11-18', '2026-11-19'])
})

test('what is more than twelve hours old waits for the next, which comes soon; before a weekend it is told', () => {
  const thursdayNight = dueNow(aWish(), until('2026-11-18'), at('2026-11-19T21:00:00Z'))
  const saturday = dueNow(aWish(), until('2026-11-19'), at('2026-11-21T10:00:00Z'))

  expect(thursdayNight).toEqual({
    told: null,
    skipped: [{ localDate: '2026-11-19', dueAt: at('2026-11-19T06:00:00Z') }],
  })
  expect(saturday.told?.localDate).toBe('2026-11-20')
})

test('weekends, holidays and days off are not due', () => {
  const wish = aWish({ daysOff: new Set(['2026-11-23']) })

  expect(dueNow(wish, until('2026-11-20'), at('2026-11-23T12:00:00Z')).told).toBe(null)
  expect(nextSlot(wish, at('2026-11-20T12:00:00Z'))).toEqual(at('2026-11-24T06:00:00Z'))
})

test.each([
  [
    'an hour later before it came',
    { time: '09:00', changedAt: at('2026-11-23T05:00:00Z') },
    until('2026-11-20'),
    ['09:00'],
  ],
  ['an hour later after it came', { time: '09:00', changedAt: at('2026-11-23T06:30:00Z') }, until('2026-11-23'), []],
  [
    'an earlier hour, passed already',
    { time: '06:00', changedAt: at('2026-11-23T05:30:00Z') },
    until('2026-11-20'),
    ['06:30'],
  ],
  [
    'New York after Berlin had its own',
    { zone: 'America/New_York', changedAt: at('2026-11-23T09:00:00Z') },
    until('2026-11-23'),
    [],
  ],
  [
    'days that were not theirs before',
    { weekdays: everyDay, changedAt: at('2026-11-22T12:00:00Z') },
    until('2026-11-20'),
    ['13:00', '07:00'],
  ],
])('whoever changes their wish on the day to %s gets one a day, never two', (_what, changed, entered, told) => {
  const wish = aWish(changed)
  const ledger = new Set(entered)
  const times: string[] = []
  const from = Math.max(at('2026-11-23T00:00:00Z').getTime() - 12 * anHour, wish.changedAt.getTime())
  for (let now = from; now < at('2026-11-24T00:00:00Z').getTime(); now += aMinute) {
    const due = dueNow(wish, ledger, new Date(now))
    for (const slot of due.skipped) ledger.add(slot.localDate)
    if (due.told) times.push(clockTime(new Date(now), 'Europe/Berlin'))
    if (due.told) ledger.add(due.told.localDate)
  }

  expect(times).toEqual(told)
})

test('whoever subscribes after the hour is told from the next day on', () => {
  const wish = aWish({ from: at('2026-11-23T10:00:00Z'), changedAt: at('2026-11-23T10:00:00Z') })

  expect(dueNow(wish, new Set(), at('2026-11-23T10:01:00Z'))).toEqual({ told: null, skipped: [] })
  expect(dueNow(wish, new Set(), at('2026-11-24T06:00:00Z')).told?.localDate).toBe('2026-11-24')
})

const switches = [
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['Europe/London', '2026-03-29', '2026-10-25'],
  ['America/New_York', '2026-03-08', '2026-11-01'],
  ['Australia/Sydney', '2026-04-05', '2026-10-04'],
  ['Australia/Lord_Howe', '2026-04-05', '2026-10-04'],
  ['Africa/Cairo', '2026-04-24', '2026-10-30'],
  ['Asia/Beirut', '2026-03-29', '2026-10-25'],
] as const

test.each(switches)(
  'in %s every quarter of an hour of the night has one instant on each day around its clock changes',
  (zone, ...days) => {
    for (const day of days.flatMap((changes) => [addDays(changes, -1), changes, addDays(changes, 1)]))
      for (let quarter = 0; quarter < 16; quarter++) {
        const time = { hour: Math.floor(quarter / 4), minute: (quarter % 4) * 15, zone }
        const slot = slotOn(day, time)
        const wanted = `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`

        expect(dayOf(slot, zone)).toBe(day)
        expect(clockTime(slot, zone) >= wanted).toBe(true)
        const aMinuteBefore = new Date(slot.getTime() - aMinute)
        expect(dayOf(aMinuteBefore, zone) < day || clockTime(aMinuteBefore, zone) < wanted).toBe(true)
      }
  },
)

test.each(sixZones)(
  'two years in %s with kills, sleep and a clock set wrong: every day once, none missed, none doubled',
  (zone) => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 95 }), (seed, quarter) => {
        expect(liveThrough({ zone, seed, quarter, days: 731 })).toEqual({ missed: [], doubled: [], late: [] })
      }),
      { numRuns: 1 },
    )
  },
)

test('control: asking only whether the wall shows the hour misses a day at the clock change and every one slept through', () => {
  const { missed } = liveThrough({ zone: 'Europe/Berlin', seed: 7, quarter: 10, days: 731, naive: true })

  expect(missed).toContain('2026-03-29')
  expect(missed.length).toBeGreaterThan(3)
})
