import { type FileHandle, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import { branchesIn, endOfLog, nextBranch, openBranch } from './backup-folder.ts'
import { beginning, type Head, sealVersions, type Version, versionsAfter } from './chain.ts'
import { headerAfter, heavyHashIn, type Logged, lineOf, segmentName, sha3Of } from './change-log.ts'
import type { Db } from './db.ts'
import { messageOf } from './faults.ts'
import { flush } from './files.ts'
import { hasKey } from './putting.ts'
import { versions } from './schema.ts'
import { groupBy } from './telling.ts'
import { heavyOf, rememberedAs } from './triggers.ts'

/** The change log in the second folder, kept up with the record by whoever calls `ship` often enough. */
export interface ChangeLog {
  readonly branch: string
  readonly shipped: Shipped
  /** What was written since, on the other disk when the promise resolves. Asked while at it, it is done once. */
  ship(at: Date): Promise<void>
  close(): Promise<void>
}
export interface Shipped {
  head: Head // everything up to here is in the second folder
  at: Date | null // when that was last so
  fault: string | null // why it is not so now
}

const fullBytes = 16 * 1024 * 1024
const portion = 100 // a delivery may weigh 2 MB

/** Goes on where the last log of this record ended; a record that is not the one logged there begins a branch of its own. */
export async function openChangeLog(db: Db, backup: string): Promise<ChangeLog> {
  await sealVersions(db)
  const life = await branchOf(db, backup)
  const shipped: Shipped = { head: life.head, at: null, fault: null }
  const writing: { segment: Segment | null; round: Promise<void> | null } = { segment: null, round: null }

  async function shipAll(at: Date): Promise<void> {
    try {
      await sealVersions(db)
      const isKept = (await isOurs(db, shipped.head)) && (await isThere(life.branch, writing.segment))
      if (!isKept) await beginAnew()
      for (let after = shipped.head; ; ) {
        const fresh = await versionsAfter(db, after.number, portion)
        const last = fresh.at(-1)
        if (last) {
          writing.segment = await roomFor(writing.segment, { branch: life.branch, after, at })
          await append(writing.segment, await withBodies(db, fresh))
          after = { number: last.number, hash: last.hash ?? '' }
        } else {
          await writing.segment?.file.sync()
          Object.assign(shipped, { head: after, at, fault: null })
          break
        }
      }
    } catch (error) {
      shipped.fault = messageOf(error)
      await writing.segment?.file.close().catch(() => undefined)
      writing.segment = null // what it holds beyond the head was never promised: the next one tells it again
      throw error
    }
  }
  // Somebody was forgotten, or the folder is gone or another one: the past is told anew, and what was told before expires.
  async function beginAnew(): Promise<void> {
    await writing.segment?.file.close()
    writing.segment = null
    life.branch = await nextBranch(backup)
    shipped.head = beginning
  }
  return {
    get branch() {
      return life.branch
    },
    shipped,
    ship(at) {
      writing.round ??= shipAll(at).finally(() => Object.assign(writing, { round: null }))
      return writing.round
    },
    async close() {
      await writing.round?.catch(() => undefined)
      await writing.segment?.file.close()
    },
  }
}

async function branchOf(db: Db, backup: string): Promise<{ branch: string; head: Head }> {
  const last = (await branchesIn(backup)).at(-1)
  if (last !== undefined) {
    const branch = await openBranch(backup, last)
    const head = await endOfLog(branch)
    if (await isOurs(db, head)) return { branch, head }
  }
  return { branch: await nextBranch(backup), head: beginning }
}

async function isOurs({ orm }: Db, { number, hash }: Head): Promise<boolean> {
  if (number === 0) return true
  const same = and(eq(versions.number, number), eq(versions.hash, hash))
  return (await orm.select({ number: versions.number }).from(versions).where(same)).length > 0
}

/** A file that was taken away while it is open takes everything, and keeps nothing. */
async function isThere(branch: string, segment: Segment | null): Promise<boolean> {
  const found = await stat(segment?.path ?? join(branch, 'log')).catch(() => null)
  return found !== null && (segment === null || found.ino === (await segment.file.stat()).ino)
}

interface Segment {
  path: string
  file: FileHandle
  hour: number
  bytes: number
}

async function roomFor(
  segment: Segment | null,
  { branch, after, at }: { branch: string; after: Head; at: Date },
): Promise<Segment> {
  const hour = Math.floor(at.getTime() / 3_600_000)
  if (segment && segment.hour === hour && segment.bytes < fullBytes) return segment

  await segment?.file.sync()
  await segment?.file.close()
  const folder = join(branch, 'log')
  const path = join(folder, segmentName(after.number + 1))
  const file = await open(path, 'w', 0o600)
  const header = `${headerAfter(after)}\n`
  await file.write(header)
  await flush(folder)
  return { path, file, hour, bytes: header.length }
}

async function append(segment: Segment, logged: readonly Logged[]): Promise<void> {
  const bytes = Buffer.from(logged.map((one) => `${lineOf(one)}\n`).join(''))
  await segment.file.appendFile(bytes)
  segment.bytes += bytes.length
}

export async function withBodies(db: Db, fresh: readonly Version[]): Promise<Logged[]> {
  const heavy = fresh.filter(({ tableName, was, became }) => {
    const hash = heavyHashIn(tableName, became)
    return hash !== undefined && hash !== heavyHashIn(tableName, was)
  })
  const bodies = new Map<string, Buffer>()
  for (const [table, rows] of groupBy(heavy, ({ tableName }) => tableName))
    for (const { row, bytes } of await heavyBytes(
      db,
      table,
      rows.map(({ row }) => row),
    ))
      bodies.set(`${table} ${row}`, bytes)
  return fresh.map((version) => {
    const bytes = heavy.includes(version) ? bodies.get(`${version.tableName} ${version.row}`) : undefined
    const isStill = bytes && sha3Of(bytes) === heavyHashIn(version.tableName, version.became)
    return { version, body: isStill ? bytes : null }
  })
}

async function heavyBytes(
  { orm }: Db,
  name: string,
  rows: readonly string[],
): Promise<{ row: string; bytes: Buffer }[]> {
  const [table, heavy] = [rememberedAs(name), heavyOf(name)]
  if (!table || !heavy) return []
  const found = await orm.values<[string, ArrayBuffer]>(
    sql`select given.value, cast(${sql.identifier(heavy.name)} as blob) from json_each(${JSON.stringify(rows)}) as given
      join ${sql.identifier(name)} on ${hasKey(table, sql`given.value`)}`,
  )
  return found.map((row) => ({ row: row[0], bytes: Buffer.from(row[1]) }))
}
