import { and, eq, gt, inArray, lte, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { Db } from './db.ts'
import { searchReach } from './paging.ts'
import type * as rowsOf from './rows.ts'
import { incidentProblems, incidents, needs, services } from './schema.ts'
import { type Shelf, shelves } from './shelves.ts'
import { containing } from './wanted.ts'

/** What to list. `from` exclusive, `to` inclusive, like a Window. `cursor` is a page's `next`. */
export interface Asking {
  from?: Date
  to?: Date
  open?: boolean
  owner?: string
  service?: string
  search?: string
  limit?: number // 1 to 1,000; 100
  cursor?: string
  order?: 'newest' | 'oldest' // newest
}
/** Columns as the contract names them; instants as ISO text; null = unknown. `id` finds the row again. */
export interface StoredRow {
  id: string
  row: rowsOf.Row
}
export interface StoredPage {
  rows: StoredRow[]
  next: string | null
}
/** A cursor nobody gave out. */
export class CursorError extends Error {
  override name = 'CursorError'
}

/**
 * The stored rows of a kind, a page at a time, in an order that later rows do not disturb. A page of a search may hold fewer than
 * its limit, or none, and still have a next. Throws a CursorError.
 */
export async function listRows(db: Db, name: string, asking: Asking = {}, reach = searchReach): Promise<StoredPage> {
  const shelf = shelfOf(name)
  const limit = Math.min(Math.max(Math.trunc(asking.limit ?? 100), 1), 1_000)
  const newest = asking.order !== 'oldest'
  const place = sql`(${sql.join(shelf.order, sql`, `)})`
  const last = asking.cursor === undefined ? undefined : placeAt(asking.cursor, shelf)
  const after = last && (newest ? sql`${place} < ${last}` : sql`${place} > ${last}`)
  const edge = isSought(shelf, asking) ? await edgeOf(db, shelf, asking, { after, reach }) : undefined
  const found = await db.orm
    .select()
    .from(shelf.table)
    .where(and(...conditionsOf(shelf, asking), after, edge?.within))
    .orderBy(...shelf.order.map((column) => (newest ? sql`${column} desc` : sql`${column} asc`)))
    .limit(limit + 1)
  const page = found.slice(0, limit)
  const end = page.at(-1)
  return {
    rows: await dressed(db, shelf, page),
    next:
      found.length > limit && end ? cursorAt(shelf.order.map((column) => cellOf(end, column))) : (edge?.next ?? null),
  }
}

/** Whether the answer is found by reading row by row, as words are, and who said what. */
function isSought(shelf: Shelf, { search, owner, service }: Asking): boolean {
  const byOwner = owner !== undefined && shelf.owner !== undefined && shelf.owner !== incidents.ownerId
  return (
    shelf.at !== undefined &&
    shelf.at === shelf.order[0] &&
    (Boolean(search) || byOwner || (service !== undefined && typeof shelf.service === 'function'))
  )
}

/** So many rows are read for one page at most; where its end is reached, `next` goes on from there. */
async function edgeOf(
  db: Db,
  shelf: Shelf,
  { from, to, order }: Asking,
  { after, reach }: { after: SQL | undefined; reach: number },
) {
  const [first] = shelf.order
  const [row] = await db.orm
    .select({ first: sql`${first}` })
    .from(shelf.table)
    .where(and(...conditionsOf(shelf, { ...(from && { from }), ...(to && { to }) }), after))
    .orderBy(order === 'oldest' ? sql`${first} asc` : sql`${first} desc`)
    .limit(1)
    .offset(reach)
  if (!row) return undefined

  const rest = shelf.order.slice(1).map(() => (order === 'oldest' ? '\uffff' : ''))
  return {
    within: order === 'oldest' ? sql`${first} <= ${row.first}` : sql`${first} >= ${row.first}`,
    next: cursorAt([row.first, ...rest]),
  }
}

/** One row by the id under which `listRows` gave it. */
export async function findRow(db: Db, name: string, id: string): Promise<StoredRow | undefined> {
  const shelf = shelfOf(name)
  const parts = shelf.key.length === 1 ? [id] : id.split('~').map(decoded)
  if (parts.length !== shelf.key.length || parts.includes(undefined)) return undefined

  const values = shelf.key.map((column, place) => stored(parts[place] ?? '', column))
  if (values.includes(null)) return undefined
  const same = shelf.key.map((column, place) => sql`${column} = ${values[place]}`)
  const found = await db.orm
    .select()
    .from(shelf.table)
    .where(and(...same, shelf.only))
    .limit(1)
  return (await dressed(db, shelf, found))[0]
}

function shelfOf(name: string): Shelf {
  const shelf = Object.hasOwn(shelves, name) ? shelves[name] : undefined
  if (!shelf) throw new Error(`${name} is not a kind the record keeps`)
  return shelf
}

function conditionsOf(shelf: Shelf, { from, to, open, owner, service, search }: Asking): (SQL | undefined)[] {
  return [
    shelf.only,
    from && shelf.at && gt(shelf.at, moment(from, shelf.at)),
    to && shelf.at && lte(shelf.at, moment(to, shelf.at)),
    open === undefined || !shelf.open ? undefined : open ? shelf.open.yes : shelf.open.no,
    owner === undefined || !shelf.owner ? undefined : eq(shelf.owner, owner),
    service === undefined || !shelf.service ? undefined : ofService(shelf.service, service),
    search === undefined || search === ''
      ? undefined
      : or(...shelf.searched.map((column) => containing(column, search))),
  ]
}

function ofService(service: NonNullable<Shelf['service']>, name: string): SQL {
  return typeof service === 'function' ? service(name) : eq(service, name)
}

function moment(at: Date, column: SQLiteColumn): Date | string {
  return column.dataType === 'date' ? at : at.toISOString().slice(0, 10)
}

async function dressed(db: Db, shelf: Shelf, found: Record<string, unknown>[]): Promise<StoredRow[]> {
  const ids = shelf.table === incidents || shelf.table === services ? found.map(({ id }) => String(id)) : []
  const beside = ids.length === 0 ? {} : shelf.table === incidents ? await linksOf(db, ids) : await needsOf(db, ids)
  return found.map((row) => ({ id: idOf(row, shelf), row: shelf.say(row as never, beside) })) // the shelf knows its own rows
}

async function linksOf(db: Db, ids: readonly string[]): Promise<rowsOf.Beside> {
  return {
    links: await db.orm
      .select()
      .from(incidentProblems)
      .where(inArray(incidentProblems.incidentId, [...ids])),
  }
}

async function needsOf(db: Db, ids: readonly string[]): Promise<rowsOf.Beside> {
  return {
    needs: await db.orm
      .select()
      .from(needs)
      .where(inArray(needs.service, [...ids])),
  }
}

function idOf(row: Record<string, unknown>, shelf: Shelf): string {
  const parts = shelf.key.map((column) => said(cellOf(row, column)))
  return parts.length === 1
    ? (parts[0] ?? '')
    : parts.map((part) => encodeURIComponent(part).replaceAll('~', '%7E')).join('~')
}

function said(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value)
}

function cellOf(row: Record<string, unknown>, column: SQLiteColumn): unknown {
  return row[column.name]
}

/** As the database keeps it; null = it cannot be one of this column. */
function stored(part: string, column: SQLiteColumn): string | number | null {
  if (column.dataType !== 'date') return part
  const instant = Date.parse(part)
  return Number.isNaN(instant) ? null : instant
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

function cursorAt(values: readonly unknown[]): string {
  const kept = values.map((value) => (value instanceof Date ? value.getTime() : value))
  return Buffer.from(JSON.stringify(kept)).toString('base64url')
}

function placeAt(cursor: string, { order }: Shelf): SQL {
  const values = parsed(Buffer.from(cursor, 'base64url').toString())
  const isOurs =
    Array.isArray(values) &&
    values.length === order.length &&
    values.every((value, place) => typeof value === (order[place]?.dataType === 'date' ? 'number' : 'string'))
  if (!isOurs) throw new CursorError('the cursor is not one that a page gave as its next')
  return sql`(${sql.join(
    values.map((value: string | number) => sql`${value}`),
    sql`, `,
  )})`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
