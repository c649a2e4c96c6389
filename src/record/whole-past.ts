import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beginning, versionsAfter } from './chain.ts'
import { headerAfter, lineOf, segmentName, segmentOf } from './change-log.ts'
import type { Db } from './db.ts'
import { ourMigrations } from './migrating.ts'
import { rebuild } from './rebuilding.ts'
import { withBodies } from './shipping.ts'

/** The whole past as a change log: all that was ever changed, with what was delivered byte for byte. */
export async function* pastLines(db: Db): AsyncGenerator<string[]> {
  yield [headerAfter(beginning)]
  for (let after = 0; ; ) {
    const portion = await versionsAfter(db, after, 100)
    const last = portion.at(-1)
    if (!last) return
    yield (await withBodies(db, portion)).map(lineOf)
    after = last.number
  }
}

/** A record that has lived what such a log tells, in a file of its own. Throws what is wrong with the log. */
export async function relive(log: string, out: string): Promise<{ versions: number; rows: number }> {
  const text = await readFile(log, 'utf8')
  const { fault } = segmentOf(text)
  if (fault) throw new Error(`${log}: ${fault}`)

  const branch = `${out}.past`
  await mkdir(join(branch, 'log'), { recursive: true })
  try {
    await writeFile(join(branch, 'log', segmentName(1)), text)
    const { faults, reached, tables } = await rebuild({ branch, migrations: ourMigrations, to: null, out, told: null })
    if (faults[0]) throw new Error(faults[0])
    return { versions: reached, rows: Object.values(tables).reduce((sum, count) => sum + count, 0) }
  } finally {
    await rm(branch, { recursive: true, force: true })
  }
}
