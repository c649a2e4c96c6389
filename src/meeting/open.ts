import { meetingDayOf, type Rhythm, weekdayOf, windowEnding } from '../calendar.ts'
import type { Db } from '../record/db.ts'
import { noteInMeeting } from '../record/meeting-events.ts'
import { lastCutOffBefore, openMeeting } from '../record/meetings.ts'
import { allPeople } from '../record/people.ts'
import type { Meeting } from '../record/shapes.ts'
import { draw } from './draw.ts'
import type { Voice } from './say.ts'

export type Opening = { outcome: 'open'; meeting: Meeting } | { outcome: 'not its day'; day: string }

/** The day of the week on which one service is looked at more deeply: Wednesday. */
export const deepDiveDay = 3

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

/**
 * Starts what was opened: whoever opened it leads and is here, phones come in by a code, and the room is at its roll call. Started
 * twice, it is started once. `chance`: from 0 to below 1, for the weekly deep-dive.
 */
export async function start(
  db: Db,
  { id, day }: Meeting,
  { joinCode, chance, ...voice }: Voice & { joinCode: string; chance: number },
): Promise<void> {
  const isOnTheList = (await allPeople(db)).some((person) => person.id === voice.by && person.closedAt === null)
  await noteInMeeting(db, id, { kind: 'join-code', value: joinCode, ...voice })
  await noteInMeeting(
    db,
    id,
    { kind: 'facilitator', value: voice.by, ...voice },
    (state) => state.facilitatorId !== null,
  )
  if (isOnTheList) await noteInMeeting(db, id, { kind: 'came', value: voice.by, ...voice })
  if (weekdayOf(day) === deepDiveDay) await draw(db, id, { chance, ...voice })
  await noteInMeeting(db, id, { kind: 'screen', value: 'roll-call', ...voice }, ({ screen }) => screen !== '')
}
