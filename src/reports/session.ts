import { aDay, addDays, anHour, dayOf, dueDayAfter, dueOn, isDue, type Rhythm } from '../calendar.ts'
import type { Severity } from '../record/schema.ts'
import { type Entry, isFree } from './calendar-entries.ts'

/** By when a postmortem must be held: three days after a sev1, five business days after a sev2, ten after any other. */
export function sessionLimit(severity: Severity | null, from: Date, rhythm: Rhythm): Date {
  if (severity === 'sev1') return new Date(from.getTime() + 3 * aDay)
  const days = severity === 'sev2' ? 5 : 10
  const last = Array.from({ length: days }).reduce<string>((day) => dueDayAfter(day, rhythm), dayOf(from, rhythm.zone))
  return dueOn(addDays(last, 1), { ...rhythm, hour: 0, minute: 0 })
}

const [earliest, latest] = [10, 16] // on the clock of the meeting: when a session may begin
const notice = 2 * anHour

export interface Wanted {
  severity: Severity | null
  decidedAt: Date // when the room said yes; the limit runs from there
  now: Date
  rhythm: Rhythm
  busy: readonly Entry[] // of everybody who should come
}

/** The first free hour within the limit, on a day of the meeting; null = there is none, and the room must find one. */
export function proposeSession({ severity, decidedAt, now, rhythm, busy }: Wanted): Date | null {
  const limit = sessionLimit(severity, decidedAt, rhythm)
  for (let day = dayOf(now, rhythm.zone); dueOn(day, rhythm) < limit; day = addDays(day, 1)) {
    if (!isDue(day, rhythm)) continue
    for (let half = earliest * 2; half <= latest * 2; half++) {
      const at = dueOn(day, { ...rhythm, hour: Math.floor(half / 2), minute: (half % 2) * 30 })
      if (at.getTime() >= now.getTime() + notice && at <= limit && isFree(at, busy)) return at
    }
  }
  return null
}
