import type { Client } from '@libsql/client/sqlite3'
import { RecordRefusedError } from './faults.ts'

// EXCLUSIVE before WAL: then no -shm file exists and nobody outside can lock, checkpoint or write beside us.
// libsql's SQLite loses acknowledged writes after one BUSY (libsql-client-ts#352) and has the WAL-reset fault (libsql#2271).
const inOrder = [
  'PRAGMA locking_mode=EXCLUSIVE',
  'PRAGMA journal_mode=WAL',
  'PRAGMA synchronous=FULL',
  'PRAGMA foreign_keys=ON',
  'PRAGMA recursive_triggers=ON',
]

/** What the record must answer when asked how it is set. synchronous 2 = FULL. */
const wanted: Readonly<Record<string, string>> = {
  locking_mode: 'exclusive',
  journal_mode: 'wal',
  synchronous: '2',
  foreign_keys: '1',
  recursive_triggers: '1',
}
export const pragmaNames: readonly string[] = Object.keys(wanted)
const oldestSqlite = '3.45.0'

export type Found = Readonly<Record<string, string>>

export async function applyPragmas(client: Client): Promise<void> {
  for (const pragma of inOrder) await client.execute(pragma)
}

export async function readPragmas(client: Client): Promise<Found> {
  const found: Record<string, string> = {}
  for (const name of pragmaNames) found[name] = String((await client.execute(`PRAGMA ${name}`)).rows[0]?.[0])
  found.sqlite_version = String((await client.execute('SELECT sqlite_version()')).rows[0]?.[0])
  return found
}

/** Throws RecordRefusedError naming every setting that is not as it must be: a record that may lose writes is not opened. */
export function checkPragmas(found: Found): void {
  const faults = pragmaFaults(found)
  if (faults.length > 0) throw new RecordRefusedError(`The record is not set as it must be: ${faults.join('; ')}.`)
}

export function pragmaFaults(found: Found): string[] {
  const wrong = Object.entries(wanted).filter(([name, value]) => found[name] !== value)
  const faults = wrong.map(([name, value]) => `${name} is ${found[name]}, not ${value}`)
  const version = found.sqlite_version ?? ''
  return isOlder(version, oldestSqlite)
    ? [...faults, `sqlite_version is ${version}, older than ${oldestSqlite}`]
    : faults
}

function isOlder(version: string, than: string): boolean {
  return !/^\d+\.\d+\.\d+$/.test(version) || version.localeCompare(than, 'en', { numeric: true }) < 0
}
