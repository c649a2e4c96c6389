import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  aMinute,
  anHour,
  dueOn,
  holds,
  isDue,
  isNews,
  parseRhythm,
  type Rhythm,
  type Window,
  windowEnding,
} from '../src/calendar.ts'

// Histories of up to forty days around the clock changes of six zones. Kolkata has none.
const changes = [
  { zone: 'Europe/Berlin', days: ['2026-03-29', '2026-10-25'] },
  { zone: 'America/New_York', days: ['2026-03-08', '2026-11-01'] },
  { zone: 'Asia/Beirut', days: ['2026-03-29', '2026-10-25'] },
  { zone: 'Australia/Sydney', days: ['2026-04-05', '2026-10-04'] },
  { zone: 'Australia/Lord_Howe', days: ['2026-04-05', '2026-10-04'] },
  { zone: 'Asia/Kolkata', days: ['2026-01-26'] },
].flatMap(({ zone, days }) => days.map((day) => ({ zone, day })))

interface History {
  rhythm: Rhythm
  windows: Window[]
  bornAt: Date
  events: { at: Date; recordedAt: Date }[]
}

test('every event is told in exactly one morning, whatever was skipped, doubled, late or changed its clock', () => {
  const told = { new: 0, late: 0 }
  fc.assert(
    fc.property(aHistory(), ({ windows, bornAt, events }) => {
      for (const event of events) {
        const mornings = windows.flatMap((window, morning) => {
          const news = isNews(event, window, bornAt)
          return news ? [{ morning, news }] : []
        })
        expect(mornings).toEqual([expectedMorning(event, windows, bornAt)])
        for (const { news } of mornings) told[news]++
      }
    }),
    { numRuns: 10_000 },
  )
  expect(told.new).toBeGreaterThan(10_000)
  expect(told.late).toBeGreaterThan(1_000)
})

test('the windows of any history touch, never overlap, and leave nothing out', () => {
  fc.assert(
    fc.property(aHistory(), ({ windows }) => {
      for (const [morning, window] of windows.slice(1).entries()) expect(window.from).toEqual(windows[morning]?.to)
      expect(windows.reduce((sum, window) => sum + length(window), 0)).toBe(length(whole(windows)))
      expect(windows.every((window) => length(window) > 0)).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

test('where nobody ever met, the mornings that were due tell every event once too', () => {
  fc.assert(
    fc.property(aHistory(), ({ rhythm, bornAt, events, windows }) => {
      const mornings = dueMornings(rhythm, whole(windows)).map((to) => windowEnding(to, { lastCutOff: null, rhythm }))
      const span = mornings.length > 0 ? whole(mornings) : null
      const covered = events.filter(({ at, recordedAt }) => span && holds(span, at) && recordedAt <= span.to)

      for (const event of covered)
        expect(mornings.filter((window) => isNews(event, window, bornAt) !== null)).toHaveLength(1)
    }),
    { numRuns: 1_000 },
  )
})

test.each(changes)(
  'thirty business days around $day in $zone are thirty contiguous windows without overlap',
  ({ zone, day }) => {
    const rhythm = parseRhythm('09:00 mon-fri', zone, [addDays(day, 3)])
    const days = Array.from({ length: 60 }, (_, away) => addDays(day, away - 10))
      .filter((one) => isDue(one, rhythm))
      .slice(0, 30)

    const windows = chainOf(
      days.map((one) => dueOn(one, rhythm)),
      rhythm,
    )

    expect(windows).toHaveLength(30)
    expect(windows.slice(1).map(({ from }) => from)).toEqual(windows.slice(0, -1).map(({ to }) => to))
    expect(windows.reduce((sum, window) => sum + length(window), 0)).toBe(length(whole(windows)))
  },
)

/** The rule once more, from the side of the event instead of the window. */
function expectedMorning(event: { at: Date; recordedAt: Date }, windows: Window[], bornAt: Date) {
  const own = windows.findIndex(({ to }) => event.at <= to)
  const wasHeard = event.at <= bornAt || event.recordedAt <= (windows[own]?.to ?? event.at)
  return wasHeard
    ? { morning: own, news: 'new' }
    : { morning: windows.findIndex(({ to }) => event.recordedAt <= to), news: 'late' }
}

function aHistory(): fc.Arbitrary<History> {
  const clock = fc.constantFrom('00:00', '00:30', '02:30', '09:00', '16:45')
  const mornings = fc.array(
    fc.record({
      held: fc.constantFrom('once', 'once', 'once', 'skipped', 'twice'),
      isHoliday: chance(10),
      jitter: fc.integer({ min: -5, max: 40 }),
    }),
    { minLength: 12, maxLength: 40 },
  )
  const events = fc.array(
    fc.record({
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      lag: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: -3_000, max: 15_000 })),
    }),
    { minLength: 1, maxLength: 12 },
  )
  return fc
    .record({
      change: fc.constantFrom(...changes),
      before: fc.integer({ min: 0, max: 25 }),
      clock,
      mornings,
      events,
      birth: fc.double({ min: -0.5, max: 1, noNaN: true }),
    })
    .map(({ change, before, clock, mornings, events, birth }) => {
      const days = mornings.map((morning, away) => ({ ...morning, day: addDays(change.day, away - before) }))
      const rhythm = parseRhythm(
        `${clock} mon-fri`,
        change.zone,
        days.filter(({ isHoliday }) => isHoliday).map(({ day }) => day),
      )
      const windows = chainOf(cutOffs(days, rhythm), rhythm)
      const bornAt = new Date(placeIn(whole(windows), birth))
      return { rhythm, windows, bornAt, events: events.map((event) => eventIn(whole(windows), event)) }
    })
    .filter(({ windows }) => windows.length > 0)
}

function cutOffs(days: { day: string; held: string; jitter: number }[], rhythm: Rhythm): Date[] {
  const held = days.filter(({ day, held }, index) => isDue(day, rhythm) && (held !== 'skipped' || index < 5))
  return held.flatMap(({ day, held, jitter }) => {
    const first = dueOn(day, rhythm).getTime() + jitter * aMinute
    return (held === 'twice' ? [first, first + 3 * anHour] : [first]).map((ms) => new Date(ms))
  })
}

function chainOf(cutOffs: Date[], rhythm: Rhythm): Window[] {
  return cutOffs.map((to, index) => windowEnding(to, { lastCutOff: cutOffs[index - 1] ?? null, rhythm }))
}

function dueMornings(rhythm: Rhythm, { from, to }: Window): Date[] {
  const days = Array.from({ length: 60 }, (_, away) => addDays(from.toISOString().slice(0, 10), away))
  return days
    .filter((day) => isDue(day, rhythm))
    .map((day) => dueOn(day, rhythm))
    .filter((due) => due > from && due <= to)
}

function eventIn(span: Window, { place, lag }: { place: number; lag: number }) {
  const at = new Date(Math.max(span.from.getTime() + 1, placeIn(span, place)))
  return { at, recordedAt: new Date(Math.min(at.getTime() + lag * aMinute, span.to.getTime())) }
}

function placeIn(span: Window, place: number): number {
  return Math.round(span.from.getTime() + place * length(span))
}

function whole(windows: Window[]): Window {
  return { from: windows[0]?.from ?? new Date(0), to: windows.at(-1)?.to ?? new Date(0) }
}

function chance(percent: number): fc.Arbitrary<boolean> {
  return fc.integer({ min: 1, max: 100 }).map((drawn) => drawn <= percent)
}

function length({ from, to }: Window): number {
  return to.getTime() - from.getTime()
}
