import { inArray } from 'drizzle-orm'
import type { Db } from './db.ts'
import { type HistoryRow, incidentHistory, problemHistory } from './histories.ts'
import { eventsOf } from './incidents.ts'
import { listRows } from './kinds.ts'
import { happening, type Row } from './rows.ts'
import { problemEvents } from './schema.ts'
import { groupBy } from './telling.ts'

const portion = 500

/** Every row of a kind, oldest first, in portions: told again in another record they leave the same rows there. */
export async function* retold(db: Db, name: string): AsyncGenerator<Row[]> {
  if (name === 'incident-events') yield* histories(db, 'incidents', incidentHistories)
  else if (name === 'problem-events') yield* histories(db, 'problems', problemHistories)
  else for await (const page of pages(db, name)) yield page.map(({ row }) => row)
}

async function* pages(db: Db, name: string) {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { rows, next } = await listRows(db, name, { order: 'oldest', limit: portion, ...(cursor ? { cursor } : {}) })
    yield rows
    cursor = next
  }
}

async function* histories(
  db: Db,
  name: string,
  tell: (db: Db, ids: string[]) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for await (const page of pages(db, name))
    if (page.length > 0)
      yield tell(
        db,
        page.map(({ id }) => id),
      )
}

async function incidentHistories(db: Db, ids: string[]): Promise<Row[]> {
  const events = groupBy(await eventsOf(db, ids), ({ incidentId }) => incidentId)
  return ids.flatMap((id) => asRows({ incident: id }, incidentHistory(id, events.get(id) ?? [])))
}

async function problemHistories(db: Db, ids: string[]): Promise<Row[]> {
  const found = await db.orm.select().from(problemEvents).where(inArray(problemEvents.problemId, ids))
  const events = groupBy(found, ({ problemId }) => problemId)
  return ids.flatMap((id) => asRows({ problem: id }, problemHistory(id, events.get(id) ?? [])))
}

function asRows(subject: Row, history: readonly HistoryRow[]): Row[] {
  return history.map((event) => ({ ...subject, ...happening(event) }))
}
