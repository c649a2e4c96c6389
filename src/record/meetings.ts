import { and, asc, desc, eq, gt, isNotNull, lt, lte, or } from 'drizzle-orm'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { corrections, meetings } from './schema.ts'
import type { Correction, Meeting } from './shapes.ts'

/** The meeting of a day, the latest one when two were held. undefined = none was opened. */
export async function findMeeting(db: Db, day: string): Promise<Meeting | undefined> {
  const [row] = await db.orm
    .select()
    .from(meetings)
    .where(eq(meetings.day, day))
    .orderBy(desc(meetings.cutOff), desc(meetings.id)) // two of one instant, where the clock stands still
    .limit(1)
  return row && asMeeting(row)
}

/** The meeting of a day; of two held on it, the first is DAY.1, the second DAY.2. */
export async function findMeetingCalled(db: Db, name: string): Promise<Meeting | undefined> {
  if (!/^\d{4}-\d\d-\d\d\.\d+$/.test(name)) return findMeeting(db, name)

  const [row] = await db.orm
    .select()
    .from(meetings)
    .where(eq(meetings.id, name.replace(/\.1$/, '')))
  return row && asMeeting(row)
}

/** The cut-off of the last meeting that was closed and whose cut-off lies before an instant. */
export async function lastCutOffBefore(db: Db, at: Date): Promise<Date | null> {
  const [row] = await db.orm
    .select({ cutOff: meetings.cutOff })
    .from(meetings)
    .where(and(isNotNull(meetings.closedAt), lt(meetings.cutOff, at)))
    .orderBy(desc(meetings.cutOff))
    .limit(1)
  return row?.cutOff ?? null
}

/** Meetings opened by an instant, newest first. */
export async function meetingsBefore(db: Db, at: Date, limit = 30): Promise<Meeting[]> {
  const rows = await db.orm
    .select()
    .from(meetings)
    .where(lte(meetings.cutOff, at))
    .orderBy(desc(meetings.cutOff))
    .limit(limit)
  return rows.map(asMeeting)
}

/** Opens the meeting of a day and freezes its cut-off. Opened already and not closed: the same meeting again, unmoved. */
export async function openMeeting(
  db: Db,
  opening: { day: string; zone: string; from: Date; cutOff: Date; by: string },
): Promise<Meeting> {
  return db.alone(async () => {
    const held = await db.orm.select().from(meetings).where(eq(meetings.day, opening.day)).orderBy(asc(meetings.cutOff))
    const open = held.find((row) => row.closedAt === null)
    if (open) return asMeeting(open)

    const { day, zone, from, cutOff, by } = opening
    const id = held.length === 0 ? day : `${day}.${held.length + 1}`
    const row = {
      id,
      day,
      zone,
      from,
      cutOff,
      openedAt: cutOff,
      openedBy: by,
      closedAt: null,
      closedBy: null,
      figures: null,
    }
    await saying({ at: cutOff, by, why: 'the meeting was opened', source: 'room' }, () =>
      db.batch([db.orm.insert(meetings).values(row)]),
    )
    return asMeeting(row)
  })
}

/** Corrections filed in (from, to]. */
export async function correctionsWithin(db: Db, from: Date, to: Date): Promise<Correction[]> {
  return db.orm
    .select()
    .from(corrections)
    .where(and(gt(corrections.recordedAt, from), lte(corrections.recordedAt, to)))
    .orderBy(asc(corrections.recordedAt))
}

/** Every correction of one meeting, in order of their numbers. */
export async function correctionsOf(db: Db, meetingId: string): Promise<Correction[]> {
  return db.orm
    .select()
    .from(corrections)
    .where(or(eq(corrections.meetingId, meetingId)))
    .orderBy(asc(corrections.number))
}

function asMeeting(row: typeof meetings.$inferSelect): Meeting {
  const { id, day, from, cutOff, openedAt, openedBy, closedAt, closedBy, figures } = row
  return { id, day, from, cutOff, openedAt, openedBy, closedAt, closedBy, figures }
}
