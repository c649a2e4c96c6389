import { and, desc, gte, inArray, isNotNull, lt } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Telling } from './fact.ts'
import { corrections, meetings } from './schema.ts'
import { groupBy, insertNew, type Shift, type Write } from './telling.ts'

type Correction = typeof corrections.$inferInsert

/**
 * A closed morning keeps its figures. What we learn later files a numbered correction: one number a telling and morning,
 * with each figure as it was believed and as it is.
 */
export async function correctionsFor(
  db: Db,
  shifts: readonly Shift[],
  telling: Pick<Telling, 'recordedAt'>,
): Promise<Write[]> {
  if (shifts.length === 0) return []

  const first = new Date(Math.min(...shifts.map(({ at }) => at.getTime())))
  const closed = await db.orm
    .select({ id: meetings.id, from: meetings.from, cutOff: meetings.cutOff, figures: meetings.figures })
    .from(meetings)
    .where(and(isNotNull(meetings.closedAt), gte(meetings.cutOff, first), lt(meetings.cutOff, telling.recordedAt)))
  const touched = closed
    .map((meeting) => ({
      meeting,
      shifts: shifts.filter(({ at }) => meeting.from && meeting.cutOff && meeting.from < at && at <= meeting.cutOff),
    }))
    .filter((pair) => pair.shifts.length > 0)
  if (touched.length === 0) return []

  const filed = await db.orm
    .select()
    .from(corrections)
    .where(
      inArray(
        corrections.meetingId,
        touched.map(({ meeting }) => meeting.id),
      ),
    )
    .orderBy(desc(corrections.number))
  const rows = touched.flatMap(({ meeting, shifts }) =>
    correct(
      meeting,
      shifts,
      filed.filter((row) => row.meetingId === meeting.id),
      telling,
    ),
  )
  return insertNew(db, corrections, rows)
}

function correct(
  meeting: { id: string; figures: unknown },
  shifts: readonly Shift[],
  filed: readonly (typeof corrections.$inferSelect)[],
  { recordedAt }: Pick<Telling, 'recordedAt'>,
): Correction[] {
  const number = (filed[0]?.number ?? 0) + 1
  return [...groupBy(shifts, ({ figure }) => figure)].flatMap(([figure, moved]) => {
    const was = filed.find((row) => row.figure === figure)?.is ?? figureIn(meeting.figures, figure)
    const by = moved.reduce((sum, shift) => sum + shift.by, 0)
    const subject = moved.at(-1)
    if (was === undefined || by === 0 || subject === undefined) return []
    return [
      {
        meetingId: meeting.id,
        number,
        recordedAt,
        subjectKind: subject.subjectKind,
        subjectId: subject.subjectId,
        figure,
        was,
        is: was + by,
      },
    ]
  })
}

function figureIn(figures: unknown, path: string): number | undefined {
  const found = path.split('.').reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), figures)
  return typeof found === 'number' ? found : undefined
}

function isRecord(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null
}
