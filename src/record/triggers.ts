import { is } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig, type SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as schema from './schema.ts'

/** Tables without a past of their own, and why. Every other table of the schema has one: a test sees to it. */
export const withoutPast: Readonly<Record<string, string>> = {
  versions: 'it is the past',
  speaking: 'it says who writes, and says nothing between two transactions',
  sessions: 'whoever was signed in signs in anew on a restored record',
  sign_in_links: 'good for some minutes',
  last_uses: 'it says when a session, a token or a passkey was last used, to the quarter of an hour',
}
/** Columns too heavy to be told twice with every change of their row: their sha3 is, and the bytes go to the change log once. */
const heavyColumns: Readonly<Record<string, string>> = { deliveries: 'body', outbox: 'content' }

export interface Remembered {
  table: string
  columns: Column[]
  key: string[]
}
export interface Column {
  name: string
  type: string
  isHeavy: boolean
  otherwise?: string | number // what stands where nothing is said
}
export const remembered: readonly Remembered[] = Object.values(schema)
  .filter((value) => is(value, SQLiteTable))
  .map(asRemembered)
  .filter(({ table }) => withoutPast[table] === undefined)

export function rememberedAs(table: string): Remembered | undefined {
  return remembered.find((one) => one.table === table)
}

export function heavyOf(table: string): Column | undefined {
  return rememberedAs(table)?.columns.find(({ isHeavy }) => isHeavy)
}

function asRemembered(table: SQLiteTable): Remembered {
  const { name, columns, primaryKeys } = getTableConfig(table)
  const keys = primaryKeys.flatMap((key) => key.columns)
  return {
    table: name,
    columns: columns.map((column) => asColumn(column, heavyColumns[name])),
    key: (keys.length > 0 ? keys : columns.filter((column) => column.primary)).map(nameOf),
  }
}

function nameOf(column: SQLiteColumn): string {
  return column.keyAsName ? toSnakeCase(column.name) : column.name
}

function asColumn(column: SQLiteColumn, heavy: string | undefined): Column {
  const name = nameOf(column)
  return { name, type: column.getSQLType(), isHeavy: name === heavy, ...otherwise(column) }
}

function otherwise({ notNull, default: given }: SQLiteColumn): { otherwise?: string | number } {
  const value = typeof given === 'boolean' ? Number(given) : given
  return notNull && (typeof value === 'string' || typeof value === 'number') ? { otherwise: value } : {}
}

/** A trigger's name and the statement that makes it. */
export interface Trigger {
  name: string
  sql: string
}

/**
 * The triggers that write the past. Each version is chained to the one before it where the database knows sha3; elsewhere
 * its hash stays empty until `sealVersions` has filled it. Nothing of the past can be changed or taken away.
 */
export function triggersFor({ sha3 }: { sha3: boolean }): Trigger[] {
  return [...remembered.flatMap((table) => triggersOf(table, sha3)), ...guards].map((trigger) => ({
    ...trigger,
    sql: trigger.sql.replace(/\s+/g, ' ').trim(),
  }))
}

function triggersOf(remembered: Remembered, sha3: boolean): Trigger[] {
  const { table, key } = remembered
  const [was, became] = [rowOf(remembered, 'OLD', sha3), rowOf(remembered, 'NEW', sha3)]
  const [oldKey, newKey] = [keyOf(remembered, 'OLD'), keyOf(remembered, 'NEW')]
  const sameKey = key.map((name) => `OLD.${quoted(name)} IS NEW.${quoted(name)}`).join(' AND ')
  const keep = (row: string, before: string, after: string) =>
    version(`'${table}'`, { row, was: before, became: after, sha3 })
  const trigger = (when: string, event: string, ...writes: string[]) => ({
    name: `versions_of_${table}_${when}`,
    sql: `CREATE TRIGGER versions_of_${table}_${when} AFTER ${event} BEGIN ${writes.join('; ')}; END`,
  })
  const keyColumns = key.map(quoted).join(', ')
  return [
    trigger('inserted', `INSERT ON ${table}`, keep(newKey, 'NULL', became)),
    trigger('updated', `UPDATE ON ${table} WHEN ${sameKey}`, keep(newKey, was, became)),
    trigger(
      'moved',
      `UPDATE OF ${keyColumns} ON ${table} WHEN NOT (${sameKey})`,
      keep(oldKey, was, 'NULL'),
      keep(newKey, 'NULL', became),
    ),
    trigger('deleted', `DELETE ON ${table}`, keep(oldKey, was, 'NULL')),
  ]
}

