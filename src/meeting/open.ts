import { meetingDayOf, type Rhythm, windowEnding } from '../calendar.ts'
import type { Db } from '../record/db.ts'
import { lastCutOffBefore, openMeeting } from '../record/meetings.ts'
import type { Meeting } from '../record/shapes.ts'
import type { Voice } from './say.ts'

export type Opening = { outcome: 'open'; meeting: Meeting } | { outcome: 'not its day'; day: string }

/** Opening freezes the cut-off: what happens from now on is the next morning's news. Opened twice, it is opened once. */
export async function openMorning(
  db: Db,
  day: string,
  { at, by, rhythm }: Voice & { rhythm: Rhythm },
): Promise<Opening> {
  const today = meetingDayOf(at, rhythm)
  if (day !== today) return { outcome: 'not its day', day: today }

  const { from } = windowEnding(at, { lastCutOff: await lastCutOffBefore(db, at), rhythm })
  return { outcome: 'open', meeting: await openMeeting(db, { day, zone: rhythm.zone, from, cutOff: at, by }) }
}
