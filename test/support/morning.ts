import type { Rhythm, Window } from '../../src/calendar.ts'
import { aDay, aMinute, anHour } from '../../src/calendar.ts'

/** The one morning of every test: Monday 2026-11-23, nine o'clock in Berlin. */
export const morning = new Date('2026-11-23T08:00:00Z')
export const zone = 'Europe/Berlin'
export const rhythm: Rhythm = { hour: 9, minute: 0, weekdays: new Set([1, 2, 3, 4, 5]), zone, holidays: new Set() }
/** Since Friday's meeting. */
export const sinceFriday: Window = { from: new Date('2026-11-20T08:02:00Z'), to: morning }

export function minutesAgo(minutes: number): Date {
  return new Date(morning.getTime() - minutes * aMinute)
}

export function hoursAgo(hours: number): Date {
  return new Date(morning.getTime() - hours * anHour)
}

export function daysAgo(days: number): Date {
  return new Date(morning.getTime() - days * aDay)
}

export function inHours(hours: number): Date {
  return hoursAgo(-hours)
}

/** The day `days` before the morning, as the calendar writes it. */
export function dayBefore(days: number): string {
  return daysAgo(days).toISOString().slice(0, 10)
}
