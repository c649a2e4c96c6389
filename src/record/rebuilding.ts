import { constants } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gt, inArray, min, sql } from 'drizzle-orm'
import { faultOfSnapshot, type Manifest, manifestsIn } from './backup-folder.ts'
import { cutAt, headOf } from './chain.ts'
import { type Logged, readLog } from './change-log.ts'
import { type Copy, withCopy } from './copies.ts'
import { examineCopy, examinePast, type Found, type PastFound } from './examining.ts'
import { RecordRefusedError } from './faults.ts'
import { finish, half } from './files.ts'
import { migrateRecord } from './migrating.ts'
import { putRows, takeRows } from './putting.ts'
import { remember, withoutTriggers } from './remembering.ts'
import { saying, spoken } from './saying.ts'
import { versions } from './schema.ts'
import { groupBy, inPortions, type Write } from './telling.ts'
import { heavyOf, rememberedAs, withoutPast } from './triggers.ts'

export interface Rebuilding {
  branch: string
  migrations: string
  to: string | null // an instant; null = as far as the backup reaches
  out: string
  told: { at: string; by: string; why: string } | null // the restoration, told as a version of its own; null = a trial
}
export interface Rebuilt extends Found {
  snapshot: string // from which it began; '' = from the log alone
  faults: string[] // of the backup, and what was done without
  reached: number // the last version of the record that was taken over
  past: PastFound
}

/**
 * The record as it stood at an instant, in a file of its own, from a branch of the backup: its newest sound snapshot, all that
 * the log tells since, and back again from there to the last moment at which the clock showed that instant.
 */
export async function rebuild({ branch, migrations, to, out, told }: Rebuilding): Promise<Rebuilt> {
  const faults: string[] = []
  await rm(half(out), { force: true })
  const snapshot = await newestSound(branch, faults)
  if (snapshot) await copyFile(join(branch, 'snapshots', snapshot.file), half(out), constants.COPYFILE_FICLONE)
  const rebuilt = await withCopy(half(out), async (copy) => {
    for (const pragma of quick) await copy.client.execute(pragma)
    await migrateRecord(copy.client, { migrations, snapshots: null, now: new Date(0) })
    await copy.client.batch((await withoutTriggers(copy.client)).concat(emptied), 'write')
    for await (const portion of readLog(join(branch, 'log'), await headOf(copy), faults)) await takeOver(copy, portion)
    if (to !== null) await goBack(copy, new Date(to))
    await remember(copy.client)
    const { number: reached } = await headOf(copy)
    if (told) await tell(copy, told, to)
    return {
      ...(await examineCopy(copy)),
      past: await examinePast(copy),
      snapshot: snapshot?.file ?? '',
      faults,
      reached,
    }
  })
  await finish(out)
  return rebuilt
}

// Nobody is promised anything of it before it is finished.
const quick = ['PRAGMA synchronous=OFF', 'PRAGMA journal_mode=MEMORY', 'PRAGMA cache_size=-65536']
// What has no past cannot be told as of then: nobody is signed in on a restored record.
const emptied = Object.keys(withoutPast)
  .filter((table) => table !== 'versions')
  .map((table) => `DELETE FROM ${table}`)

async function newestSound(branch: string, faults: string[]): Promise<Manifest | null> {
  for (const manifest of (await manifestsIn(branch, faults)).toReversed()) {
    const fault = await faultOfSnapshot(branch, manifest)
    if (fault === null) return manifest
    faults.push(fault)
  }
  return null
}

/** What became of each row of a portion, and the versions themselves. */
async function takeOver(copy: Copy, portion: readonly Logged[]): Promise<void> {
  const last = new Map<string, Standing>()
  for (const { version, body } of portion) {
    const { tableName, row, became } = version
    const key = `${tableName} ${row}`
    const bytes = body ?? last.get(key)?.bytes ?? null
    last.set(key, { tableName, row, json: became && withBytes(tableName, became, bytes), bytes })
  }
  const told = portion.map(({ version: { at, ...version } }) => ({ ...version, at: at.getTime() }))
  await write(copy, [...leaving(copy, [...last.values()]), keep(copy, JSON.stringify(told))])
}

/** How a row is to stand. json null = not at all. */
interface Standing {
  tableName: string
  row: string
  json: string | null
  bytes?: Buffer | null
}

function withBytes(tableName: string, json: string, bytes: Buffer | null): string {
  const heavy = heavyOf(tableName)
  return heavy ? JSON.stringify({ ...JSON.parse(json), [heavy.name]: bytes?.toString('hex') ?? '' }) : json
}

function leaving(copy: Copy, standings: readonly Standing[]): Write[] {
  return [...groupBy(standings, ({ tableName }) => tableName)].flatMap(([name, rows]) => {
    const table = rememberedAs(name)
    if (table === undefined) return [] // a table that is no more
    const gone = rows.filter(({ json }) => json === null).map(({ row }) => row)
    const there = rows.flatMap(({ json }) => json ?? [])
    return [
      ...[...inPortions(gone)].map((some) => takeRows(copy, table, some)),
      ...[...inPortions(there)].map((some) => putRows(copy, table, some)),
    ]
  })
}

function keep({ orm }: Copy, told: string): Write {
  return orm.run(sql`
    insert into versions (number, at, by, why, source, saving, table_name, row, was, became, hash)
    select v.value ->> 'number', v.value ->> 'at', v.value ->> 'by', v.value ->> 'why', v.value ->> 'source',
      v.value ->> 'saving', v.value ->> 'tableName', v.value ->> 'row', v.value ->> 'was', v.value ->> 'became',
      v.value ->> 'hash' from json_each(${told}) as v`)
}

/** Every row that changed after the cut, as it was before its first change; and nothing of the past after it. */
async function goBack(copy: Copy, to: Date): Promise<void> {
  const cut = await cutAt(copy, to)
  if (cut === 0) throw new RecordRefusedError(`Nothing was on the record by ${to.toISOString()}.`)

  const { tableName, row, was, number } = versions
  const first = copy.orm
    .select({ number: min(number) })
    .from(versions)
    .where(gt(number, cut))
    .groupBy(tableName, row)
  const before = await copy.orm.select({ tableName, row, json: was }).from(versions).where(inArray(number, first))
  await write(copy, [...leaving(copy, before), copy.orm.delete(versions).where(gt(number, cut))])
}

async function write({ orm }: Copy, [first, ...rest]: readonly Write[]): Promise<void> {
  if (first) await orm.batch([first, ...rest])
}

async function tell(
  { client }: Copy,
  { at, by, why }: NonNullable<Rebuilding['told']>,
  to: string | null,
): Promise<void> {
  const value = JSON.stringify({ to, by })
  const sql = 'INSERT INTO record (key, value) VALUES (?, ?)'
  await saying({ at: new Date(at), by, why, source: 'restoration' }, () =>
    client.batch(spoken([{ sql, args: [`restored-at ${at}`, value] }], undefined), 'write'),
  )
}
