import { and, asc, desc, eq, gt, gte, inArray, lte, notInArray } from 'drizzle-orm'
import { aDay } from '../calendar.ts'
import type { Db } from './db.ts'
import {
  type MeetingEvent,
  type MeetingEventKind,
  type MeetingState,
  meetingStateOf,
  saysNothing,
} from './meeting-state.ts'
import { saying } from './saying.ts'
import { meetingEvents, meetings } from './schema.ts'
import type { Carried } from './shapes.ts'

/** What is said in a meeting. by '' = did not wish to be named: then no id is kept, here or in the past of the row. */
export interface MeetingWord {
  kind: MeetingEventKind
  value?: string
  why?: string
  at: Date
  by: string
}

export async function meetingEventsOf(db: Db, meetingId: string): Promise<MeetingEvent[]> {
  return db.orm
    .select()
    .from(meetingEvents)
    .where(eq(meetingEvents.meetingId, meetingId))
    .orderBy(asc(meetingEvents.number))
}

/** Where a meeting stands; one that is not opened may have been prepared already. */
export async function findMeetingState(db: Db, meetingId: string): Promise<MeetingState> {
  return meetingStateOf(await meetingEventsOf(db, meetingId))
}

/**
 * Puts what the room did behind what it did before. `unless` looks at where the meeting stands, while nobody else writes.
 * @returns the number it was given; null when it changed nothing, or was held back.
 */
export async function noteInMeeting(
  db: Db,
  meetingId: string,
  word: MeetingWord,
  unless: (state: MeetingState) => boolean = () => false,
): Promise<number | null> {
  const { kind, value = '', why = '', at, by } = word
  return saying({ at, by, source: 'room' }, () =>
    db.alone(async () => {
      const events = await meetingEventsOf(db, meetingId)
      const state = meetingStateOf(events)
      const row = { meetingId, kind, value, by, why }
      if (saysNothing(state, row) || unless(state)) return null

      const number = (events.at(-1)?.number ?? 0) + 1
      await db.batch([db.orm.insert(meetingEvents).values({ ...row, number, at })])
      return number
    }),
  )
}

/** What meetings before a cut-off parked and none of them took up since. It is carried until the room does. */
export async function carriedInto(db: Db, cutOff: Date): Promise<Carried[]> {
  const since = db.orm.select({ id: meetings.id }).from(meetings).where(gte(meetings.cutOff, cutOff))
  const rows = await db.orm
    .select()
    .from(meetingEvents)
    .where(
      and(
        inArray(meetingEvents.kind, ['parked', 'taken-up']),
        gt(meetingEvents.at, new Date(cutOff.getTime() - 60 * aDay)),
        lte(meetingEvents.at, cutOff),
        notInArray(meetingEvents.meetingId, since),
      ),
    )
    .orderBy(asc(meetingEvents.at), asc(meetingEvents.number))
  const last = new Map(rows.filter((row) => row.kind === 'parked').map((row) => [row.value, row]))
  for (const row of rows) {
    const parked = last.get(row.value)
    if (row.kind === 'taken-up' && parked && isLater(row, parked)) last.delete(row.value)
  }
  return [...last.values()].map(({ value, meetingId, why }) => ({ subject: value, day: meetingId.slice(0, 10), why }))
}

/** What was last said of some kinds over all meetings, newest first. */
export async function lastSaid(
  db: Db,
  kinds: readonly MeetingEventKind[],
  limit: number,
): Promise<Pick<MeetingEvent, 'kind' | 'value' | 'at'>[]> {
  return db.orm
    .select({ kind: meetingEvents.kind, value: meetingEvents.value, at: meetingEvents.at })
    .from(meetingEvents)
    .where(inArray(meetingEvents.kind, [...kinds]))
    .orderBy(desc(meetingEvents.at))
    .limit(limit)
}

/** Under which id the meeting of a day goes, or will go once it is opened: the day, or day.2 after a first one was closed. */
export async function meetingIdOf(db: Db, day: string): Promise<string> {
  const held = await db.orm
    .select({ id: meetings.id, closedAt: meetings.closedAt })
    .from(meetings)
    .where(eq(meetings.day, day))
    .orderBy(asc(meetings.cutOff))
  const open = held.find(({ closedAt }) => closedAt === null)
  return open?.id ?? (held.length === 0 ? day : `${day}.${held.length + 1}`)
}

function isLater(a: MeetingEvent, b: MeetingEvent): boolean {
  return a.at > b.at || (a.at.getTime() === b.at.getTime() && (a.meetingId > b.meetingId || a.number > b.number))
}
