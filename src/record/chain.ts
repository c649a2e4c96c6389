import { createHash } from 'node:crypto'
import { desc, gt, isNotNull, lte, max, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import { versions } from './schema.ts'

export type Version = typeof versions.$inferSelect
/** Where the chain ends: whoever keeps it elsewhere can tell that nothing before it was changed, added or taken away. */
export interface Head {
  number: number
  hash: string // '' before the first version
}
export const beginning: Head = { number: 0, hash: '' }

/** What the triggers hash, byte for byte: all of the version after the hash of the one before it. */
export function hashOf(before: string, version: Omit<Version, 'hash'>): string {
  const { number, at, by, why, source, saving, tableName, row, was, became } = version
  const told = JSON.stringify([number, at.getTime(), by, why, source, saving, tableName, row, was, became])
  return createHash('sha3-256').update(`${before}\n${told}`).digest('hex')
}

/** The first version that does not follow from the one before it. null = the chain holds. */
export function firstBreak(after: Head, chain: readonly Version[]): Version | null {
  const before = { ...after }
  for (const version of chain) {
    if (version.number !== before.number + 1 || version.hash !== hashOf(before.hash, version)) return version
    Object.assign(before, { number: version.number, hash: version.hash })
  }
  return null
}

export async function headOf({ orm }: Pick<Db, 'orm'>): Promise<Head> {
  const { number, hash } = versions
  const [last] = await orm.select({ number, hash }).from(versions).orderBy(desc(number)).limit(1)
  return last ? { number: last.number, hash: last.hash ?? '' } : beginning
}

/** The last version told by an instant: where the clock showed it more than once, the last time counts. 0 = none. */
export async function cutAt({ orm }: Pick<Db, 'orm'>, at: Date): Promise<number> {
  const [found] = await orm
    .select({ number: max(versions.number) })
    .from(versions)
    .where(lte(versions.at, at))
  return found?.number ?? 0
}

const portion = 500

/** Chains the versions that the database could not chain itself: those of a server without sha3, and rows as they were found. */
export async function sealVersions({ orm }: Pick<Db, 'orm'>): Promise<void> {
  const last = await headOf({ orm })
  if (last.number === 0 || last.hash !== '') return

  const [sealed] = await orm
    .select({ number: versions.number, hash: versions.hash })
    .from(versions)
    .where(isNotNull(versions.hash))
    .orderBy(desc(versions.number))
    .limit(1)
  for (let head: Head = { number: sealed?.number ?? 0, hash: sealed?.hash ?? '' }; head.number < last.number; ) {
    const open = await versionsAfter({ orm }, head.number, portion)
    const hashes: [number, string][] = []
    for (const version of open) {
      head = { number: version.number, hash: hashOf(head.hash, version) }
      hashes.push([head.number, head.hash])
    }
    await orm.run(sql`
      update versions set hash = sealed.value ->> 1 from json_each(${JSON.stringify(hashes)}) as sealed
      where number = (sealed.value ->> 0)`)
  }
}

/** In the order of their writing. */
export async function versionsAfter({ orm }: Pick<Db, 'orm'>, number: number, limit: number): Promise<Version[]> {
  return orm.select().from(versions).where(gt(versions.number, number)).orderBy(versions.number).limit(limit)
}
