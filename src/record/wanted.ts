import { and, gt, gte, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'

/** Which things of a kind a page shows. `at`: as far as had happened by then. */
export interface Asked {
  search?: string | undefined
  service?: string | undefined
  owner?: string | undefined // 'nobody' = it has none
  state?: string | undefined // 'open', 'over', or a word of the kind's own
  severity?: string | undefined // 'unknown' = none was told
  from?: Date | undefined
  to?: Date | undefined
  sort?: string | undefined // 'newest', 'oldest', or one of the kind's own
  cursor?: string | undefined
  at: Date
  looksBack?: boolean // `at` is long past: what was said since is not known there yet
  limit: number
}
export interface Columns {
  id: SQLiteColumn
  time: SQLiteColumn
  text: SQLiteColumn
  service?: SQLiteColumn
  owner?: SQLiteColumn
  severity?: SQLiteColumn
  state?: SQLiteColumn
  ended?: SQLiteColumn
  movedSince?: (at: Date) => SQL // of which anything was said since
}

/** Looking back for something: whatever was said of since, for only how it stood then can tell (`fitting`). */
export function movedSince(columns: Columns, asked: Asked): SQL | undefined {
  const { from, to, at, search, looksBack, service, owner, severity, state } = asked
  const isChosen = [service, owner, severity, state].some((word) => word !== undefined)
  if (!looksBack || !columns.movedSince || !isChosen) return undefined
  return and(columns.movedSince(at), wanted(columns, { search, from, to, at, limit: 1 }))
}

/** Of rows as they stood, those that fit. `named`: what stands in a column of a row. */
export function fitting<Row>(
  rows: readonly Row[],
  { owner, severity, service, state, ended, movedSince }: Columns,
  { asked, named }: { asked: Asked; named: (row: Row, column: SQLiteColumn) => unknown },
): Row[] {
  if (!asked.looksBack || !movedSince) return [...rows]

  const isSaid = (row: Row, column: SQLiteColumn | undefined, said: string | undefined, none?: string) =>
    column === undefined || said === undefined || (named(row, column) ?? none) === said
  const isAtEnd = (at: unknown) => (at instanceof Date && at <= asked.at ? 'over' : 'open') === asked.state
  return rows.filter(
    (row) =>
      isSaid(row, service, asked.service) &&
      isSaid(row, owner, asked.owner, 'nobody') &&
      isSaid(row, severity, asked.severity, 'unknown') &&
      (ended && isEnd({ ended }, asked.state) ? isAtEnd(named(row, ended)) : isSaid(row, state, asked.state)),
  )
}

/** What fits all that was asked; what the kind has no column for is not asked of it. */
export function wanted(columns: Columns, asked: Asked): SQL | undefined {
  const { time, text, service, owner, severity, state } = columns
  const { search, from, to, at } = asked
  // Of what few have, the index is entered; what many have is looked at row by row.
  const byService = service !== undefined && asked.service !== undefined
  const byOwner = owner !== undefined && asked.owner !== undefined
  return and(
    lte(time, to && to < at ? to : at),
    from && gte(time, from),
    same(service, asked.service),
    same(byService && owner ? unindexed(owner) : owner, asked.owner, 'nobody'),
    same(severity && (byService || byOwner) ? unindexed(severity) : severity, asked.severity, 'unknown'),
    search === undefined ? undefined : containing(text, search),
    isEnd(columns, asked.state)
      ? atEnd(columns, asked)
      : same(byService || byOwner ? state && unindexed(state) : state, asked.state),
  )
}

function same(column: SQLiteColumn | SQL | undefined, said: string | undefined, none?: string): SQL | undefined {
  if (column === undefined || said === undefined) return undefined
  return said === none ? isNull(column) : sql`${column} = ${said}`
}

function unindexed(column: SQLiteColumn): SQL {
  return sql`+${column}`
}

function isEnd({ ended }: Pick<Columns, 'ended'>, state: string | undefined): boolean {
  return ended !== undefined && (state === 'open' || state === 'over')
}

function atEnd({ id, ended }: Columns, { state, at }: Asked): SQL | undefined {
  return ended && (state === 'open' ? isOpen(ended, id, at) : lte(ended, at))
}

// As two lists, for each has its index: of a million that are over, few are open.
function isOpen(ended: SQLiteColumn, id: SQLiteColumn, at: Date): SQL {
  const { table } = ended
  const open = sql`select ${id} from ${table} where ${isNull(ended)}`
  const endedLater = sql`select ${id} from ${table} where ${isNotNull(ended)} and ${gt(ended, at)}`
  return sql`${id} in (${open} union all ${endedLater})`
}

/** Holds the words as they are written: % and _ are signs like others. */
export function containing(column: SQLiteColumn, search: string): SQL {
  return sql`${column} like ${`%${search.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`
}
