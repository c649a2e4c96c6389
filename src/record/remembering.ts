import type { Client } from '@libsql/client/sqlite3'
import { messageOf } from './faults.ts'
import { asFound, quoted, remembered, triggersFor } from './triggers.ts'

/** Statements that take our triggers back: SQLite builds no table anew while a trigger names one of its columns. */
export async function withoutTriggers(client: Client): Promise<string[]> {
  const { rows } = await client.execute(ours)
  return rows.map((row) => `DROP TRIGGER ${quoted(String(row.name))}`)
}

/**
 * Sees to it that every table writes its past, whatever migrations left of the triggers. What stood in the tables of a
 * record that is older than its past is told as it was found.
 */
export async function remember(client: Client): Promise<void> {
  const sha3 = await knowsSha3(client)
  const wanted = triggersFor({ sha3 })
  const { rows } = await client.execute(ours)
  const found = new Map(rows.map((row) => [String(row.name), String(row.sql)]))
  const stale = [...found].filter(([name, sql]) => !wanted.some((one) => one.name === name && one.sql === sql))
  const missing = wanted.filter(({ name, sql }) => found.get(name) !== sql)
  if (stale.length + missing.length === 0) return

  const isOlder = (await client.execute('SELECT 1 FROM versions LIMIT 1')).rows.length === 0
  await client.batch(
    [
      'INSERT INTO speaking (id) VALUES (1) ON CONFLICT DO NOTHING',
      ...stale.map(([name]) => `DROP TRIGGER ${quoted(name)}`),
      ...(isOlder ? remembered.map((table) => asFound(table, sha3)) : []),
      ...missing.map(({ sql }) => sql),
    ],
    'write',
  )
}

const ours = `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'versions\\_%' ESCAPE '\\'`

/** libsql's own library does; a server may not. */
async function knowsSha3(client: Client): Promise<boolean> {
  try {
    await client.execute(`SELECT sha3('')`)
    return true
  } catch (error) {
    if (/no such function/i.test(messageOf(error))) return false
    throw error
  }
}
