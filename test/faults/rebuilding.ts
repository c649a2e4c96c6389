import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { manifestsIn } from '../../src/record/backup-folder.ts'
import { withCopy } from '../../src/record/copies.ts'
import type { Db } from '../../src/record/db.ts'
import { ourMigrations } from '../../src/record/migrating.ts'
import { rebuild } from '../../src/record/rebuilding.ts'
import { planRestoration, restore, type Wanted } from '../../src/record/restoring.ts'
import { saying } from '../../src/record/saying.ts'
import { verify } from '../../src/record/verifying.ts'
import { type Remembrance, standingOf } from './random-life.ts'

/** Rebuilds a branch as of each moment and lays it beside what was remembered; names what is not equal, or not sound. */
export async function equalAt(
  branch: string,
  moments: readonly Remembrance[],
): Promise<{ tried: number; unequal: string[] }> {
  const unequal: string[] = []
  for (const { at, standing } of moments) {
    const out = join(branch, 'rebuilt.db')
    const asked = { branch, migrations: ourMigrations, to: at.toISOString(), out, told: null }
    const { damage, faults, past } = await rebuild(asked)
    const found = await withCopy(out, (copy) => standingOf(copy))
    const other = [...standing].filter(([table, rows]) => found.get(table) !== rows).map(([table]) => table)
    const wrong = [
      ...damage,
      ...faults,
      ...past.strays.map(({ row }) => row),
      ...(past.broken ? ['broken'] : []),
      ...other,
    ]
    if (wrong.length > 0) unequal.push(`${at.toISOString()}: ${wrong.join(', ')}`)
    await rm(out)
  }
  return { tried: moments.length, unequal }
}

const restored = ['planned_events', 'people', 'site_events']

/** Restores tables, then one row, in the open record to each moment and back again: then, and as it was before. */
export async function rowsEqualAt(
  db: Db,
  moments: readonly Remembrance[],
): Promise<{ tried: number; unequal: string[] }> {
  const unequal: string[] = []
  const clock = { at: Math.max(...moments.map(({ at }) => at.getTime())) + 3_600_000 }
  const say = () => {
    clock.at += 1_000
    return { at: new Date(clock.at), by: 'ana', why: 'a trial' }
  }
  for (const [turn, { at, standing }] of moments.entries()) {
    const table = restored[turn % restored.length] ?? ''
    const before = await standingOf(db, [table])
    const mark = say()
    await saying(mark, () => db.orm.run(sql`insert into record (key, value) values (${`mark ${turn}`}, '')`))
    const { differences, conflicts } = await planRestoration(db, { to: at, table })
    const one = [...differences, ...conflicts].at(turn % 7)?.thing
    const back = (thing?: string) => restore(db, () => planRestoration(db, { to: at, table, thing }), say())
    if (one) await back(one)
    if (one && (await stillOther(db, { to: at, table, thing: one }))) unequal.push(`${table} ${one}`)
    await back()
    for (const { thing } of conflicts) await back(thing)
    if ((await standingOf(db, [table])).get(table) !== standing.get(table))
      unequal.push(`${table} as of ${at.toISOString()}`)
    await restore(db, () => planRestoration(db, { to: mark.at, table }), say())
    if ((await standingOf(db, [table])).get(table) !== before.get(table)) unequal.push(`${table} and back`)
  }
  return { tried: moments.length, unequal }
}

async function stillOther(db: Db, wanted: Wanted): Promise<boolean> {
  return (await planRestoration(db, wanted)).differences.length > 0
}

/** Flips one random byte of a random file of the backup, again and again, and counts how often that is found. */
export async function rotEverywhere(
  branch: string,
  { flips, roll, look = looked }: { flips: number; roll: (most: number) => number; look?: typeof looked },
): Promise<{ tried: number; found: number }> {
  const files = (
    await Promise.all(
      ['log', 'snapshots'].map(async (part) =>
        (await readdir(join(branch, part))).map((name) => join(branch, part, name)),
      ),
    )
  ).flat()
  const tally = { tried: 0, found: 0 }
  for (; tally.tried < flips; tally.tried++) {
    const path = files[roll(files.length)] ?? ''
    const bytes = await readFile(path)
    const rotten = Buffer.from(bytes)
    const place = roll(bytes.length)
    rotten[place] = (rotten[place] ?? 0) ^ (1 << roll(8))
    await writeFile(path, rotten)
    if (await look(branch)) tally.found += 1
    await writeFile(path, bytes)
  }
  return tally
}

/** Whether anything is found to be wrong. */
async function looked(branch: string): Promise<boolean> {
  return (await verify({ copy: null, branches: [branch] })).faults.length > 0
}

/** The control: whether each snapshot is there, and as large as it was. */
export async function lookedAtSizes(branch: string): Promise<boolean> {
  const sizes = await Promise.all(
    (await manifestsIn(branch)).map(
      async ({ file, bytes }) => (await stat(join(branch, 'snapshots', file))).size === bytes,
    ),
  )
  return sizes.includes(false)
}
