import { expect, test } from 'vitest'
import { aMinute, anHour } from '../../src/calendar.ts'
import {
  ago,
  counted,
  dayWords,
  listed,
  minutes,
  money,
  objectiveWords,
  percent,
  spell,
  when,
  windowWords,
} from '../../views/figures.ts'
import { figureName } from '../../views/names.ts'
import { daysAgo, hoursAgo, inHours, minutesAgo, morning, sinceFriday, zone } from '../support/builders.ts'

const reading = { asOf: morning, zone }

test.each([
  [20_000, 'less than 1 min'],
  [4 * aMinute, '4 min'],
  [anHour, '1 h'],
  [38 * anHour + 12 * aMinute, '38 h 12 m'],
  [74 * anHour, '3 d 2 h'],
  [96 * anHour, '4 d'],
  [23.4 * 24 * anHour, '23 d'],
  [3904 * 24 * anHour, '10 years'],
  [-4 * aMinute, '4 min'],
])('%d ms is spelt %s', (ms, words) => {
  expect(spell(ms)).toBe(words)
})

test('a window is told by its weekdays and its length in hours, a long one by its dates', () => {
  expect(windowWords(sinceFriday, zone)).toBe('Fri 09:02 → Mon 09:00, 71 h 58 m')
  expect(windowWords({ from: daysAgo(10), to: morning }, zone)).toBe('Fri 13 Nov 09:00 → Mon 09:00, 10 d')
  expect(windowWords({ from: new Date('2026-10-23T07:02:00Z'), to: new Date('2026-10-26T08:00:00Z') }, zone)).toBe(
    'Fri 09:02 → Mon 09:00, 72 h 58 m',
  )
})

test('an instant is as short as it stays plain, in the zone of the meeting', () => {
  expect(when(hoursAgo(2), reading)).toBe('07:00')
  expect(when(hoursAgo(35), reading)).toBe('Sat 22:00')
  expect(when(daysAgo(8), reading)).toBe('Sun 15 Nov 09:00')
  expect(when(daysAgo(400), reading)).toBe('Sun 19 Oct 2025 10:00')
  expect(when(inHours(26), reading)).toBe('tomorrow 11:00')
  expect(when(inHours(6 * 24), reading)).toBe('Sun 29 Nov 09:00')
  expect(dayWords('2026-11-22', reading)).toBe('yesterday')
  expect(ago(minutesAgo(3), morning)).toBe('3 min ago')
  expect(ago(inHours(2), morning)).toBe('in 2 h')
})

test('figures stand under each other, and a share is never rounded up to whole', () => {
  expect(percent(99.72)).toBe('99.72 %')
  expect(percent(99.999)).toBe('99.99 %')
  expect(percent(100)).toBe('100.00 %')
  expect(objectiveWords(99.95)).toBe('99.95 %')
  expect(minutes(1436.4)).toBe('1,436 min')
  expect(minutes(-57)).toBe('−57 min')
  expect(minutes(-0.2)).toBe('0 min')
  expect(money(8000, 'EUR')).toBe('€8,000')
  expect(money(8000, null)).toBe('8,000')
  expect(money(8000, 'points')).toBe('8,000 points')
  expect(counted(1800, 'incident')).toBe('1,800 incidents')
  expect(listed(['fra', 'ams', 'par'])).toBe('fra, ams and par')
  expect(figureName('incidents.nearMisses')).toBe('incidents near misses')
})
