import { addDays, aMinute, anHour, dayOf, slotOn, weekdayOf } from '../calendar.ts'

/** When somebody wishes to be told, on their own wall. */
export interface Wish {
  person: string
  time: string // 'HH:MM'
  zone: string
  weekdays: ReadonlySet<number>
  daysOff: ReadonlySet<string>
  from: Date // no slot before it counts
  changedAt: Date
}
export interface Slot {
  localDate: string
  dueAt: Date
}
/** What is to be told now, if anything, and which slots went by untold and are only written down. */
export interface Due {
  told: Slot | null
  skipped: Slot[]
}

const farthestDays = 60
const catchUpMs = 12 * anHour

/**
 * The ledger's question: which slots have struck and have no row? Of several the last is told and the others are passed over;
 * one that is more than twelve hours old is passed over too if the next one comes within twelve, for that one tells it all.
 * An instant is never compared with the last tick: a clock set back, a night's sleep or a kill leave the answer the same.
 */
export function dueNow(wish: Wish, entered: ReadonlySet<string>, now: Date): Due {
  const slots = struckSlots(wish, entered, now)
  const last = slots.at(-1)
  if (last === undefined) return { told: null, skipped: [] }

  const isOld = now.getTime() - last.dueAt.getTime() > catchUpMs
  const isReplaced = isOld && nextSlot(wish, now).getTime() - now.getTime() <= catchUpMs
  return isReplaced ? { told: null, skipped: slots } : { told: last, skipped: slots.slice(0, -1) }
}

/** Back from today to the last day that has its row; nothing before that is open. */
function struckSlots(wish: Wish, entered: ReadonlySet<string>, now: Date): Slot[] {
  const slots: Slot[] = []
  const today = dayOf(now, wish.zone)
  const changedOn = dayOf(wish.changedAt, wish.zone)
  for (let back = 0; back <= farthestDays; back++) {
    const localDate = addDays(today, -back)
    if (entered.has(localDate) || localDate < changedOn) break
    const slot = slotOf(wish, localDate)
    if (slot && slot > wish.from && slot <= now)
      slots.unshift({ localDate, dueAt: slot > wish.changedAt ? slot : wish.changedAt })
  }
  return slots
}

function slotOf({ time, zone, weekdays, daysOff }: Wish, localDate: string): Date | null {
  if (!weekdays.has(weekdayOf(localDate)) || daysOff.has(localDate)) return null
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return slotOn(localDate, { hour, minute, zone })
}

/** The next slot that strikes; far away when the wish knows no day at all. */
export function nextSlot(wish: Wish, now: Date): Date {
  const today = dayOf(now, wish.zone)
  for (let ahead = 0; ahead <= 400; ahead++) {
    const slot = slotOf(wish, addDays(today, ahead))
    if (slot && slot > now) return slot
  }
  return new Date(now.getTime() + 400 * 24 * anHour)
}

/** From how much lateness on a letter says so. */
export const toldLateMs = 2 * aMinute
