import { and, asc, desc, eq, gt, gte, isNotNull, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './db.ts'
import { type Asked, type Columns, fitting, movedSince, wanted } from './wanted.ts'

/** A kind as its lists are read. `sorts`: by what else than time it may be ordered, each with an index of its own. */
export interface Shelf<Row = unknown> extends Columns {
  table: SQLiteTable
  asTheyStood?: (rows: Row[], at: Date) => Promise<Row[]>
  sorts?: Readonly<Record<string, { column: SQLiteColumn; up: boolean }>>
  only?: SQL | undefined
}
type Plain = Omit<Shelf, 'asTheyStood'>
/** `next` = the cursor of the page after this one, null = this is the last. `searchedTo` = so far a search has come. */
export interface Page<Row> {
  rows: Row[]
  next: string | null
  searchedTo: Date | null
}

/** Words are looked for in so many rows at once: to read a million would hold everybody up for a third of a second. */
export const searchReach = 30_000

/**
 * A page from where its cursor left off: rows that come meanwhile move nothing. A search goes by time and ends at its reach,
 * unless it looks only among the open; `next` goes on from there. In another order than by time, what has nothing there to be
 * ordered by is left out.
 */
export async function page<Row>(db: Db, shelf: Shelf<Row>, asked: Asked, reach = searchReach): Promise<Page<Row>> {
  const order = orderOf(shelf, asked)
  const place = placeAt(asked.cursor, order)
  const left = leftOf(asked, order, place)
  const edge =
    asked.search === undefined || asked.state === 'open'
      ? null
      : await edgeOfSearch(db, shelf, left, { ...order, reach })
  const here = and(shelf.only, after(shelf, order, place), edge ? upTo(shelf, order, edge) : undefined)
  const read = (which: SQL | undefined) =>
    db.orm
      .select()
      .from(shelf.table)
      .where(and(which, here))
      .orderBy(...inOrder(shelf, order))
      .limit(asked.limit + 1)
  const moved = movedSince(shelf, left)
  const fit = await read(wanted(shelf, left))
  const found = moved ? together(shelf, order, [...fit, ...(await read(moved))]) : fit
  const rows = found.slice(0, asked.limit)
  const last = found.length > asked.limit ? rows.at(-1) : undefined
  const told = rows as Row[] // of this very table
  const stood = asked.looksBack && shelf.asTheyStood ? await shelf.asTheyStood(told, asked.at) : told
  return {
    rows: fitting(stood, shelf, {
      asked,
      named: (row, column) => named(shelf, row as Record<string, unknown>, column),
    }),
    next: last ? cursorAt(shelf, order, last) : edge ? cursorOf([edge.getTime(), order.up ? '\uffff' : '']) : null,
    searchedTo: last ? null : edge,
  }
}

/** Rows of several readings in the order of each, every one once. */
function together<Row extends Record<string, unknown>>(shelf: Plain, { column, up }: Order, rows: Row[]): Row[] {
  const once = new Map(rows.map((row) => [named(shelf, row, shelf.id), row]))
  const byTime = column === null && up ? 1 : -1
  const by = (row: Row, wanted: SQLiteColumn) => named(shelf, row, wanted) as number // or what compares like one
  const compared = (a: Row, b: Row, wanted: SQLiteColumn) =>
    by(a, wanted) > by(b, wanted) ? 1 : by(a, wanted) < by(b, wanted) ? -1 : 0
  return [...once.values()].sort(
    (a, b) =>
      (column ? compared(a, b, column) * (up ? 1 : -1) : 0) ||
      compared(a, b, shelf.time) * byTime ||
      compared(a, b, shelf.id) * byTime,
  )
}

/** By time, the newest first or the oldest; or by a column, and by time where that is the same. */
interface Order {
  column: SQLiteColumn | null
  up: boolean
}

function orderOf({ sorts = {} }: Plain, { sort = 'newest', search }: Asked): Order {
  const chosen = search === undefined && Object.hasOwn(sorts, sort) ? sorts[sort] : undefined
  return chosen ?? { column: null, up: sort === 'oldest' }
}

function inOrder({ time, id }: Plain, { column, up }: Order): SQL[] {
  const towards = up ? asc : desc
  return column ? [towards(column), desc(time), desc(id)] : [towards(time), towards(id)]
}

// By time an index is entered at the place itself: of two bounds of one column SQLite enters at whichever comes first.
function leftOf(asked: Asked, { column, up }: Order, place: Place | null): Asked {
  if (column || !place) return asked
  return up ? { ...asked, from: place.time } : { ...asked, to: place.time }
}

function after({ time, id }: Plain, { column, up }: Order, place: Place | null): SQL | undefined {
  const [beyond, at] = up ? [gt, gte] : [lt, lte]
  if (!column) return place ? or(beyond(time, place.time), beyond(sql`+${id}`, place.id)) : undefined
  if (!place) return isNotNull(column)

  const older = or(lt(time, place.time), and(eq(time, place.time), lt(sql`+${id}`, place.id)))
  return and(at(column, place.value), or(beyond(column, place.value), and(eq(column, place.value), older)))
}

function upTo({ time }: Plain, { up }: Order, edge: Date): SQL {
  return up ? lte(time, edge) : gte(time, edge)
}

/** The instant up to which one search may look; null = to the end. Read from the index of the time alone. */
async function edgeOfSearch(
  db: Db,
  shelf: Plain,
  { service, from, to, at }: Asked,
  { up, reach }: Order & { reach: number },
): Promise<Date | null> {
  const [edge] = await db.orm
    .select({ time: shelf.time })
    .from(shelf.table)
    .where(wanted(shelf, { service, from, to, at, limit: 1 }))
    .orderBy(up ? asc(shelf.time) : desc(shelf.time))
    .limit(1)
    .offset(reach)
  return edge?.time instanceof Date ? edge.time : null
}

/** The last row of the page before: by what it was ordered, its time, its id. */
interface Place {
  value: string | number | null
  time: Date
  id: string
}

function placeAt(cursor: string | undefined, { column }: Order): Place | null {
  const values = parsed(Buffer.from(cursor ?? '', 'base64url').toString())
  const [time, id, value = null] = Array.isArray(values) ? values : []
  const isOurs = typeof time === 'number' && Number.isFinite(time) && typeof id === 'string'
  return isOurs && (value !== null) === (column !== null) ? { value, time: new Date(time), id } : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function cursorAt(shelf: Plain, { column }: Order, row: Record<string, unknown>): string {
  const time = named(shelf, row, shelf.time)
  const place = [time instanceof Date ? time.getTime() : 0, named(shelf, row, shelf.id)]
  return cursorOf([...place, ...(column ? [named(shelf, row, column)] : [])])
}

function named({ table }: Pick<Plain, 'table'>, row: Record<string, unknown>, wanted: SQLiteColumn): unknown {
  const keyed = Object.entries(table as unknown as Record<string, unknown>)
  return row[keyed.find(([, one]) => one === wanted)?.[0] ?? '']
}

function cursorOf(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}
