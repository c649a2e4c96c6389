import { aDay, addDays, aMinute, anHour, clockTime, dayOf, slotOn } from '../../src/calendar.ts'
import { dueNow, type Wish } from '../../src/post/due.ts'

export const sixZones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Beirut',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
] as const

interface Life {
  zone: string
  seed: number
  quarter: number // of the day at which the digest is due
  days: number
  naive?: boolean // the control: asks the wall instead of the ledger
}

/**
 * Every day's digest over years: the program ticks each minute around the hour and a few times a day else, is killed, sleeps
 * and has its clock set wrong, and knows after that only what its ledger holds. `late` = days on which it was awake at the
 * hour and yet took more than two minutes.
 */
export function liveThrough({ zone, seed, quarter, days, naive = false }: Life) {
  const from = new Date('2026-01-01T00:00:00Z')
  const hour = Math.floor(quarter / 4)
  const minute = (quarter % 4) * 15
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  const wish: Wish = {
    person: 'p',
    time,
    zone,
    weekdays: new Set([1, 2, 3, 4, 5, 6, 7]),
    daysOff: new Set(),
    from,
    changedAt: from,
  }
  const chance = drawn(seed)
  const ledger = new Map<string, number>()
  const entered = new Set<string>()
  const late: string[] = []
  const enter = (localDate: string) => {
    ledger.set(localDate, (ledger.get(localDate) ?? 0) + 1)
    entered.add(localDate)
  }
  const tick = (now: Date, awakeSince: Date) => {
    if (naive) return clockTime(now, zone) === time ? enter(dayOf(now, zone)) : undefined
    const { told, skipped } = dueNow(wish, recent(entered, dayOf(now, zone)), now)
    for (const slot of skipped) enter(slot.localDate)
    if (told) enter(told.localDate)
    if (told && awakeSince <= told.dueAt && now.getTime() - told.dueAt.getTime() > 2 * aMinute)
      late.push(told.localDate)
  }

  const last = addDays(dayOf(from, zone), days)
  let awakeSince = from
  for (let day = dayOf(from, zone); day <= last; day = addDays(day, 1)) {
    const slot = slotOn(day, { hour, minute, zone }).getTime()
    for (const now of ticksAround(slot, chance)) {
      const luck = chance()
      if (luck < 0.004) awakeSince = new Date(now + Math.floor(chance() * 3 * aDay)) // killed or asleep until then
      if (now < awakeSince.getTime()) continue
      const wrong = luck > 0.97 ? Math.floor((chance() - 0.5) * 4 * anHour) : 0 // the clock is set wrong, and right again
      tick(new Date(now), awakeSince)
      if (wrong < 0 && now >= awakeSince.getTime()) tick(new Date(now + wrong), awakeSince)
    }
  }
  const lived = Array.from({ length: days - 5 }, (_, away) => addDays(dayOf(from, zone), away + 1))
  return {
    missed: lived.filter((day) => !ledger.has(day)),
    doubled: [...ledger].filter(([, times]) => times > 1).map(([day]) => day),
    late,
  }
}

/** Each minute of the ten around the hour, and every few hours else. */
function ticksAround(slot: number, chance: () => number): number[] {
  const near = Array.from({ length: 10 }, (_, away) => slot + (away - 4) * aMinute + Math.floor(chance() * 1000))
  const far = [0.3, 0.6, 0.9].map((part) => slot + Math.floor(part * 23 * anHour))
  return [...near, ...far]
}

function recent(entered: ReadonlySet<string>, today: string): Set<string> {
  const oldest = addDays(today, -62)
  return new Set([...entered].filter((day) => day >= oldest))
}

/** The same dice for the same seed. */
function drawn(seed: number): () => number {
  const state = { at: seed | 0 }
  return () => {
    state.at = (state.at + 0x6d2b79f5) | 0
    const mixed = Math.imul(state.at ^ (state.at >>> 15), 1 | state.at)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 4294967296
  }
}
