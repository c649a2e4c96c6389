import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Client } from '@libsql/client/sqlite3'
import { eq } from 'drizzle-orm'
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'
import { drizzle } from 'drizzle-orm/libsql/sqlite3'
import { sealVersions } from './chain.ts'
import { faultOf, messageOf, RecordInUseError, RecordRefusedError } from './faults.ts'
import { type Fatal, keepGate } from './gate.ts'
import { migrateRecord, ourMigrations } from './migrating.ts'
import { applyPragmas, checkPragmas, readPragmas } from './pragmas.ts'
import { remember } from './remembering.ts'
import { saying } from './saying.ts'
import * as schema from './schema.ts'
import { type Turns, takeTurns } from './turns.ts'

/** The one door to the database. One process holds one record. */
export interface Db {
  /** For reading. A write through it counts as a batch of one; an interactive transaction is refused. */
  orm: LibSQLDatabase<typeof schema>
  /**
   * One transaction, on the disk when the promise resolves: all of it or nothing. Batches run in the order asked; within
   * `alone` a batch runs at once, since that work already has the turn. Nothing asked = nothing written.
   * Throws RecordFullError (nothing kept, try again later) and RecordLostError (the process is about to end).
   */
  batch<U extends BatchItem<'sqlite'>, T extends Readonly<[U, ...U[]]>>(queries: T): Promise<BatchResponse<T>>
  batch(queries: readonly BatchItem<'sqlite'>[]): Promise<unknown[]>
  /** Read, decide, then write one batch, while nobody else writes. Not reentrant: within itself it throws. */
  alone<T>(work: () => Promise<T>): Promise<T>
  /** Rises with every committed write of this process. */
  readonly version: number
  /** Calls back after every committed write, until the returned function is called. */
  onWrite(told: () => void): () => void
  /** When this record was first opened. */
  readonly bornAt: Date
  /**
   * Lends the file while it stands still: what is written meanwhile waits in the log beside it, so that a copy made by another
   * process is whole. Nobody waits. Opening it in this process would let go of its lock. null = on a libSQL server.
   */
  still: (<T>(work: (path: string) => Promise<T>) => Promise<T>) | null
  close(): Promise<void>
}

export interface Opening {
  now: Date
  /** Called once, when the record must not be written any more: log, then exit with `exitCode`. */
  onFatal(fatal: Fatal): void
  migrations?: string // another folder of migrations than ours
  clock?: () => Date // when a write happens that is not told when; the machine's own without it
  patienceMs?: number // how long to wait for another process to let go; 2 s
}
export interface Place {
  folder: string
  databaseUrl: string
  databaseToken: string | null
}

/**
 * Opens the record, sets and checks the connection, migrates. Throws RecordInUseError when another process holds it,
 * RecordRefusedError when its settings, its schema or its folder are wrong.
 */
export async function openRecord(place: Place, opening: Opening): Promise<Db> {
  const local = place.databaseUrl.startsWith('file:')
  const client = local ? await openLocal(place, opening.patienceMs ?? 2_000) : await openRemote(place)
  const turns = takeTurns()
  const written = { version: 0, listeners: new Set<() => void>() }
  const gate = keepGate(client, {
    turns,
    committed: () => {
      written.version += 1
      for (const told of written.listeners) told()
    },
    onFatal: opening.onFatal,
    check: local ? async () => checkPragmas(await readPragmas(client)) : null,
    clock: opening.clock,
  })

  const orm = drizzle({ client: gate, schema, casing: 'snake_case' })
  const bornAt = await prepare(client, orm, place, opening).catch(async (error) => {
    await letGo(client)
    throw refusal(error, place)
  })
  written.version = 0
  return {
    orm,
    batch: batchThrough(orm),
    alone: turns.alone,
    get version() {
      return written.version
    },
    onWrite(told) {
      written.listeners.add(told)
      return () => written.listeners.delete(told)
    },
    bornAt,
    still: local ? standStill(client, turns, fileURLToPath(place.databaseUrl)) : null,
    close: () => turns.inTurn(() => letGo(client)),
  }
}

