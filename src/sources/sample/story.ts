import { addDays, aMinute, dayOf, dueOn, isDue, parseInstant, type Rhythm, weekdayOf } from '../../calendar.ts'
import type { Fact, Telling } from '../../record/fact.ts'
import type { InputClass } from '../../record/schema.ts'

/** What someone said at one instant, ready for the record. */
export interface Told {
  telling: Telling
  facts: Fact[]
}

/** The clock of the sample: every time in it is counted back from the instant the story ends. */
export interface Story {
  now: Date
  zone: string
  today: string
  /** A wall-clock time `days` before today; never later than the story's end. */
  clock(days: number, time: string): Date
  /** A wall-clock time `days` after today. */
  ahead(days: number, time: string): Date
  /** Minutes before the story's end, on a full minute. */
  lately(minutes: number): Date
  /** How many days ago the n-th business day before today was. */
  workday(n: number): number
  /** The night the datacenter failed: Saturday's when the weekend has just passed, else last night. */
  failedOver: Date
  /** An instant that lies `share` of the way from the failover to the story's end, and at most so many minutes into it. */
  intoFailover(share: number, atMostMinutes?: number): Date
  /** The meetings held on the business days before today, oldest first. */
  mornings: Date[]
  /** The first of those after an instant; undefined when the room has not met since. */
  nextMorning(after: Date): Date | undefined
}

export const storyDays = 14

export function storyEnding(now: Date, rhythm: Rhythm): Story {
  const { zone } = rhythm
  const today = dayOf(now, zone)
  const workdays = workdaysBefore(today, rhythm)
  const mornings = workdays.map((days) => dueOn(addDays(today, -days), rhythm)).toReversed()
  const clock = (days: number, time: string) => noLaterThan(now, parseInstant(`${addDays(today, -days)}T${time}`, zone))
  const failedOver = clock(weekdayOf(today) === 1 ? 2 : 1, '21:48')
  const minutesAlone = Math.floor((now.getTime() - failedOver.getTime()) / aMinute)
  return {
    now,
    zone,
    today,
    clock,
    ahead: (days, time) => parseInstant(`${addDays(today, days)}T${time}`, zone),
    lately: (minutes) => new Date(Math.floor(now.getTime() / aMinute - minutes) * aMinute),
    workday: (n) => workdays[n - 1] ?? n,
    failedOver,
    intoFailover: (share, atMost = minutesAlone) =>
      minutesAfter(failedOver, Math.min(atMost, Math.floor(share * minutesAlone))),
    mornings,
    nextMorning: (after) => mornings.find((morning) => morning > after),
  }
}

/** A tool told us, in class `of`, at an instant no later than the story's end. */
export function byTool(story: Story, source: string, of: InputClass, recordedAt: Date, facts: Fact[]): Told {
  return { telling: { recordedAt: noLaterThan(story.now, recordedAt), source, origin: 'tool', class: of }, facts }
}

export function byRoom(story: Story, recordedAt: Date, facts: Fact[]): Told {
  const telling: Telling = {
    recordedAt: noLaterThan(story.now, recordedAt),
    source: 'room',
    origin: 'room',
    class: null,
  }
  return { telling, facts }
}

export function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * aMinute)
}

function workdaysBefore(today: string, rhythm: Rhythm): number[] {
  const days = Array.from({ length: storyDays - 1 }, (_, index) => index + 1)
  return days.filter((away) => isDue(addDays(today, -away), rhythm))
}

function noLaterThan(now: Date, at: Date): Date {
  return at > now ? now : at
}
