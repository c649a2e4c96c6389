import { and, desc, eq, gt, gte, isNotNull, isNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './db.ts'
import { actions, changes, complaints, exposures, forecasts, incidents, problems } from './schema.ts'

/** Which things of a kind a page shows. `at`: as far as had happened by then. */
export interface Asked {
  search?: string | undefined
  service?: string | undefined
  owner?: string | undefined
  open?: boolean | undefined
  from?: Date | undefined
  to?: Date | undefined
  cursor?: string | undefined
  at: Date
  limit: number
}
/** `next` = the cursor of the page after this one; null = this is the last. */
export interface Page<Row> {
  rows: Row[]
  next: string | null
}

export function listIncidents(db: Db, asked: Asked) {
  const { id, startedAt, title, service, ownerId, endedAt } = incidents
  return page(db, incidents, { id, time: startedAt, text: title, service, owner: ownerId, ended: endedAt }, asked)
}

/** Incidents of which the room decided whether to hold a postmortem. Open = to be held, or put off. */
export function listPostmortems(db: Db, { open, ...asked }: Asked) {
  const { id, postmortemAt, title, service, ownerId, postmortem } = incidents
  const decided =
    open === undefined
      ? isNotNull(postmortem)
      : open
        ? or(eq(postmortem, 'yes'), eq(postmortem, 'later'))
        : eq(postmortem, 'no')
  return page(db, incidents, { id, time: postmortemAt, text: title, service, owner: ownerId }, asked, decided)
}

export function listProblems(db: Db, asked: Asked) {
  const { id, openedAt, title, service, ownerId, closedAt } = problems
  return page(db, problems, { id, time: openedAt, text: title, service, owner: ownerId, ended: closedAt }, asked)
}

export function listChanges(db: Db, asked: Asked) {
  const { id, at, what, service, who } = changes
  return page(db, changes, { id, time: at, text: what, service, owner: who }, asked)
}

export function listExposures(db: Db, asked: Asked) {
  const { id, since, service, until } = exposures
  return page(db, exposures, { id, time: since, text: service, service, ended: until }, asked)
}

/** Open = linked to no incident. */
export function listComplaints(db: Db, { open, ...asked }: Asked) {
  const { id, at, text, service, incidentId, by } = complaints
  const linked = open === undefined ? undefined : open ? isNull(incidentId) : isNotNull(incidentId)
  return page(db, complaints, { id, time: at, text, service, owner: by }, asked, linked)
}

export function listForecasts(db: Db, asked: Asked) {
  const { id, madeAt, what, service, dueAt } = forecasts
  return page(db, forecasts, { id, time: madeAt, text: what, service, ended: dueAt }, asked)
}

export function listActions(db: Db, asked: Asked) {
  const { id, openedAt, title, ownerId, endedAt } = actions
  return page(db, actions, { id, time: openedAt, text: title, owner: ownerId, ended: endedAt }, asked)
}

interface Columns {
  id: SQLiteColumn
  time: SQLiteColumn
  text: SQLiteColumn
  service?: SQLiteColumn
  owner?: SQLiteColumn
  ended?: SQLiteColumn
}

/** Newest first, from where the cursor left off: rows that come meanwhile move nothing. */
async function page<Table extends SQLiteTable>(
  db: Db,
  table: Table,
  columns: Columns,
  asked: Asked,
  also?: SQL,
): Promise<Page<Table['$inferSelect']>> {
  const { id, time } = columns
  const rows = await db.orm
    .select()
    .from(table as SQLiteTable)
    .where(and(wanted(columns, asked), after(columns, asked.cursor), also))
    .orderBy(desc(time), desc(id))
    .limit(asked.limit + 1)
  const shown = rows.slice(0, asked.limit) as Table['$inferSelect'][] // rows of this very table
  const last = rows.length > asked.limit ? shown.at(-1) : undefined
  return { rows: shown, next: last === undefined ? null : cursorAt(table, columns, last) }
}

function wanted({ id, time, text, service, owner, ended }: Columns, asked: Asked): SQL | undefined {
  const { search, from, to, at, open } = asked
  return and(
    lte(time, to && to < at ? to : at),
    from && gte(time, from),
    asked.service === undefined || service === undefined ? undefined : eq(service, asked.service),
    asked.owner === undefined || owner === undefined ? undefined : eq(owner, asked.owner),
    search === undefined ? undefined : containing(text, search),
    open === undefined || ended === undefined ? undefined : open ? isOpen(ended, id, at) : lte(ended, at),
  )
}

// As two lists, for each has its index: of a million that are over, few are open.
function isOpen(ended: SQLiteColumn, id: SQLiteColumn, at: Date): SQL {
  const { table } = ended
  const open = sql`select ${id} from ${table} where ${isNull(ended)}`
  const endedLater = sql`select ${id} from ${table} where ${isNotNull(ended)} and ${gt(ended, at)}`
  return sql`${id} in (${open} union all ${endedLater})`
}

function containing(column: SQLiteColumn, search: string): SQL {
  return sql`${column} like ${`%${search.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`
}

function after({ id, time }: Columns, cursor: string | undefined): SQL | undefined {
  const place = /^(\d+)~(.+)$/s.exec(cursor ?? '')
  if (!place) return undefined

  const left = new Date(Number(place[1]))
  return or(lt(time, left), and(eq(time, left), lt(id, place[2])))
}

function cursorAt(table: SQLiteTable, { id, time }: Columns, row: Record<string, unknown>): string {
  const keyed = Object.entries(table as unknown as Record<string, unknown>)
  const named = (column: SQLiteColumn) => row[keyed.find(([, one]) => one === column)?.[0] ?? '']
  const at = named(time)
  return `${at instanceof Date ? at.getTime() : 0}~${named(id)}`
}
