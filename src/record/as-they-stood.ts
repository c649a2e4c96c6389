import { inArray } from 'drizzle-orm'
import { actionStandingOf } from './action-state.ts'
import type { Db } from './db.ts'
import { asStored } from './incident-facts.ts'
import { standingOf } from './incident-state.ts'
import { eventsOf } from './incidents.ts'
import { problemStandingOf } from './problem-state.ts'
import { actionEvents, type actions, type incidents, problemEvents, type problems } from './schema.ts'
import { groupBy, inPortions } from './telling.ts'

type IncidentRow = typeof incidents.$inferSelect
type ProblemRow = typeof problems.$inferSelect
type ActionRow = typeof actions.$inferSelect

/** Incidents as they stood at an instant, those left out that had not begun: what was said later is not known there yet. */
export function incidentsAsTheyStood<Row extends IncidentRow>(db: Db, rows: readonly Row[], at: Date): Promise<Row[]> {
  return asTheyStood(rows, at, async (ids) => {
    const said = groupBy(await eventsOf(db, ids), ({ incidentId }) => incidentId)
    return (row) => {
      const standing = standingOf(row.id, said.get(row.id) ?? [], at)
      return standing && { ...row, ...asStored(row.id, standing, row) }
    }
  })
}

export function problemsAsTheyStood(db: Db, rows: readonly ProblemRow[], at: Date): Promise<ProblemRow[]> {
  return asTheyStood(rows, at, async (ids) => {
    const events = [...inPortions(ids, 1000)].map((some) =>
      db.orm.select().from(problemEvents).where(inArray(problemEvents.problemId, some)),
    )
    const said = groupBy((await Promise.all(events)).flat(), ({ problemId }) => problemId)
    return (row) => {
      const standing = problemStandingOf(row.id, said.get(row.id) ?? [], at)
      return standing && { ...row, ...standing }
    }
  })
}

export function actionsAsTheyStood(db: Db, rows: readonly ActionRow[], at: Date): Promise<ActionRow[]> {
  return asTheyStood(rows, at, async (ids) => {
    const events = [...inPortions(ids, 1000)].map((some) =>
      db.orm.select().from(actionEvents).where(inArray(actionEvents.actionId, some)),
    )
    const said = groupBy((await Promise.all(events)).flat(), ({ actionId }) => actionId)
    return (row) => {
      const standing = actionStandingOf(row.id, said.get(row.id) ?? [], at)
      return standing && { ...row, ...standing }
    }
  })
}

async function asTheyStood<Row extends { id: string; changedAt: Date }>(
  rows: readonly Row[],
  at: Date,
  read: (ids: readonly string[]) => Promise<(row: Row) => Row | undefined>,
): Promise<Row[]> {
  const moved = rows.filter(({ changedAt }) => changedAt > at)
  if (moved.length === 0) return [...rows]

  const then = await read(moved.map(({ id }) => id))
  return rows.flatMap((row) => (row.changedAt > at ? (then(row) ?? []) : row))
}
