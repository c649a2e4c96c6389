import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@libsql/client'
import { openRecord } from '../../src/record/db.ts'
import { ourMigrations } from '../../src/record/migrating.ts'
import { changes } from '../../src/record/schema.ts'
import { kill, openHere, placeIn, runScript } from './kills.ts'

export interface MigrationToll {
  kills: number // that struck before the migration had ended
  old: number // records found at the schema of before
  new: number
  between: number // records found half migrated, or whose rows did not survive
  brokenSnapshots: number // offered under their name, but not whole
  notMended: number // that did not open afterwards
}
const growth = 150
const rows = 3_000

/** Kills a program while it migrates a record with something in it, at moments spread over the whole migration. */
export async function killWhileMigrating(kills: number): Promise<MigrationToll> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-migrations-'))
  const toll: MigrationToll = { kills: 0, old: 0, new: 0, between: 0, brokenSnapshots: 0, notMended: 0 }
  try {
    const pristine = await aRecordWithHistory(join(folder, 'pristine'))
    const migrations = await aGreatMigration(join(folder, 'migrations'))
    const wholeMs = await migrate(pristine, { to: join(folder, 'measured'), migrations, afterMs: 60_000 })
    for (let n = 0; n < kills; n++) {
      const tried = join(folder, `tried-${n}`)
      await migrate(pristine, { to: tried, migrations, afterMs: (wholeMs * (n + 0.5)) / kills })
      const found = await look(tried)
      toll.kills += 1
      toll[found.state] += 1
      toll.brokenSnapshots += found.brokenSnapshots
      toll.notMended += (await mends(tried, migrations)) ? 0 : 1
      await rm(tried, { recursive: true })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return toll
}

async function aRecordWithHistory(folder: string): Promise<string> {
  const db = await openHere(folder)
  const at = new Date('2026-11-23T08:00:00Z')
  const change = (n: number) =>
    db.orm.insert(changes).values({ id: `c${n}`, at, what: 'x'.repeat(200), recordedAt: at })
  await db.batch(Array.from({ length: rows }, (_, n) => change(n)))
  await db.close()
  return folder
}

/** Ours, and after them one that makes a table, fills it and copies all changes, again and again. */
async function aGreatMigration(folder: string): Promise<string> {
  await cp(ourMigrations, folder, { recursive: true })
  const path = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { idx: number; when: number; tag: string }[] }
  const last = journal.entries.at(-1)
  if (!last) throw new Error('there are no migrations')
  const entry = { ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_growth' }
  await writeFile(path, JSON.stringify({ ...journal, entries: [...journal.entries, entry] }))
  const statements = Array.from({ length: growth }, (_, n) => [
    `CREATE TABLE growth_${n} (id text)`,
    `INSERT INTO growth_${n} SELECT id FROM changes LIMIT 300`,
    `UPDATE changes SET what = what || '.' WHERE id = 'c${n}'`,
  ])
  await writeFile(join(folder, '9999_growth.sql'), statements.flat().join(';\n--> statement-breakpoint\n'))
  return folder
}

interface Trial {
  to: string
  migrations: string
  afterMs: number
}
/** Returns how long the migration took or lived, in ms. */
async function migrate(pristine: string, { to, migrations, afterMs }: Trial): Promise<number> {
  await cp(pristine, to, { recursive: true })
  const migrator = await runScript('migrator.ts', [to, migrations])
  if (!migrator.stdout) throw new Error('the migrator has no voice')
  const lines = createInterface({ input: migrator.stdout })
  const ended = once(migrator, 'exit')
  await once(lines, 'line')
  const begun = performance.now()
  const late = new AbortController()
  await Promise.race([once(lines, 'line'), ended, pause(afterMs, null, { signal: late.signal })])
  late.abort()
  const lived = performance.now() - begun
  await kill(migrator)
  return lived
}

async function look(folder: string): Promise<{ state: 'old' | 'new' | 'between'; brokenSnapshots: number }> {
  const copy = `${folder}-copy`
  await cp(folder, copy, { recursive: true })
  const snapshots = (await readdir(join(copy, 'snapshots')).catch(() => [])).filter((name) => name.endsWith('.db'))
  const whole = await Promise.all(
    snapshots.map(async (name) => (await tallyOf(join(copy, 'snapshots', name))) === 'old'),
  )
  const state = await tallyOf(join(copy, 'muster.db'))
  await rm(copy, { recursive: true })
  return { state, brokenSnapshots: whole.filter((sound) => !sound).length }
}

async function tallyOf(path: string): Promise<'old' | 'new' | 'between'> {
  const client = createClient({ url: `file:${path}`, concurrency: 1 })
  try {
    const ask = async (query: string) => (await client.execute(query)).rows[0]?.[0]
    const tables = await ask(`SELECT count(*) FROM sqlite_schema WHERE name LIKE 'growth_%'`)
    const grown = await ask(`SELECT count(*) FROM changes WHERE what LIKE '%.'`)
    const kept = await ask('SELECT count(*) FROM changes')
    const sound = (await ask('PRAGMA integrity_check')) === 'ok' && kept === rows
    if (sound && tables === 0 && grown === 0) return 'old'
    return sound && tables === growth && grown === growth ? 'new' : 'between'
  } finally {
    client.close()
  }
}

async function mends(folder: string, migrations: string): Promise<boolean> {
  const opening = { now: new Date('2026-11-24T08:00:00Z'), onFatal: () => undefined, migrations }
  const db = await openRecord(placeIn(folder), opening)
  const kept = await db.orm.$count(changes)
  await db.close()
  return kept === rows && (await tallyOf(join(folder, 'muster.db'))) === 'new'
}
