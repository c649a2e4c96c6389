import { and, eq, gt, gte, lte, or, type SQL } from 'drizzle-orm'
import { anHour } from '../calendar.ts'
import { cutAt, type Version } from './chain.ts'
import { correctionsFor } from './corrections.ts'
import type { Db } from './db.ts'
import { putRows, takeRows } from './putting.ts'
import { saying } from './saying.ts'
import { versions } from './schema.ts'
import { groupBy, inPortions, type Write } from './telling.ts'
import { rememberedAs } from './triggers.ts'
import { isTurnedBack, NeverTurnedBackError, neverTurnedBack, shiftsOfRows } from './turning-back.ts'
import { rowsOf, tablesWith, thingOf } from './versions.ts'

/** A thing that stands otherwise than it did: its rows as they were then and are now. null = not there. */
export interface Difference {
  thing: string // its id
  rows: ChangedRow[]
  later: Version | null // the last word said of it since that is not to be undone
}
export interface ChangedRow {
  table: string
  row: string
  was: string | null // as it is to stand again
  is: string | null
}
/** What a restoration would do, and which things it would leave alone because of what was said of them since. */
export interface Plan {
  differences: Difference[]
  conflicts: Difference[]
}
export interface Wanted {
  to: Date
  table: string // of the database; those restored together with it come along
  thing?: string | undefined // one alone: somebody asks for just that, so nothing said since is in the way
}

/**
 * Back to how things stood at an instant. Of many, those that the room has spoken of since are conflicts: what the room
 * decided, nothing overrules. Reads; changes nothing. Throws NeverTurnedBackError.
 */
export async function planRestoration(db: Db, { to, table, thing }: Wanted): Promise<Plan> {
  const why = rememberedAs(table) ? neverTurnedBack[table] : 'there is no such table'
  if (why) throw new NeverTurnedBackError(`${table} is not turned back: ${why}.`)

  const tables = tablesWith(table).filter(isTurnedBack)
  const cut = await cutAt(db, to)
  if (cut === 0) throw new NeverTurnedBackError(`Nothing was on the record by ${to.toISOString()}.`)

  const since = gt(versions.number, cut)
  const things = tables.map((name) =>
    and(eq(versions.tableName, name), thing === undefined ? undefined : rowsOf(name, thing)),
  )
  const changed = await changedBy(db, and(since, or(...things)), {
    isInTheWay: ({ source }) => thing === undefined && source === 'room',
  })
  return parted(changed)
}

/**
 * Back to before one saving: a merge, an edit; or before all savings of one telling with a reason of its own, an import.
 * Things that anybody has spoken of since are conflicts. undefined = there is no such saving. `reaches`: the tables that
 * whoever asks may turn back; rows of others stay.
 */
export async function planUndoing(
  db: Db,
  saving: number,
  reaches: (table: string) => boolean = () => true,
): Promise<(Plan & { told: Version; savings: number[] }) | undefined> {
  const [told] = await db.orm.select().from(versions).where(eq(versions.number, saving))
  if (!told) return undefined

  const savings = told.why === '' ? [told.saving] : await savingsLike(db, told)
  const undone = new Set(savings)
  const isMeant = ({ tableName }: Version) => isTurnedBack(tableName) && reaches(tableName)
  const changed = await changedBy(db, gte(versions.number, Math.min(...savings)), {
    isOurs: (version) => undone.has(version.saving) && isMeant(version),
    isInTheWay: (version) => !undone.has(version.saving) && isMeant(version),
  })
  return { told, savings, ...parted(changed) }
}

/**
 * Does what a plan says, as one saving of its own: told as a restoration, and undone like any other. A closed morning whose
 * figures it touches keeps them, and a numbered correction is filed.
 */
export async function restore(
  db: Db,
  plan: () => Promise<Plan>,
  told: { at: Date; by: string; why: string },
): Promise<Plan> {
  return saying({ ...told, source: 'restoration' }, () =>
    db.alone(async () => {
      const planned = await plan()
      const rows = planned.differences.flatMap(({ rows }) => rows)
      const corrections = await correctionsFor(db, shiftsOfRows(rows), { recordedAt: told.at })
      await db.batch([...leaving(db, rows), ...corrections])
      return planned
    }),
  )
}

const longestTelling = 6 * anHour

async function savingsLike({ orm }: Db, { at, source, by, why }: Version): Promise<number[]> {
  const near = (ms: number) => new Date(at.getTime() + ms)
  const alike = and(eq(versions.source, source), eq(versions.by, by), eq(versions.why, why))
  const rows = await orm
    .selectDistinct({ saving: versions.saving })
    .from(versions)
    .where(and(alike, gte(versions.at, near(-longestTelling)), lte(versions.at, near(longestTelling))))
  return rows.map(({ saving }) => saving)
}

function leaving(db: Db, rows: readonly ChangedRow[]): Write[] {
  return [...groupBy(rows, ({ table }) => table)].flatMap(([name, changed]) => {
    const table = rememberedAs(name)
    if (table === undefined) return []
    const gone = changed.filter(({ was }) => was === null).map(({ row }) => row)
    const there = changed.flatMap(({ was }) => was ?? [])
    return [
      ...[...inPortions(gone)].map((some) => takeRows(db, table, some)),
      ...[...inPortions(there)].map((some) => putRows(db, table, some)),
    ]
  })
}

interface Weighing {
  isOurs?(version: Version): boolean // whether it is to be undone; all without it
  isInTheWay(version: Version): boolean
}
const portion = 2_000

/** Things by what happened to their rows, oldest version first, read in portions that let others go on. */
async function changedBy(
  { orm }: Db,
  among: SQL | undefined,
  { isOurs = () => true, isInTheWay }: Weighing,
): Promise<Difference[]> {
  const things = new Map<string, { later: Version | null; rows: Map<string, ChangedRow> }>()
  for (let after = 0; ; ) {
    const found = await orm
      .select()
      .from(versions)
      .where(and(among, gt(versions.number, after)))
      .orderBy(versions.number)
      .limit(portion)
    for (const version of found) {
      const { tableName, row, was, became } = version
      const thing = thingOf(version)
      const known = things.get(thing) ?? { later: null, rows: new Map() }
      things.set(thing, known)
      const place = `${tableName} ${row}`
      const before = known.rows.get(place)
      if (isOurs(version)) known.rows.set(place, { table: tableName, row, was: before ? before.was : was, is: became })
      else if (before) before.is = became
      if (isInTheWay(version)) known.later = version
    }
    const last = found.at(-1)
    if (!last) break
    after = last.number
  }
  return [...things].flatMap(([thing, { later, rows }]) => {
    const changed = [...rows.values()].filter(({ was, is }) => was !== is)
    return changed.length === 0 ? [] : [{ thing, rows: changed, later }]
  })
}

function parted(all: readonly Difference[]): Plan {
  return {
    differences: all.filter(({ later }) => later === null),
    conflicts: all.filter(({ later }) => later !== null),
  }
}

/** How many rows of each table are not as they were at an instant. */
export async function countSince(
  db: Db,
  to: Date,
): Promise<{ table: string; came: number; changed: number; went: number }[]> {
  const since = gt(versions.number, await cutAt(db, to))
  const rows = (await changedBy(db, since, { isInTheWay: () => false })).flatMap((difference) => difference.rows)
  return [...groupBy(rows, ({ table }) => table)].map(([table, changed]) => ({
    table,
    came: changed.filter(({ was }) => was === null).length,
    changed: changed.filter(({ was, is }) => was !== null && is !== null).length,
    went: changed.filter(({ is }) => is === null).length,
  }))
}
