import { and, desc, eq, gt, gte, inArray, lt, lte, or, type SQL } from 'drizzle-orm'
import type { Version } from './chain.ts'
import type { Db } from './db.ts'
import { versions } from './schema.ts'

/** What belongs together, by the first part of their keys: a thing, all that was said of it, and what follows from that. */
const together: readonly (readonly string[])[] = [
  ['incidents', 'incident_events', 'incident_problems'],
  ['problems', 'problem_events'],
  ['actions', 'action_events'],
  ['changes', 'change_events'],
  ['services', 'needs'],
  ['exposures', 'exposure_events', 'site_events'],
  ['people', 'person_roles'],
]
/** The tables of what lies in one of them. */
export function tablesWith(table: string): readonly string[] {
  return together.find((group) => group.includes(table)) ?? [table]
}

/** One saving: what one of us, or a tool, changed at once. The past of one thing holds only what is of that thing. */
export interface Saving {
  number: number // of its first version
  at: Date
  by: string
  why: string
  source: string
  rows: Version[] // oldest first
}

/** The past of a thing, newest saving first: up to `limit` versions, from before a version on. */
export async function pastOf(
  db: Db,
  {
    table,
    thing,
    at,
    before,
    limit = 300,
  }: { table: string; thing: string; at: Date; before?: number | undefined; limit?: number },
): Promise<Saving[]> {
  const rows = tablesWith(table).map((name) => and(eq(versions.tableName, name), rowsOf(name, thing)))
  return savingsAmong(db, and(or(...rows), lte(versions.at, at)), { before, limit })
}

/** What was saved last, of any thing; `tables` = only there. */
export async function latestSavings(
  db: Db,
  {
    at,
    tables,
    before,
    limit = 200,
  }: { at: Date; tables?: readonly string[] | undefined; before?: number | undefined; limit?: number },
): Promise<Saving[]> {
  return savingsAmong(db, and(within(tables), lte(versions.at, at)), { before, limit })
}

/** All of one saving that lies in some tables, by the number of any of its versions. */
export async function findSaving(
  { orm }: Db,
  number: number,
  { tables, limit = 500 }: { tables?: readonly string[] | undefined; limit?: number } = {},
): Promise<Saving | undefined> {
  const [one] = await orm.select().from(versions).where(eq(versions.number, number))
  if (!one) return undefined

  const [next] = await orm
    .select({ number: versions.number })
    .from(versions)
    .where(and(gt(versions.number, number), gt(versions.saving, one.saving)))
    .orderBy(versions.number)
    .limit(1)
  const its = and(gte(versions.number, one.saving), next ? lt(versions.number, next.number) : undefined)
  const rows = await orm
    .select()
    .from(versions)
    .where(and(its, within(tables)))
    .orderBy(versions.number)
    .limit(limit)
  return asSaving(rows)
}

function within(tables: readonly string[] | undefined): SQL | undefined {
  return tables && inArray(versions.tableName, [...tables])
}

async function savingsAmong(
  { orm }: Db,
  among: SQL | undefined,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<Saving[]> {
  const older = before === undefined ? undefined : lt(versions.number, before)
  const found = await orm.select().from(versions).where(and(among, older)).orderBy(desc(versions.number)).limit(limit)
  const bySaving = new Map<number, Version[]>()
  for (const version of found.toReversed()) {
    const rows = bySaving.get(version.saving)
    if (rows) rows.push(version)
    else bySaving.set(version.saving, [version])
  }
  return [...bySaving.values()].toReversed().flatMap((rows) => asSaving(rows) ?? [])
}

function asSaving(rows: Version[]): Saving | undefined {
  const [first] = rows
  if (!first) return undefined
  const { saving: number, at, by, why, source } = first
  return { number, at, by, why, source, rows }
}

// A key is a JSON list: after its first part comes a comma or its end. The id of an exposure is its service and its start.
/** The versions of a table that are of one thing. */
export function rowsOf(table: string, thing: string): SQL | undefined {
  const first = JSON.stringify([table === 'exposures' ? `${thing}@` : thing])
  const from = first.slice(0, table === 'exposures' ? -2 : -1)
  return and(gte(versions.row, from), lt(versions.row, `${from}${table === 'exposures' ? '\u{10ffff}' : '^'}`))
}

/** Whose row a version is of. */
export function thingOf({ tableName, row }: Pick<Version, 'tableName' | 'row'>): string {
  const first = String(JSON.parse(row)[0])
  return tableName === 'exposures' ? first.slice(0, first.lastIndexOf('@')) : first
}
