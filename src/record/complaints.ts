import { and, desc, gt, lte, or } from 'drizzle-orm'
import type { Db } from './db.ts'
import type { Fact, Telling } from './fact.ts'
import { decidePlain } from './plain.ts'
import { complaints } from './schema.ts'
import type { Complaint } from './shapes.ts'
import type { Decided, Placed } from './telling.ts'

/** In (from, to], or heard of in it though older; newest first. */
export async function complaintsWithin(db: Db, { from, to }: { from: Date; to: Date }): Promise<Complaint[]> {
  const late = and(
    lte(complaints.at, from),
    gt(complaints.recordedAt, from),
    lte(complaints.recordedAt, to),
    gt(complaints.at, db.bornAt),
  )
  const rows = await db.orm
    .select()
    .from(complaints)
    .where(or(and(gt(complaints.at, from), lte(complaints.at, to)), late))
    .orderBy(desc(complaints.at))
  return rows.map(({ recordedAt: _, source: __, ...row }) => ({ ...row, late: row.at <= from }))
}

export async function decideComplaints(
  db: Db,
  facts: readonly Placed<Extract<Fact, { kind: 'complaint' }>>[],
  telling: Telling,
): Promise<Decided> {
  const decided = await decidePlain(db, facts, complaints, {
    idOf: (fact) => fact.id,
    asRow: ({ kind: _, by, ...row }, before) => ({
      ...row,
      incidentId: row.incidentId ?? before?.incidentId ?? null, // a link the room made stays
      by: by ?? before?.by ?? '',
      source: before?.source ?? telling.source,
      recordedAt: before?.recordedAt ?? telling.recordedAt,
    }),
  })
  const shifts = decided.fresh.map(({ id, at }) => ({
    figure: 'complaints.inWindow',
    subjectKind: 'complaint',
    subjectId: id,
    at,
    by: 1 as const,
  }))
  return { ...decided, shifts }
}
