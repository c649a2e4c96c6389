import type { Client } from '@libsql/client/sqlite3'
import { beginning, firstBreak, type Head, headOf, versionsAfter } from './chain.ts'
import type { Copy } from './copies.ts'
import { keyOf, type Remembered, remembered, rowOf } from './triggers.ts'

/** What a copy of a record is found to be. */
export interface Found {
  damage: string[] // what SQLite's own check says, and references to nothing; empty = sound
  tables: Record<string, number> // rows of each table
  head: Head
  headAt: string | null // when its last version was told
}

/** Reads the whole file: about a second for each gigabyte. */
export async function examineCopy({ client, orm }: Copy): Promise<Found> {
  const integrity = await column(client, 'SELECT * FROM pragma_integrity_check(20)')
  const strays = await column(client, `SELECT "table" || ' refers to nothing' FROM pragma_foreign_key_check`)
  const tables: Record<string, number> = {}
  for (const { table } of remembered) tables[table] = Number((await column(client, `SELECT count(*) FROM ${table}`))[0])
  const head = await headOf({ orm })
  const [last] = await versionsAfter({ orm }, head.number - 1, 1)
  return {
    damage: [...integrity.flatMap((text) => text.split('\n')), ...strays].filter((line) => line !== 'ok'),
    tables,
    head,
    headAt: last?.at.toISOString() ?? null,
  }
}

/** A row that is not as the last word of its past says: somebody changed it while the triggers were silenced. */
export interface Stray {
  table: string
  row: string
  fault: 'not as its past says' | 'without a past' | 'gone without a word'
}
/** The first version that does not follow from the one before it, and rows that their past does not know, at most twenty. */
export interface PastFound {
  versions: number
  broken: { number: number; table: string; row: string } | null
  strays: Stray[]
}

export async function examinePast({ client, orm }: Copy): Promise<PastFound> {
  const chain = await examineChain({ orm })
  return { ...chain, strays: chain.broken ? [] : await strayRows(client) }
}

/** Whether each version follows from the one before it. */
export async function examineChain({ orm }: Pick<Copy, 'orm'>): Promise<Omit<PastFound, 'strays'>> {
  const before = { ...beginning }
  for (;;) {
    const chain = await versionsAfter({ orm }, before.number, 2_000)
    const broken = firstBreak(before, chain)
    if (broken) {
      const { number, tableName: table, row } = broken
      return { versions: before.number, broken: { number, table, row } }
    }
    const last = chain.at(-1)
    if (!last) return { versions: before.number, broken: null }
    Object.assign(before, { number: last.number, hash: last.hash })
  }
}

const most = 20

async function strayRows(client: Client): Promise<Stray[]> {
  const strays: Stray[] = []
  for (const table of remembered) {
    const { rows } = await client.execute(differing(table))
    for (const row of rows) strays.push({ table: table.table, row: String(row.row), fault: faultOf(row.told) })
    const gone = await column(client, missing(table))
    for (const row of gone) strays.push({ table: table.table, row, fault: 'gone without a word' })
  }
  return strays.slice(0, most)
}

function faultOf(told: unknown): Stray['fault'] {
  return told === null ? 'without a past' : 'not as its past says'
}

// A column that came later is not in the words of before: only what both know is compared.
function differing(table: Remembered): string {
  const key = keyOf(table, 'live')
  return `SELECT row, told FROM (
      SELECT ${key} AS row, ${rowOf(table, 'live', true)} AS found,
        (SELECT became FROM versions WHERE table_name = '${table.table}' AND row = ${key} ORDER BY number DESC LIMIT 1) AS told
      FROM ${table.table} AS live)
    WHERE found IS NOT told AND (told IS NULL OR EXISTS (
      SELECT 1 FROM json_each(found) AS is_, json_each(told) AS was_ WHERE is_.key = was_.key AND is_.value IS NOT was_.value))
    LIMIT ${most}`
}

function missing(table: Remembered): string {
  return `SELECT row FROM (SELECT row, became, max(number) FROM versions WHERE table_name = '${table.table}' GROUP BY row)
    WHERE became IS NOT NULL AND row NOT IN (SELECT ${keyOf(table, 'live')} FROM ${table.table} AS live) LIMIT ${most}`
}

async function column(client: Client, sql: string): Promise<string[]> {
  return (await client.execute(sql)).rows.map((row) => String(row[0]))
}
