import { setImmediate as breath } from 'node:timers/promises'
import { aDay, aMinute } from '../calendar.ts'
import type { LetterBox, Letter as Mail, Posted } from '../mail.ts'
import type { Db } from '../record/db.ts'
import type { Letter } from '../record/ledger.ts'
import { noteTry, putOffAll, waitingLetters } from '../record/outbox.ts'

/** How long until the next try; the last one again and again. */
const waitsMs = [1, 5, 15, 60].map((minutes) => minutes * aMinute)
/** After three days a letter is news no more. */
const givenUpMs = 3 * aDay

/** One way out of the house, and how a letter is written for it. */
export interface Way {
  channel: Letter['channel']
  /** What goes over the wire, written now from what the outbox holds; a string says why it cannot be sent at all. */
  post(letter: Letter, at: Date): Promise<Posted | string>
  atOnce: number // how many are on their way together
}

/**
 * Sends what waits, the longest waiting first: each is marked as soon as the other side has answered, so that a kill sends
 * at most those again that were on their way, under the id they had. Where the other side cannot be reached all wait.
 */
export async function sendWaiting(db: Db, way: Way, now: () => Date): Promise<number> {
  const tally = { sent: 0, isUp: true }
  for (;;) {
    const waiting = await waitingLetters(db, way.channel, now(), 100)
    if (waiting.length === 0 || !tally.isUp) return tally.sent
    const queue = waiting.values()
    await Promise.all(Array.from({ length: way.atOnce }, () => sendEach(db, queue, { way, now, tally })))
  }
}

interface Round {
  way: Way
  now: () => Date
  tally: { sent: number; isUp: boolean }
}

async function sendEach(db: Db, queue: Iterable<Letter>, { way, now, tally }: Round): Promise<void> {
  for (const letter of queue) {
    if (!tally.isUp) return
    const posted = await way.post(letter, now())
    const at = now()
    if (typeof posted === 'string') await settle(db, letter, { outcome: 'refused', fault: posted }, at)
    else if (posted.outcome === 'put off' && posted.everybody) {
      if (tally.isUp) await putOffAll(db, way.channel, { at, until: nextTry(letter, at), fault: posted.fault })
      tally.isUp = false
    } else await settle(db, letter, posted, at)
    if (typeof posted !== 'string' && posted.outcome === 'accepted') tally.sent += 1
    await breath()
  }
}

async function settle(db: Db, letter: Letter, posted: Posted, at: Date): Promise<void> {
  switch (posted.outcome) {
    case 'accepted':
      return noteTry(db, letter.id, { nextAt: null, sentAt: at, failedAt: null, fault: letter.fault })
    case 'refused':
      return noteTry(db, letter.id, { nextAt: null, sentAt: null, failedAt: at, fault: posted.fault })
    case 'put off': {
      const isOver = at.getTime() - letter.dueAt.getTime() > givenUpMs
      const tried = { sentAt: null, fault: posted.fault }
      return noteTry(
        db,
        letter.id,
        isOver ? { ...tried, nextAt: null, failedAt: at } : { ...tried, nextAt: nextTry(letter, at), failedAt: null },
      )
    }
  }
}

// To the minute, for the clock strikes by the minute: a second after one would wait for the next.
function nextTry({ tries }: Letter, at: Date): Date {
  const next = at.getTime() + (waitsMs[Math.min(tries, waitsMs.length - 1)] ?? 0)
  return new Date(Math.round(next / aMinute) * aMinute)
}

/** By mail: null = no mail server is set, which whoever looks at the agenda must know. */
export function mailWay(box: LetterBox | null, write: (letter: Letter, at: Date) => Promise<Mail | string>): Way {
  return {
    channel: 'mail',
    atOnce: 4,
    async post(letter, at) {
      if (box === null) return { outcome: 'put off', fault: 'no mail server is set: SMTP_URL', everybody: true }
      const mail = await write(letter, at)
      return typeof mail === 'string' ? mail : box.post(mail)
    },
  }
}