// The file changes only when the log beside it is carried over: not until the work is over.
function standStill(client: Client, turns: Turns, path: string): NonNullable<Db['still']> {
  const line = takeTurns()
  const carryOver = (after: number) => client.execute(`PRAGMA wal_autocheckpoint=${after}`)
  return (work) =>
    line.inTurn(async () => {
      await turns.inTurn(async () => {
        await carryOver(0)
        await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
      })
      try {
        return await work(path)
      } finally {
        await turns.inTurn(() => carryOver(usualPages))
      }
    })
}
const usualPages = 1_000

async function openLocal(place: Place, patienceMs: number): Promise<Client> {
  const { folder, databaseUrl } = place
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw new RecordRefusedError(`The folder ${folder} cannot be made: ${messageOf(cause)}.`, { cause })
  })
  const { createClient } = await import('@libsql/client/sqlite3')
  const wait = 100
  for (let waited = 0; ; waited += wait) {
    const client = openOnce(() => createClient({ url: databaseUrl, concurrency: 1 }), databaseUrl)
    try {
      await applyPragmas(client)
      await client.batch([], 'write')
      checkPragmas(await readPragmas(client))
      return client
    } catch (error) {
      client.close()
      if (faultOf(error) !== 'busy' || waited >= patienceMs) throw refusal(error, place)
      await pause(wait)
    }
  }
}

function openOnce(create: () => Client, databaseUrl: string): Client {
  try {
    return create()
  } catch (cause) {
    throw new RecordRefusedError(`The record ${databaseUrl} cannot be opened: ${messageOf(cause)}.`, { cause })
  }
}

async function openRemote({ databaseUrl, databaseToken }: Place): Promise<Client> {
  const { createClient } = await import('@libsql/client/http')
  return createClient({
    url: databaseUrl,
    concurrency: 1,
    ...(databaseToken === null ? {} : { authToken: databaseToken }),
  })
}

async function prepare(client: Client, orm: Db['orm'], place: Place, opening: Opening): Promise<Date> {
  const snapshots = place.databaseUrl.startsWith('file:') ? join(place.folder, 'snapshots') : null
  await migrateRecord(client, { migrations: opening.migrations ?? ourMigrations, snapshots, now: opening.now })
  await remember(client)
  await sealVersions({ orm })
  const kept = await bornAt(orm)
  if (kept) return kept
  const { now } = opening
  await saying({ at: now, why: 'the record was born' }, () =>
    orm.insert(schema.record).values({ key: 'born-at', value: now.toISOString() }).onConflictDoNothing(),
  )
  return now
}

async function bornAt(orm: Db['orm']): Promise<Date | undefined> {
  const [kept] = await orm.select().from(schema.record).where(eq(schema.record.key, 'born-at'))
  return kept && new Date(kept.value)
}

function refusal(error: unknown, { folder }: Place): unknown {
  const fault = faultOf(error)
  if (fault === 'busy') return new RecordInUseError(inUse(folder), { cause: error })
  if (fault === 'query') return error
  return new RecordRefusedError(`The record cannot be opened: ${messageOf(error)}.`, { cause: error })
}

function inUse(folder: string): string {
  return `The record in ${folder} is in use by another process: one folder, one Muster. Stop that one, or name another folder as MUSTER_DATA.`
}

// The overloads differ in what they promise, not in what they run; drizzle wants at least one query.
function batchThrough(orm: Db['orm']): Db['batch'] {
  return (async (queries: readonly BatchItem<'sqlite'>[]) => {
    const [first, ...rest] = queries
    return first ? orm.batch([first, ...rest]) : []
  }) as Db['batch']
}

// Closing alone leaves the lock until the driver's statements are collected, so a local record is first let go of in SQL;
// one kept in WAL cannot leave locking_mode=EXCLUSIVE. Only housekeeping: what was acknowledged is on the disk already.
async function letGo(client: Client): Promise<void> {
  if (client.protocol === 'file') {
    for (const pragma of releasing) await client.execute(pragma).catch(() => undefined)
  }
  client.close()
}
const releasing = ['PRAGMA journal_mode=DELETE', 'PRAGMA locking_mode=NORMAL', 'SELECT count(*) FROM sqlite_schema']
