import { createHash } from 'node:crypto'
import { and, asc, desc, eq, isNotNull, isNull, lte } from 'drizzle-orm'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { levelReports, lookBackFigures, meetings, postmortemsDue, problemLists, snapshots } from './schema.ts'
import { insertNew, type Write } from './telling.ts'

export type Snapshot = typeof snapshots.$inferSelect
export type LevelReport = Omit<typeof levelReports.$inferInsert, 'meetingId'>
export type PostmortemDue = Omit<typeof postmortemsDue.$inferInsert, 'meetingId'>
export type ProblemLine = Omit<typeof problemLists.$inferInsert, 'meetingId'>

/** The four outputs of a close (S9). */
export interface Outputs {
  levels: LevelReport[]
  postmortems: PostmortemDue[]
  problems: ProblemLine[]
  lookBack: { figure: string; value: number }[]
}
export interface Closing {
  id: string
  at: Date
  by: string
  figures: unknown // the counts, as the meeting keeps them
  content?: unknown // what the snapshot holds; the figures where nothing else is told
  outputs?: Outputs
}

/**
 * Closes it and keeps the figures as they stood, with its outputs and its snapshot in one transaction: all or nothing.
 * @returns the snapshot's number; null when it was closed already, and then nothing is changed.
 */
export async function closeMeeting(db: Db, closing: Closing): Promise<number | null> {
  const { id, at, by } = closing
  return saying({ at, by, why: 'the meeting was closed', source: 'room' }, () =>
    db.alone(async () => {
      const [open] = await db.orm
        .select({ day: meetings.day })
        .from(meetings)
        .where(and(eq(meetings.id, id), isNull(meetings.closedAt)))
      if (!open) return null

      const [last] = await db.orm
        .select({ number: snapshots.number })
        .from(snapshots)
        .orderBy(desc(snapshots.number))
        .limit(1)
      const number = (last?.number ?? 0) + 1
      await db.batch([...outputsOf(db, closing, open.day), ...closeOf(db, closing, number)])
      return number
    }),
  )
}

function outputsOf(db: Db, { id, outputs }: Closing, day: string): Write[] {
  if (!outputs) return []

  const { levels, postmortems, problems, lookBack } = outputs
  const ofMeeting = <Row extends object>(rows: readonly Row[]) => rows.map((row) => ({ ...row, meetingId: id }))
  return [
    ...insertNew(db, levelReports, ofMeeting(levels)),
    ...insertNew(db, postmortemsDue, ofMeeting(postmortems)),
    ...insertNew(db, problemLists, ofMeeting(problems)),
    ...insertNew(
      db,
      lookBackFigures,
      lookBack.map(({ figure, value }) => ({ meetingId: id, day, figure, value })),
    ),
  ]
}

function closeOf(db: Db, { id, at, by, figures, content = figures }: Closing, number: number): Write[] {
  return [
    db.orm.insert(snapshots).values({ number, meetingId: id, at, by, content, hash: hashOf(content) }),
    db.orm.update(meetings).set({ closedAt: at, closedBy: by, figures }).where(eq(meetings.id, id)),
  ]
}

/** Of the content as it is written: whoever edits it past Muster is found out. */
export function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

export async function findSnapshot(db: Db, meetingId: string): Promise<Snapshot | undefined> {
  const [row] = await db.orm.select().from(snapshots).where(eq(snapshots.meetingId, meetingId))
  return row
}

/** What a close put out, as it stands on the record. */
export async function outputsOfMeeting(db: Db, meetingId: string) {
  const [levels, postmortems, problems, lookBack] = await Promise.all([
    db.orm.select().from(levelReports).where(eq(levelReports.meetingId, meetingId)),
    db.orm.select().from(postmortemsDue).where(eq(postmortemsDue.meetingId, meetingId)),
    db.orm.select().from(problemLists).where(eq(problemLists.meetingId, meetingId)).orderBy(asc(problemLists.place)),
    db.orm.select().from(lookBackFigures).where(eq(lookBackFigures.meetingId, meetingId)),
  ])
  return { levels, postmortems, problems, lookBack }
}

/** How long the last meetings sat, oldest first. */
export async function sittingsBefore(db: Db, at: Date, limit: number): Promise<{ day: string; forMs: number }[]> {
  const rows = await db.orm
    .select({ day: meetings.day, openedAt: meetings.openedAt, closedAt: meetings.closedAt })
    .from(meetings)
    .where(and(isNotNull(meetings.closedAt), lte(meetings.closedAt, at)))
    .orderBy(desc(meetings.closedAt))
    .limit(limit)
  return rows
    .flatMap(({ day, openedAt, closedAt }) =>
      openedAt && closedAt ? [{ day, forMs: closedAt.getTime() - openedAt.getTime() }] : [],
    )
    .toReversed()
}

/** Who opened the last meetings, newest first. */
export async function chairsBefore(db: Db, at: Date, limit: number): Promise<{ by: string; at: Date }[]> {
  const rows = await db.orm
    .select({ by: meetings.openedBy, at: meetings.openedAt })
    .from(meetings)
    .where(and(isNotNull(meetings.openedAt), lte(meetings.openedAt, at)))
    .orderBy(desc(meetings.openedAt))
    .limit(limit)
  return rows.flatMap(({ by, at }) => (by && at ? [{ by, at }] : []))
}
