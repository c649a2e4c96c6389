import { describe, expect, test } from 'vitest'
import {
  addDays,
  aMinute,
  anHour,
  clockTime,
  dateTimeWords,
  dateWords,
  dayBounds,
  dayOf,
  daysBetween,
  dueOn,
  isDay,
  isDue,
  isNews,
  isZone,
  lastDueBefore,
  meetingDayOf,
  nextDueAfter,
  parseRhythm,
  type Window,
  weekdayOf,
  windowEnding,
} from '../src/calendar.ts'

const berlin = 'Europe/Berlin'
const rhythm = parseRhythm('09:00 mon-fri', berlin)

describe('the window', () => {
  test('reaches from Friday 09:02 to Monday 09:00 over 71 h 58 min', () => {
    const lastCutOff = new Date('2026-11-20T09:02:00+01:00')
    const window = windowEnding(new Date('2026-11-23T09:00:00+01:00'), { lastCutOff, rhythm })

    expect(length(window)).toBe(71 * anHour + 58 * aMinute)
  })

  test('is an hour longer over the autumn change and an hour shorter over the spring one', () => {
    expect(length(windowBetween('2026-10-23', '2026-10-26'))).toBe(73 * anHour)
    expect(length(windowBetween('2026-03-27', '2026-03-30'))).toBe(71 * anHour)
  })

  test('covers four days when Monday was a holiday', () => {
    const withHoliday = parseRhythm('09:00 mon-fri', berlin, ['2026-05-25'])
    const window = windowEnding(dueOn('2026-05-26', withHoliday), { lastCutOff: null, rhythm: withHoliday })

    expect(window.from).toEqual(new Date('2026-05-22T09:00:00+02:00'))
    expect(length(window)).toBe(96 * anHour)
  })

  test('covers the morning that was skipped', () => {
    expect(length(windowBetween('2026-11-16', '2026-11-18'))).toBe(48 * anHour)
  })

  test('of a second meeting begins where the first ended', () => {
    const first = new Date('2026-11-23T09:00:00+01:00')
    const second = new Date('2026-11-23T15:00:00+01:00')
    const event = { at: new Date('2026-11-22T12:00:00Z'), recordedAt: new Date('2026-11-22T12:01:00Z') }

    const morning = windowEnding(first, { lastCutOff: dueOn('2026-11-20', rhythm), rhythm })
    const afternoon = windowEnding(second, { lastCutOff: first, rhythm })

    expect(afternoon.from).toEqual(first)
    expect([isNews(event, morning, aBirth), isNews(event, afternoon, aBirth)]).toEqual(['new', null])
  })

  test.each(['00:10', '08:00', '09:00', '09:05', '23:59'])(
    'answers at %s on Monday for the weekend when nobody met',
    (clock) => {
      const window = windowEnding(new Date(`2026-11-23T${clock}:00+01:00`), { lastCutOff: null, rhythm })

      expect(window.from).toEqual(new Date('2026-11-20T09:00:00+01:00'))
    },
  )

  test.each(['2026-11-24T09:00:00+01:00', '2026-11-23T09:00:00+01:00'])(
    'takes no notice of a cut-off at %s, which is not before its end',
    (cutOff) => {
      const lastCutOff = new Date(cutOff)

      expect(windowEnding(new Date('2026-11-23T09:00:00+01:00'), { lastCutOff, rhythm }).from).toEqual(
        new Date('2026-11-20T09:00:00+01:00'),
      )
    },
  )
})

