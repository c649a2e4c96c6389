import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { aDay, aMinute, clockTime, dayBounds, dayOf, parseInstant } from '../src/calendar.ts'

// Temporal is the second opinion on what the clocks on the wall show.
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
]
const aZone = fc.constantFrom(...zones)
const anInstant = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2036, 11, 31) }).map((ms) => new Date(ms))

test('any instant shows the same day and clock as Temporal says', () => {
  fc.assert(
    fc.property(anInstant, aZone, (instant, zone) => {
      const wall = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone)

      expect(dayOf(instant, zone)).toBe(wall.toPlainDate().toString())
      expect(clockTime(instant, zone)).toBe(wall.toPlainTime().toString().slice(0, 5))
    }),
    { numRuns: 3_000 },
  )
})

test('any local time, also one that a change skipped or doubled, is the instant Temporal says', () => {
  const nearMidnight = fc.integer({ min: 0, max: 16 }).map((quarters) => quarters * 15 * aMinute)
  fc.assert(
    fc.property(anInstant, aZone, nearMidnight, (instant, zone, sinceMidnight) => {
      const midnight = Math.floor(instant.getTime() / aDay) * aDay
      const local = new Date(midnight + sinceMidnight).toISOString().slice(0, 19)

      const second = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' })
      expect(parseInstant(local, zone).getTime()).toBe(second.epochMilliseconds)
    }),
    { numRuns: 5_000 },
  )
})

test.each(zones)('every day of four years in %s begins and ends where Temporal says', (zone) => {
  for (let day = Temporal.PlainDate.from('2024-01-01'); day.year < 2028; day = day.add({ days: 1 })) {
    const { from, to } = dayBounds(day.toString(), zone)
    const starts = [day, day.add({ days: 1 })].map((date) => date.toZonedDateTime(zone).epochMilliseconds)

    expect([from.getTime(), to.getTime()]).toEqual(starts)
  }
})
