import { statfs } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import { type Found, pragmaFaults, pragmaNames } from './pragmas.ts'

/** How the record itself is. `remote`: a server's, whose settings and disk are its own business. */
export interface Health {
  remote: boolean
  settings: string[] // what is not set as it must be
  sqlite: string
  migrations: number
  damage: string[] // what the check of the file found; empty = sound
  strays: number // rows that refer to what is not there
  bytes: number
}

/** Reads the whole file: about a second for each gigabyte, `thorough` (indexes against their tables) several. */
export async function examineRecord(
  db: Db,
  { remote, thorough }: { remote: boolean; thorough: boolean },
): Promise<Health> {
  const { orm } = db
  const [version] = await orm.values<[string]>(sql`select sqlite_version()`)
  const [migrations] = await orm.values<[number]>(sql`select count(*) from __drizzle_migrations`)
  const check = thorough ? sql`select * from pragma_integrity_check(20)` : sql`select * from pragma_quick_check(20)`
  const found = (await orm.values<[string]>(check)).flatMap((row) => row[0].split('\n'))
  const strays = await orm.values(sql`select * from pragma_foreign_key_check`)
  const [size] = await orm.values<[number]>(
    sql`select page_count * page_size from pragma_page_count(), pragma_page_size()`,
  )
  const settings = remote ? [] : pragmaFaults({ ...(await askPragmas(db)), sqlite_version: version?.[0] ?? '' })
  return {
    remote,
    settings,
    sqlite: version?.[0] ?? 'unknown',
    migrations: migrations?.[0] ?? 0,
    damage: found.filter((line) => line !== 'ok' && !line.startsWith('***')),
    strays: strays.length,
    bytes: size?.[0] ?? 0,
  }
}

/** Bytes still free where the record lies. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const struck = new WeakMap<Db, Date>()

/** The clock has struck for this record: what is due is looked at. */
export function noteStrike(db: Db, at: Date): void {
  struck.set(db, at)
}

/** undefined = no clock strikes for it here: a test, a command. */
export function lastStrike(db: Db): Date | undefined {
  return struck.get(db)
}

async function askPragmas({ orm }: Db): Promise<Found> {
  const found: Record<string, string> = {}
  for (const name of pragmaNames) found[name] = String((await orm.values(sql`PRAGMA ${sql.identifier(name)}`))[0]?.[0])
  return found
}
