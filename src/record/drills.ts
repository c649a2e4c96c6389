import { and, desc, isNull, lte } from 'drizzle-orm'
import type { Db } from './db.ts'
import { saying } from './saying.ts'
import { drills } from './schema.ts'
import type { DrillHeard } from './shapes.ts'

/** One trial: the record rebuilt from its backup alone and looked at. `fault` null = it was good. */
export type Drill = typeof drills.$inferSelect
/** The last trial by an instant, and the last good one. null = none. */
export interface LastDrills {
  last: Drill | null
  lastGoodAt: Date | null
}

export async function lastDrills({ orm }: Db, at: Date): Promise<LastDrills> {
  const newest = desc(drills.at)
  const by = lte(drills.at, at)
  const [last] = await orm.select().from(drills).where(by).orderBy(newest).limit(1)
  const [good] = await orm
    .select()
    .from(drills)
    .where(and(by, isNull(drills.fault)))
    .orderBy(newest)
    .limit(1)
  return { last: last ?? null, lastGoodAt: good?.at ?? null }
}

export async function keepDrill(db: Db, drill: Drill): Promise<void> {
  await saying({ at: drill.at, by: '', why: 'the backup was tried', source: 'muster' }, () =>
    db.batch([db.orm.insert(drills).values(drill).onConflictDoNothing()]),
  )
}

export async function drillHeard(db: Db, at: Date): Promise<DrillHeard | null> {
  const { last, lastGoodAt } = await lastDrills(db, at)
  return last && { at: last.at, fault: last.fault, lastGoodAt }
}
