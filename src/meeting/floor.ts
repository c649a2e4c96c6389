import { dueDayAfter, meetingDayOf, type Rhythm } from '../calendar.ts'
import type { Db } from '../record/db.ts'
import { type MeetingWord, meetingIdOf, noteInMeeting } from '../record/meeting-events.ts'
import { findMeeting } from '../record/meetings.ts'

/** The meeting that hears what is said now: today's until it is closed, then the next one that is due. */
export async function floorAt(db: Db, at: Date, rhythm: Rhythm): Promise<{ day: string; meetingId: string }> {
  const today = meetingDayOf(at, rhythm)
  const meeting = await findMeeting(db, today)
  const day = meeting?.closedAt ? dueDayAfter(today, rhythm) : today
  return { day, meetingId: await meetingIdOf(db, day) }
}

/** Says something to the meeting that hears it. @returns its number; null when it was said already. */
export async function tellFloor(db: Db, word: MeetingWord, rhythm: Rhythm): Promise<number | null> {
  const { meetingId } = await floorAt(db, word.at, rhythm)
  return noteInMeeting(db, meetingId, word)
}