/** The rows that stand, each as if it had just been written: for a record that is older than its past. */
export function asFound(remembered: Remembered, sha3: boolean): string {
  const next = '(SELECT ifnull(max(number), 0) FROM versions)'
  return `INSERT INTO versions (number, at, by, why, source, saving, table_name, row, was, became, hash)
    SELECT ${next} + row_number() OVER (), ${now}, '', 'as it was found', 'muster', ${next} + 1, '${remembered.table}',
      ${keyOf(remembered, 'found')}, NULL, ${rowOf(remembered, 'found', sha3)}, NULL FROM ${remembered.table} AS found`
}

/** A row as JSON, column by column. `of`: NEW, OLD or an alias. */
export function rowOf({ columns }: Remembered, of: string, sha3: boolean): string {
  const pairs = columns.map((column) => `'${column.name}', ${inJson(`${of}.${quoted(column.name)}`, column, sha3)}`)
  return `json_object(${pairs.join(', ')}) || ''` // without the concatenation it would nest as JSON, not as text
}

export function keyOf({ key }: Remembered, of: string): string {
  return `json_array(${key.map((name) => `${of}.${quoted(name)}`).join(', ')}) || ''`
}

// SQLite writes 15 digits of a real into JSON, too few to read the same one back.
function inJson(column: string, { type, isHeavy }: Column, sha3: boolean): string {
  if (isHeavy) return sha3 ? `lower(hex(sha3(${column})))` : `'' || length(${column})`
  return type === 'real' ? `iif(typeof(${column}) = 'real', json(printf('%!.17g', ${column})), ${column})` : column
}

const now = `cast(unixepoch('subsec') * 1000 AS integer)`

// An update that changes nothing leaves no version. Who writes past Muster says nothing of himself: then it was 'outside'.
function version(table: string, given: { row: string; was: string; became: string; sha3: boolean }): string {
  const told = `number, at, by, why, source, saving, ${table}, row, was, became`
  const hash = given.sha3 ? `nullif(lower(hex(sha3(before || char(10) || json_array(${told})))), '')` : 'NULL'
  return `INSERT INTO versions (number, at, by, why, source, saving, table_name, row, was, became, hash)
    SELECT ${told}, ${hash} FROM (
      SELECT ifnull(last.number, 0) + 1 AS number, iif(last.number IS NULL, '', last.hash) AS before,
        ifnull(who.at, ${now}) AS at, ifnull(who.by, '') AS by, ifnull(who.why, '') AS why,
        ifnull(who.source, 'outside') AS source, ifnull(who.saving, ifnull(last.number, 0) + 1) AS saving,
        ${given.row} AS row, ${given.was} AS was, ${given.became} AS became
      FROM (SELECT 1) LEFT JOIN speaking AS who ON who.id = 1
        LEFT JOIN versions AS last ON last.number = (SELECT max(number) FROM versions)
      LIMIT 1
    ) WHERE was IS NOT became`
}

const guards: readonly Trigger[] = [
  {
    name: 'versions_stay',
    sql: `CREATE TRIGGER versions_stay BEFORE DELETE ON versions
      BEGIN SELECT RAISE(ABORT, 'the past is not taken away'); END`,
  },
  {
    name: 'versions_unchanged',
    sql: `CREATE TRIGGER versions_unchanged BEFORE UPDATE ON versions
      WHEN OLD.hash IS NOT NULL OR OLD.number IS NOT NEW.number OR OLD.was IS NOT NEW.was OR OLD.became IS NOT NEW.became
        OR OLD.at IS NOT NEW.at OR OLD.by IS NOT NEW.by OR OLD.row IS NOT NEW.row OR OLD.why IS NOT NEW.why
      BEGIN SELECT RAISE(ABORT, 'the past is not rewritten'); END`,
  },
]

export function quoted(name: string): string {
  return `"${name}"`
}
