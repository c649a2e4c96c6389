import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Client } from '@libsql/client/sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { RecordRefusedError } from './faults.ts'
import { withoutTriggers } from './remembering.ts'

// Written from two folders below the root, where both the source and the bundle of `npm run build` lie.
export const ourMigrations = fileURLToPath(new URL('../../src/record/migrations', import.meta.url))

export interface Migrating {
  migrations: string // the folder drizzle-kit writes
  snapshots: string | null // where a copy is kept before a record with something in it is changed; null for a remote one
  now: Date
}

/**
 * Brings the record to this program's schema, each migration in one transaction with its own entry in the ledger, so a kill
 * leaves a schema between two migrations, never within one. Throws RecordRefusedError for a record of a newer program.
 */
export async function migrateRecord(client: Client, { migrations, snapshots, now }: Migrating): Promise<void> {
  await client.execute(
    'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  )
  const latest = await latestMigration(client)
  const known = readMigrationFiles({ migrationsFolder: migrations })
  if (latest > Math.max(0, ...known.map((migration) => migration.folderMillis))) throw newerRecord()

  const due = known.filter((migration) => migration.folderMillis > latest)
  if (due.length > 0 && latest > 0 && snapshots !== null) await keepSnapshot(client, snapshots, now)
  for (const { sql, hash, folderMillis } of due) {
    const entry = {
      sql: 'INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)',
      args: [hash, folderMillis],
    }
    const first = sql.some((statement) => rebuilds.test(statement)) ? await withoutTriggers(client) : []
    await client.migrate([...[...first, ...sql].map((statement) => ({ sql: statement, args: [] })), entry])
  }
}

const rebuilds = /\b(drop|rename)\b/i

async function latestMigration(client: Client): Promise<number> {
  const { rows } = await client.execute('SELECT max(created_at) FROM __drizzle_migrations')
  return Number(rows[0]?.[0] ?? 0)
}

function newerRecord(): RecordRefusedError {
  return new RecordRefusedError(
    'This record was written by a newer Muster. Start that one, or restore a snapshot of before.',
  )
}

async function keepSnapshot(client: Client, folder: string, now: Date): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await sweepHalfWritten(folder)
  const kept = join(folder, `before-migration-${now.toISOString().replaceAll(':', '')}.db`)
  const half = `${kept}.tmp`
  await client.execute({ sql: 'VACUUM INTO ?', args: [half] })
  await flush(half)
  await rename(half, kept)
  await flush(folder)
}

async function sweepHalfWritten(folder: string): Promise<void> {
  const halves = (await readdir(folder)).filter((name) => name.endsWith('.db.tmp'))
  for (const name of halves) await rm(join(folder, name))
}

async function flush(path: string): Promise<void> {
  const opened = await open(path, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}
