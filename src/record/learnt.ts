import { sql } from 'drizzle-orm'
import type { Db } from './db.ts'

/** `struckAgainAt` = when an incident like the one it came from last began; null = never since. */
export interface LearntAction {
  state: string
  endedAt: Date | null
  struckAgainAt: Date | null
}

/** The actions that came of some incidents, each with when one like its own last struck. */
export async function learntFrom(db: Db, incidentIds: readonly string[]): Promise<LearntAction[]> {
  if (incidentIds.length === 0) return []
  return asLearnt(
    await db.orm.all(sql`
      select actions.state, actions.ended_at as endedAt, ${struckAgain} as struckAgainAt from actions
      join json_each(${JSON.stringify(incidentIds)}) as wanted on actions.origin_id = wanted.value
      where actions.origin_kind = 'incident'`),
  )
}

const struckAgain = sql`(select max(later.started_at) from incidents as first
  join incidents as later on later.service is first.service and later.symptom = first.symptom and later.started_at > first.started_at
  where first.id = actions.origin_id)`

function asLearnt(rows: unknown): LearntAction[] {
  const told = rows as { state: string; endedAt: number | null; struckAgainAt: number | null }[] // as selected above
  return told.map(({ state, endedAt, struckAgainAt }) => ({
    state,
    endedAt: endedAt === null ? null : new Date(endedAt),
    struckAgainAt: struckAgainAt === null ? null : new Date(struckAgainAt),
  }))
}

/** Those that were done in a span. */
export async function doneWithin(db: Db, { from, to }: { from: Date; to: Date }): Promise<LearntAction[]> {
  return asLearnt(
    await db.orm.all(sql`
      select actions.state, actions.ended_at as endedAt, ${struckAgain} as struckAgainAt from actions
      where actions.state = 'done' and actions.ended_at > ${from.getTime()} and actions.ended_at <= ${to.getTime()}`),
  )
}
