import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import { branchesIn, endOfLog, nextBranch, openBranch } from './backup-folder.ts'
import { beginning, type Head, sealVersions, type Version, versionsAfter } from './chain.ts'
import { headerAfter, type Logged, lineOf, segmentName } from './change-log.ts'
import type { Db } from './db.ts'
import { messageOf } from './faults.ts'
import { flush } from './files.ts'
import { deliveries, versions } from './schema.ts'

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
  const { branch, head } = await branchOf(db, backup)
  const shipped: Shipped = { head, at: null, fault: null }
  const writing: { segment: Segment | null; round: Promise<void> | null } = { segment: null, round: null }

  async function shipAll(at: Date): Promise<void> {
    try {
      await sealVersions(db)
      for (let after = shipped.head; ; ) {
        const fresh = await versionsAfter(db, after.number, portion)
        const last = fresh.at(-1)
        if (last) {
          writing.segment = await roomFor(writing.segment, { branch, after, at })
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
  return {
    branch,
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

interface Segment {
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
  const file = await open(join(folder, segmentName(after.number + 1)), 'w', 0o600)
  const header = `${headerAfter(after)}\n`
  await file.write(header)
  await flush(folder)
  return { file, hour, bytes: header.length }
}

async function append(segment: Segment, logged: readonly Logged[]): Promise<void> {
  const bytes = Buffer.from(logged.map((one) => `${lineOf(one)}\n`).join(''))
  await segment.file.appendFile(bytes)
  segment.bytes += bytes.length
}

async function withBodies({ orm }: Db, fresh: readonly Version[]): Promise<Logged[]> {
  const kept = fresh.filter(isNewDelivery)
  const ids = kept.map(({ row }) => String(JSON.parse(row)[0]))
  const rows =
    ids.length === 0
      ? []
      : await orm
          .select({ id: deliveries.id, body: deliveries.body })
          .from(deliveries)
          .where(inArray(deliveries.id, ids))
  const bodies = new Map(rows.map(({ id, body }) => [JSON.stringify([id]), body]))
  return fresh.map((version) => ({ version, body: isNewDelivery(version) ? (bodies.get(version.row) ?? null) : null }))
}

function isNewDelivery({ tableName, was, became }: Version): boolean {
  return tableName === 'deliveries' && was === null && became !== null
}
