import { is, type SQL, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { noted } from './audit.ts'
import { hashOf, type Version, versionsAfter } from './chain.ts'
import { sha3Of } from './change-log.ts'
import type { Db } from './db.ts'
import * as schema from './schema.ts'
import { drawId } from './secrets.ts'
import type { Person } from './shapes.ts'
import type { Write } from './telling.ts'

interface Voice {
  at: Date
  by: string
  from?: string
}

/**
 * Nobody can tell any more who it was: name and address give way to a pseudonym in every table, in every version of every
 * row and in what was delivered, and the past is chained anew. What happened stays. Backups made before keep the name until
 * they expire. Answers the pseudonym.
 */
export async function forgetPerson(db: Db, person: Person, { at, by, from = '' }: Voice): Promise<string> {
  return db.alone(async () => {
    const pseudonym = `somebody-${drawId()
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 8)}`
    const { words, swap } = await sought(db, person, pseudonym)
    const found = await Promise.all(places.map((place) => swappedIn(db, place, { words, swap: deeply(swap) })))
    const swapped = found.flat()
    const rehashed = new Map(swapped.flatMap(({ hashes }) => (hashes ? [hashes] : [])))
    const triggers = await triggersIn(db)
    await db.batch([
      ...triggers.map(({ name }) => db.orm.run(sql`drop trigger ${sql.identifier(name)}`)),
      ...swapped.map(({ write }) => write),
      ...without(db, pseudonym),
      ...(await pastWithout(
        db,
        deeply((text) => withHashes(swap(text), rehashed)),
      )),
      ...triggers.map(({ sql: made }) => db.orm.run(made)),
      noted(db, { at, by: by === person.id ? pseudonym : by, what: 'person-forgotten', subject: pseudonym, from }),
    ])
    return pseudonym
  })
}

/** A column that holds words. */
interface Place {
  table: string
  column: string
  isBlob: boolean
}
const places: Place[] = Object.values(schema)
  .filter((value) => is(value, SQLiteTable))
  .flatMap((table) => {
    const { name, columns } = getTableConfig(table)
    return columns
      .filter((column) => ['text', 'blob'].includes(column.getSQLType()))
      .map((column) => ({
        table: name,
        column: column.keyAsName ? toSnakeCase(column.name) : column.name,
        isBlob: column.getSQLType() === 'blob',
      }))
  })
  .filter(({ table }) => table !== 'versions')

type Swap = (text: string) => string

interface Sought {
  words: string[]
  swap: Swap
}

/** By whole addresses and whole names: 'ana@example.com' is not in 'joana@example.com', nor Ana in Anatomy. */
async function sought({ orm }: Db, { id, email, name }: Person, pseudonym: string): Promise<Sought> {
  const namesakes = await orm.values(sql`select 1 from people where lower(name) = lower(${name})`)
  const given = namesakes.length > 1 ? [id, email] : [id, email, name]
  const words = [...new Set(given.flatMap((word) => [word, encodeURIComponent(word)]))].filter((word) => word !== '')
  const pattern = new RegExp(words.map(patternOf).join('|'), 'giu')
  return { words, swap: (text) => text.replace(pattern, pseudonym) }
}

// A single name is one only where it stands alone: in a sentence it may be somebody else's.
function patternOf(word: string): string {
  const escaped = word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
  return /[@\s]|%40|%20/.test(word) ? String.raw`(?<![\p{L}\p{N}._%+-])${escaped}(?![\p{L}\p{N}])` : `^${escaped}$`
}

// What stands within JSON is read as it was meant; nothing else of it is touched.
function deeply(swap: Swap): Swap {
  const inside: Swap = (text) =>
    /^\s*[[{]/.test(text) ? text.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => requoted(quoted, inside)) : swap(text)
  return inside
}

function requoted(quoted: string, swap: Swap): string {
  const text = unquoted(quoted)
  const swapped = text === null ? null : swap(text)
  return swapped === null || swapped === text ? quoted : JSON.stringify(swapped)
}

function unquoted(quoted: string): string | null {
  try {
    return JSON.parse(quoted)
  } catch {
    return null
  }
}

interface Swapped {
  write: Write
  hashes?: [string, string]
}

async function swappedIn({ orm }: Db, { table, column, isBlob }: Place, { words, swap }: Sought): Promise<Swapped[]> {
  const [from, what] = [sql.identifier(table), sql.identifier(column)]
  const holds = words.map((word) => sql`instr(lower(cast(${what} as text)), lower(${word})) > 0`)
  const rows = await orm.values<[number, string | ArrayBuffer]>(
    sql`select rowid, ${what} from ${from} where ${sql.join(holds, sql` or `)}`,
  )
  return rows.flatMap((row) => {
    const [rowid, value] = [row[0], row[1]] // the driver's rows have places, and cannot be taken apart
    const text = typeof value === 'string' ? value : Buffer.from(value).toString('utf8')
    const swapped = swap(text)
    if (swapped === text) return []
    const bytes = Buffer.from(swapped)
    const write = orm.run(sql`update ${from} set ${what} = ${isBlob ? bytes : swapped} where rowid = ${rowid}`)
    return [{ write, hashes: [sha3Of(Buffer.from(text)), sha3Of(bytes)] as [string, string] }]
  })
}

/** What only served to know them by. */
function without({ orm }: Db, pseudonym: string): Write[] {
  return [
    orm.run(sql`update people set name = ${pseudonym}, email = '', role = null, function = null, zone = null, deputy = null
      where id = ${pseudonym}`),
    ...['identities', 'passkeys', 'sessions', 'sign_in_links', 'person_roles', 'team_members'].map((table) =>
      orm.run(sql`delete from ${sql.identifier(table)} where person_id = ${pseudonym}`),
    ),
  ]
}

function withHashes(text: string, rehashed: ReadonlyMap<string, string>): string {
  return rehashed.size === 0 ? text : text.replace(/\b[0-9a-f]{64}\b/g, (hash) => rehashed.get(hash) ?? hash)
}

const portion = 500

/** Every version told with the pseudonym, and every one after the first of them chained to the one before it as it is now. */
async function pastWithout(db: Db, swap: Swap): Promise<Write[]> {
  const writes: Write[] = []
  for (let after = 0, before = '', isChanged = false; ; ) {
    const versions = await versionsAfter(db, after, portion)
    const told = versions.map((version) => swappedVersion(version, swap))
    const hashes: [number, string][] = []
    for (const [place, version] of told.entries()) {
      const was = versions[place]
      isChanged ||= version !== was
      const hash = isChanged ? hashOf(before, version) : (was?.hash ?? '')
      if (isChanged) hashes.push([version.number, hash])
      if (version !== was) writes.push(rewritten(db, version))
      before = hash
    }
    if (hashes.length > 0)
      writes.push(
        db.orm.run(sql`update versions set hash = sealed.value ->> 1 from json_each(${JSON.stringify(hashes)}) as sealed
          where number = (sealed.value ->> 0)`),
      )
    if (versions.length < portion) return writes
    after = versions.at(-1)?.number ?? after
  }
}

function swappedVersion(version: Version, swap: Swap): Version {
  const { row, was, became, by, why } = version
  const told = {
    row: swap(row),
    was: was === null ? null : swap(was),
    became: became === null ? null : swap(became),
    by: swap(by),
    why: swap(why),
  }
  const isSame = Object.entries(told).every(([name, value]) => version[name as keyof typeof told] === value)
  return isSame ? version : { ...version, ...told }
}

function rewritten({ orm }: Db, { number, row, was, became, by, why }: Version): Write {
  const columns: SQL = sql`row = ${row}, was = ${was}, became = ${became}, by = ${by}, why = ${why}`
  return orm.run(sql`update versions set ${columns} where number = ${number}`)
}

async function triggersIn({ orm }: Db): Promise<{ name: string; sql: string }[]> {
  const rows = await orm.values<[string, string]>(
    sql`select name, sql from sqlite_schema where type = 'trigger' and name glob 'versions_*'`,
  )
  return rows.map((row) => ({ name: row[0], sql: row[1] }))
}
