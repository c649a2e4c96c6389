import { type Column, getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Db } from './db.ts'

/**
 * Rows by the thousand, of a table without blobs: each comes as one text of JSON, for a fifth of what its cells cost to fetch
 * one by one.
 */
export async function manyRows<Table extends SQLiteTable>(
  db: Db,
  table: Table,
  where: SQL | undefined,
): Promise<Table['$inferSelect'][]> {
  const columns = Object.entries(getTableColumns(table)) as [string, Column][]
  const cells = sql.join(
    columns.map(([, column]) => cellOf(column)),
    sql`, `,
  )
  const rows = await db.orm.all<{ packed: string }>(
    sql`select json_array(${cells}) as packed from ${sql.identifier(getTableName(table))} where ${where ?? sql`1`}`,
  )
  return rows.map(({ packed }) => unpacked(columns, JSON.parse(packed)) as Table['$inferSelect']) // its own columns, all of them
}

// A text of JSON would cut the last two digits of a number.
function cellOf(column: Column): SQL {
  return column.getSQLType() === 'real'
    ? sql`case when ${column} is null then null else printf('%!.17g', ${column}) end`
    : sql`${column}`
}

function unpacked(columns: readonly [string, Column][], cells: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [place, [name, column]] of columns.entries()) {
    const cell = cells[place] ?? null
    row[name] =
      cell === null ? null : column.getSQLType() === 'real' ? Number(cell) : column.mapFromDriverValue(cell as never)
  }
  return row
}
