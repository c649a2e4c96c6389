import { describe, expect, test } from 'vitest'
import { checkPattern, parseInstant, parsePattern } from '../src/calendar.ts'

const berlin = 'Europe/Berlin'

describe('an instant', () => {
  test.each([
    ['2026-11-23T09:00:00+01:00', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T09:00+0100', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23 09:00:00 +01', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T08:00:00.123456789Z', '2026-11-23T08:00:00.123Z'],
    ['2026-11-23t08:00:00,5z', '2026-11-23T08:00:00.500Z'],
    ['2026-11-22T22:30:00-09:30', '2026-11-23T08:00:00.000Z'],
  ])('%s is %s wherever one reads it', (text, instant) => {
    expect(parseInstant(text).toISOString()).toBe(instant)
    expect(parseInstant(text, 'Asia/Kolkata').toISOString()).toBe(instant)
  })

  test.each([
    ['2026-11-23T09:00', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23', '2026-11-22T23:00:00.000Z'],
    ['2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'], // skipped: an hour later
    ['2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'], // came twice: the first
  ])('%s of the local clock is %s', (text, instant) => {
    expect(parseInstant(text, berlin).toISOString()).toBe(instant)
  })

  test.each([
    ['yesterday', /cannot read "yesterday" as an instant; write for example 2026-11-23T09:00:00\+01:00/],
    ['', /cannot read ""/],
    ['2026-11-23T09:00', /has no offset and no zone was given/],
    ['2026-11-23', /has no offset and no zone was given/],
    ['2026-02-30T09:00Z', /there is no such day/],
    ['2026-11-23T24:00Z', /there is no such time of day/],
    ['2026-11-23T09:60Z', /there is no such time of day/],
    ['2026-11-23T09:00+99:00', /there is no such offset/],
    ['0001-01-01T00:00:00Z', /before 1970/],
    [`2026${'0'.repeat(500)}`, /cannot read "2026.{56}…"/],
  ])('%s is refused', (text, fault) => {
    expect(() => parseInstant(text)).toThrow(fault)
  })
})

describe('a pattern', () => {
  test.each([
    ['29/2/2016 01:16', 'd/M/yyyy HH:mm', '2016-02-29T00:16:00.000Z'],
    ['2/3/2016 1:16', 'd/M/yyyy H:mm', '2016-03-02T00:16:00.000Z'],
    ['02.03.16', 'dd.MM.yy', '2016-03-01T23:00:00.000Z'],
    ['Mar 2, 2016 12:05 AM', 'MMM d, yyyy hh:mm a', '2016-03-01T23:05:00.000Z'],
    ['Mar 2, 2016 12:05 pm', 'MMM d, yyyy hh:mm a', '2016-03-02T11:05:00.000Z'],
    ['2016-03-02T01:16:05.250+05:30', "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", '2016-03-01T19:46:05.250Z'],
  ])('reads %s by %s', (text, pattern, instant) => {
    expect(parsePattern(text, pattern, berlin).toISOString()).toBe(instant)
  })

  test.each([
    ['31/2/2016 01:16', 'd/M/yyyy HH:mm', /there is no such day/],
    ['1/13/2016 01:16', 'd/M/yyyy HH:mm', /there is no such day/],
    ['1/1/2016 24:00', 'd/M/yyyy HH:mm', /there is no such time/],
    ['1/1/2016 13:00 PM', 'd/M/yyyy hh:mm a', /there is no such time/],
    ['1/1/2016 0:00 PM', 'd/M/yyyy h:mm a', /there is no such time/],
    ['Foo 1 2016', 'MMM d yyyy', /there is no such day/],
    ['2016-01-01 01:16', 'd/M/yyyy HH:mm', /does not follow the pattern d\/M\/yyyy HH:mm/],
    ['1/1/2016 01:16 and more', 'd/M/yyyy HH:mm', /does not follow/],
  ])('refuses %s by %s', (text, pattern, fault) => {
    expect(() => parsePattern(text, pattern, berlin)).toThrow(fault)
  })

  test.each([
    ['d/M/yyy', /holds "yyy", which means nothing; write for example d\/M\/yyyy HH:mm/],
    ['HH:mm', /needs one year, one month and one day/],
    ['d/M/yyyy d', /needs one year/],
    ['d/M/yyyy hh:mm', /an a beside h/],
  ])('%s is no pattern', (pattern, fault) => {
    expect(() => checkPattern(pattern)).toThrow(fault)
  })

  test('takes its dots for dots', () => {
    expect(() => parsePattern('01x02x2016', 'dd.MM.yyyy', berlin)).toThrow(/does not follow/)
  })
})
