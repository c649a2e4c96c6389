import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withCopy } from '../../src/record/copies.ts'
import { ourMigrations } from '../../src/record/migrating.ts'
import { rebuild } from '../../src/record/rebuilding.ts'
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

/** Flips one random byte of a random file of the backup, again and again, and counts how often that is found. */
export async function rotEverywhere(
  branch: string,
  { flips, roll }: { flips: number; roll: (most: number) => number },
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
    const { faults } = await verify({ copy: null, branches: [branch] })
    if (faults.length > 0) tally.found += 1
    await writeFile(path, bytes)
  }
  return tally
}