describe('the rhythm', () => {
  test('is read from words', () => {
    expect(parseRhythm('8:30 sun-thu', 'Asia/Beirut', ['2026-12-25'])).toEqual({
      hour: 8,
      minute: 30,
      weekdays: new Set([7, 1, 2, 3, 4]),
      zone: 'Asia/Beirut',
      holidays: new Set(['2026-12-25']),
    })
    expect(parseRhythm('09:00 mon,wed,fri', berlin).weekdays).toEqual(new Set([1, 3, 5]))
  })

  test.each([
    ['09:00', berlin, /write for example 09:00 mon-fri/],
    ['25:00 mon-fri', berlin, /there is no 25:00/],
    ['09:61 mon-fri', berlin, /there is no 09:61/],
    ['09:00 mon-funday', berlin, /"mon-funday" is not a weekday/],
    ['09:00 mon-tue-wed', berlin, /not a weekday/],
    ['09:00 mon-fri', 'Europe/Atlantis', /"Europe\/Atlantis" is not a time zone; write for example Europe\/Berlin/],
  ])('%s in %s is refused with an example', (text, zone, fault) => {
    expect(() => parseRhythm(text, zone)).toThrow(fault)
  })

  test('a holiday that is no day is refused', () => {
    expect(() => parseRhythm('09:00 mon-fri', berlin, ['2026-02-30'])).toThrow(/"2026-02-30" is not a day/)
  })

  test('with nothing but holidays says so instead of searching for ever', () => {
    const holidays = Array.from({ length: 900 }, (_, away) => addDays('2026-01-01', away))

    expect(() =>
      nextDueAfter(new Date('2026-06-01T00:00:00Z'), parseRhythm('09:00 mon-fri', berlin, holidays)),
    ).toThrow(/every day is a holiday/)
  })

  test("today's meeting is today's until the local day ends", () => {
    expect(meetingDayOf(new Date('2026-11-20T23:59:59+01:00'), rhythm)).toBe('2026-11-20')
    expect(meetingDayOf(new Date('2026-11-21T00:00:00+01:00'), rhythm)).toBe('2026-11-23')
  })

  test('is due before, on and after a morning', () => {
    const monday = dueOn('2026-11-23', rhythm)

    expect(monday).toEqual(new Date('2026-11-23T08:00:00Z'))
    expect(lastDueBefore(monday, rhythm)).toEqual(new Date('2026-11-20T08:00:00Z'))
    expect(lastDueBefore(new Date(monday.getTime() + 1), rhythm)).toEqual(monday)
    expect(nextDueAfter(monday, rhythm)).toEqual(new Date('2026-11-24T08:00:00Z'))
    expect(nextDueAfter(new Date(monday.getTime() - 1), rhythm)).toEqual(monday)
    expect([isDue('2026-11-22', rhythm), isDue('2026-11-23', rhythm)]).toEqual([false, true])
  })

  test('a meeting whose hour the clock skips is due an hour later', () => {
    expect(dueOn('2026-03-29', parseRhythm('02:30 sun', berlin))).toEqual(new Date('2026-03-29T03:30:00+02:00'))
  })
})

describe('days', () => {
  test('begin where the zone says, even without a midnight', () => {
    expect(dayBounds('2026-03-29', 'Asia/Beirut')).toEqual({
      from: new Date('2026-03-29T01:00:00+03:00'),
      to: new Date('2026-03-30T00:00:00+03:00'),
    })
    expect(dayOf(new Date('2026-11-21T23:30:00Z'), 'Australia/Lord_Howe')).toBe('2026-11-22')
  })

  test('are counted on the calendar', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
    expect([weekdayOf('2026-11-23'), weekdayOf('2026-11-29')]).toEqual([1, 7])
  })

  test.each([
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2100-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['', false],
  ])('%j is a day: %j', (text, answer) => {
    expect(isDay(text)).toBe(answer)
  })

  test.each([
    [berlin, true],
    ['UTC', true],
    ['Europe/Atlantis', false],
    ['+01:00', false],
    ['', false],
  ])('%j is a zone: %j', (zone, answer) => {
    expect(isZone(zone)).toBe(answer)
  })

  test('are said as the room says them', () => {
    const monday = new Date('2026-11-23T08:02:00Z')

    expect(clockTime(monday, berlin)).toBe('09:02')
    expect(dateWords('2026-11-23')).toBe('Mon 23 Nov')
    expect(dateTimeWords(monday, 'Asia/Kolkata')).toBe('Mon 23 Nov 13:32')
  })
})

const aBirth = new Date('2026-01-01T00:00:00Z')

function windowBetween(lastDay: string, day: string): Window {
  return windowEnding(dueOn(day, rhythm), { lastCutOff: dueOn(lastDay, rhythm), rhythm })
}

function length({ from, to }: Window): number {
  return to.getTime() - from.getTime()
}
