import { addDays, clockTime, dayOf, slotOn } from '../calendar.ts'
import type { Preference } from '../record/preferences.ts'

/** When a phone may be woken: now, or when the quiet hours on its owner's wall are over. */
export function wakeAt(
  { quietFrom, quietUntil, zone }: Pick<Preference, 'quietFrom' | 'quietUntil' | 'zone'>,
  now: Date,
): Date {
  const time = clockTime(now, zone)
  const isOvernight = quietFrom > quietUntil
  const isQuiet = isOvernight ? time >= quietFrom || time < quietUntil : time >= quietFrom && time < quietUntil
  if (!isQuiet) return now

  const today = dayOf(now, zone)
  const [hour = 0, minute = 0] = quietUntil.split(':').map(Number)
  return slotOn(time < quietUntil ? today : addDays(today, 1), { hour, minute, zone })
}
