import { and, gt, isNotNull, isNull, lte, or } from 'drizzle-orm'
import { addDays, dayBounds, dayOf, daysBetween, weekdayOf } from '../calendar.ts'
import type { Db } from './db.ts'
import { doneWithin, type LearntAction } from './learnt.ts'
import { alikeAmong } from './morning.ts'
import { type Review, reviewOf } from './reviews.ts'
import { exposures, incidents, meetings } from './schema.ts'
import type { Alike, Facts, Incident } from './shapes.ts'

export interface SpanTold {
  span: 'week' | 'month' | 'quarter'
  from: Date
  to: Date
  exposures: { service: string; since: Date; until: Date | null }[]
  meetings: { openedAt: Date; closedAt: Date }[]
  decided: Incident[]
  alike: Alike[]
  actions: LearntAction[]
  review: Review | null // of a month or a quarter
}

/** What ended since the meeting before: the week on its first morning, the month and the quarter on the first of the next. */
export async function spansOf(db: Db, facts: Facts): Promise<SpanTold[]> {
  return Promise.all(spansToTell(facts).map((span) => tellSpan(db, span, facts.zone)))
}

function spansToTell({ asOf, zone, window, meetingDay }: Facts): Pick<SpanTold, 'span' | 'from' | 'to'>[] {
  const before = dayOf(window.from, zone)
  const startOf = (day: string) => dayBounds(day, zone).from
  const crossesMonday = daysBetween(mondayOf(before), mondayOf(meetingDay)) > 0
  const week = { span: 'week' as const, from: startOf(addDays(dayOf(asOf, zone), -7)), to: asOf }
  const longer = (['month', 'quarter'] as const).flatMap((span) => {
    const [last, now] = [firstOf(span, before), firstOf(span, meetingDay)]
    if (last === now) return []
    return [{ span, from: startOf(firstOf(span, addDays(now, -1))), to: startOf(now) }]
  })
  return [...(crossesMonday ? [week] : []), ...longer]
}

function firstOf(span: 'month' | 'quarter', day: string): string {
  const month = Number(day.slice(5, 7))
  const first = span === 'month' ? month : month - ((month - 1) % 3)
  return `${day.slice(0, 4)}-${String(first).padStart(2, '0')}-01`
}

function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day))
}

async function tellSpan(
  db: Db,
  { span, from, to }: Pick<SpanTold, 'span' | 'from' | 'to'>,
  zone: string,
): Promise<SpanTold> {
  const [alone, held, decided, done, review] = await Promise.all([
    db.orm
      .select({ service: exposures.service, since: exposures.since, until: exposures.until })
      .from(exposures)
      .where(and(lte(exposures.since, to), or(isNull(exposures.until), gt(exposures.until, from)))),
    db.orm
      .select({ openedAt: meetings.openedAt, closedAt: meetings.closedAt })
      .from(meetings)
      .where(and(isNotNull(meetings.closedAt), gt(meetings.cutOff, from), lte(meetings.cutOff, to))),
    db.orm
      .select()
      .from(incidents)
      .where(and(isNotNull(incidents.postmortem), gt(incidents.postmortemAt, from), lte(incidents.postmortemAt, to))),
    doneWithin(db, { from, to }),
    span === 'week' ? null : reviewOf(db, { from, to, zone }),
  ])
  const asDecided = decided.map((row): Incident => ({ ...row, problemIds: [], news: [] }))
  return {
    span,
    from,
    to,
    exposures: alone,
    meetings: held.flatMap(({ openedAt, closedAt }) => (openedAt && closedAt ? { openedAt, closedAt } : [])),
    decided: asDecided,
    alike: await alikeAmong(db, asDecided, to),
    actions: done,
    review,
  }
}
