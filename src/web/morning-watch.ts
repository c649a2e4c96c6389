import { createHash } from 'node:crypto'
import { buildAgenda } from '../agenda/agenda.ts'
import { meetingDayOf } from '../calendar.ts'
import { gatherFacts } from '../record/facts.ts'
import { findMeetingState, meetingIdOf } from '../record/meeting-events.ts'
import { findMeeting } from '../record/meetings.ts'
import { gatherSitting } from '../record/sitting.ts'
import type { House } from './house.ts'
import type { Line } from './line.ts'

/** Between two looks at the morning, or thrice as long as a look takes, in a storm; the first word after a silence is looked at at once. */
const restMs = 200
const longestRestMs = 5_000

interface Seen {
  screen: string | null
  morning: string | null
}

/**
 * Tells the line when a committed write changed what this morning shows, or moved the room to another screen. Many writes in a
 * row are looked at together. Where nobody listens nothing is compared: whoever comes is told that it may have changed.
 * @returns stops watching.
 */
export function watchMorning(
  line: Line,
  { db, settings, now, log }: Pick<House, 'db' | 'settings' | 'now' | 'log'>,
): () => void {
  const seen: Seen = { screen: null, morning: null }
  const look = { waiting: false, underWay: false, over: false }

  async function lookAgain(): Promise<void> {
    Object.assign(look, { waiting: false, underWay: true })
    const begun = now().getTime()
    try {
      if (!look.over) await tellChanges(line, { db, settings, now }, seen)
    } catch (error) {
      if (!look.over) log?.({ reference: 'live', path: '/live', error })
    }
    setTimeout(
      () => {
        look.underWay = false
        if (look.waiting && !look.over) void lookAgain()
      },
      restAfter(now().getTime() - begun),
    ).unref()
  }
  const forget = db.onWrite(() => {
    const isFirst = !look.waiting && !look.underWay
    look.waiting = true
    if (isFirst) setImmediate(() => void lookAgain())
  })
  return () => {
    look.over = true
    forget()
  }
}

function restAfter(lookMs: number): number {
  return Math.min(longestRestMs, Math.max(restMs, 3 * lookMs))
}

async function tellChanges(
  line: Line,
  { db, settings, now }: Pick<House, 'db' | 'settings' | 'now'>,
  seen: Seen,
): Promise<void> {
  const day = meetingDayOf(now(), settings.rhythm)
  if (line.listeners() === 0) {
    Object.assign(seen, { screen: null, morning: null })
    return line.say('morning', day)
  }
  const { screen } = await findMeetingState(db, await meetingIdOf(db, day))
  if (seen.screen !== null && seen.screen !== screen) line.say('screen', day)
  const morning = await printOf({ db, settings, now }, day)
  if (seen.morning !== morning) line.say('morning', day)
  Object.assign(seen, { screen, morning })
}

/** What of a morning can be seen, but for the time that has passed and the screen the room is on. */
async function printOf({ db, settings, now }: Pick<House, 'db' | 'settings' | 'now'>, day: string): Promise<string> {
  const meeting = await findMeeting(db, day)
  const at = meeting?.closedAt ?? now()
  const facts = await gatherFacts(db, { at, cutOff: meeting?.cutOff ?? at, rhythm: settings.rhythm })
  const { asOf: _, window, exposures, ...agenda } = buildAgenda(facts)
  const { state, sittings: __, chairs: ___, ...sitting } = await gatherSitting(db, facts)
  const { screen: ____, visits: _____, ...said } = state
  const shown = { ...agenda, from: window.from, exposures: exposures.map(({ exposure }) => exposure), sitting, said }
  return createHash('sha1').update(JSON.stringify(shown)).digest('hex')
}
