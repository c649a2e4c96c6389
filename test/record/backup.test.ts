import { execFileSync } from 'node:child_process'
import { appendFile, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { backupOf, backupStanding } from '../../src/record/backup.ts'
import { manifestsIn, worthKeeping } from '../../src/record/backup-folder.ts'
import { headOf } from '../../src/record/chain.ts'
import { loggedOn, segmentOf } from '../../src/record/change-log.ts'
import { type Db, openRecord } from '../../src/record/db.ts'
import { drillHeard } from '../../src/record/drills.ts'
import { ourMigrations } from '../../src/record/migrating.ts'
import { rebuild } from '../../src/record/rebuilding.ts'
import { saying } from '../../src/record/saying.ts'
import { changes, deliveries } from '../../src/record/schema.ts'
import { type ChangeLog, openChangeLog } from '../../src/record/shipping.ts'
import { takeSnapshot } from '../../src/record/snapshots.ts'
import { type Verified, verify } from '../../src/record/verifying.ts'
import { dice, live } from '../faults/random-life.ts'
import { equalAt, rotEverywhere } from '../faults/rebuilding.ts'
import { aFolder } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'

const from = new Date('2026-11-23T00:00:00Z')
const minutes = (count: number) => new Date(from.getTime() + count * 60_000)

test('a random life is rebuilt as it stood at any remembered moment, from the log alone and from a snapshot', async () => {
  const { db, backup } = await aRecord()
  const log = await openLog(db, backup)
  const roll = dice(7)
  const ship = async (done: number) => void (roll(20) === 0 && (await log.ship(minutes(done))))
  const moments = await live(db, { operations: 600, remembrances: 5, from, roll, between: ship })
  await log.ship(minutes(10_000))

  expect(await equalAt(log.branch, moments.slice(0, 2))).toEqual({ tried: 2, unequal: [] })
  await takeSnapshot(db, log.branch, minutes(10_000))
  expect(await equalAt(log.branch, moments.slice(2))).toEqual({ tried: 3, unequal: [] })
})

test('what was shipped survives the loss of the data folder, deliveries byte for byte', async () => {
  const { db, backup, folder } = await aRecord()
  const log = await openLog(db, backup)
  const body = Buffer.from([0, 255, 10, 13])
  await db.batch([
    aChange(db, 'c1'),
    db.orm.insert(deliveries).values({ id: 'd1', source: 'lift', receivedAt: from, body }),
  ])
  await log.ship(minutes(1))
  await db.batch([aChange(db, 'not shipped')])
  await db.close()
  await rm(folder, { recursive: true })

  const again = await rebuilt(log.branch)

  expect((await again.orm.select().from(changes)).map(({ id }) => id)).toEqual(['c1'])
  expect((await again.orm.select().from(deliveries))[0]?.body).toEqual(body)
})

test('a backup folder that is taken away under the open log is noticed at the next shipment, and all is told anew', async () => {
  const { db, backup } = await aRecord()
  const log = await openLog(db, backup)
  await db.batch([aChange(db, 'c1')])
  await log.ship(minutes(1))
  await rm(backup, { recursive: true })
  await db.batch([aChange(db, 'c2')])
  await log.ship(minutes(2))
  await rm(join(log.branch, 'log/000000000001.jsonl'))
  await db.batch([aChange(db, 'c3')])
  await log.ship(minutes(3))

  const again = await rebuilt(log.branch)
  expect((await again.orm.select().from(changes)).map(({ id }) => id)).toEqual(['c1', 'c2', 'c3'])
})

test('a line of the log is read back as it was told, and no other line is', async () => {
  const { db, backup } = await aRecord()
  const log = await openLog(db, backup)
  const why = 'says ,"row": and ,"hash":'
  await saying({ why, by: '"quoted"\n' }, () => db.batch([aChange(db, 'c1')]))
  await log.ship(minutes(1))
  const [header = '', first = '', line = ''] = (await segment(log.branch)).split('\n')

  expect(loggedOn(line)?.version).toMatchObject({ why, by: '"quoted"\n', tableName: 'changes', was: null })
  const others = Array.from(line, (sign, place) => line.slice(0, place) + other(sign) + line.slice(place + 1))
  const believed = others.filter((text) => segmentOf(`${[header, first, text].join('\n')}\n`).fault === null)
  expect(believed).toEqual([])
})

test('a last line cut short counts for nothing, and the log goes on after it', async () => {
  const { db, backup } = await aRecord()
  const log = await openLog(db, backup)
  await db.batch([aChange(db, 'c1')])
  await log.ship(minutes(1))
  await appendFile(join(log.branch, 'log', '000000000001.jsonl'), '{"number":3,"at":"2026')
  const again = await openLog(db, backup)
  await db.batch([aChange(db, 'c2')])
  await again.ship(minutes(2))

  expect(again.branch).toBe(log.branch)
  const verified = await verify({ copy: null, branches: [log.branch] })
  expect(verified).toMatchObject({ segments: 2, faults: [] })
  expect(await (await rebuilt(log.branch)).orm.$count(changes)).toBe(2)
})

test('another record in the same backup folder begins a branch of its own and overwrites nothing', async () => {
  const { db, backup } = await aRecord()
  const log = await openLog(db, backup)
  await db.batch([aChange(db, 'c1')])
  await log.ship(minutes(1))
  const other = await aRecord(minutes(60))
  await (await openLog(other.db, backup)).ship(minutes(61))

  expect(await readdir(backup)).toEqual(['0001', '0002'])
  expect(await (await rebuilt(log.branch)).orm.$count(changes)).toBe(1)
})

test('one flipped byte anywhere in the backup is found, and a restoration does without the damaged snapshot', async () => {
  const { db, backup } = await aRecord()
  const log = await openLog(db, backup)
  for (const n of [1, 2]) {
    await db.batch([aChange(db, `c${n}`)])
    await log.ship(minutes(60 * n))
    await takeSnapshot(db, log.branch, minutes(60 * n))
  }

  expect(await rotEverywhere(log.branch, { flips: 12, roll: dice(3) })).toEqual({ tried: 12, found: 12 })
  const [, newest] = await manifestsIn(log.branch)
  await truncate(join(log.branch, 'snapshots', newest?.file ?? ''), 5_000)
  expect(await (await rebuilt(log.branch)).orm.$count(changes)).toBe(2)
})

test('a snapshot that was not finished is never offered, and swept away by the next', async () => {
  const { db, backup } = await aRecord()
  const log = await openLog(db, backup)
  await log.ship(minutes(1))
  const folder = join(log.branch, 'snapshots')
  await writeFile(join(folder, 'half.db.tmp'), 'half')
  await writeFile(join(folder, 'named.db'), 'renamed, but without its manifest')

  expect(await manifestsIn(log.branch)).toEqual([])
  await takeSnapshot(db, log.branch, minutes(2))
  expect(await manifestsIn(log.branch)).toHaveLength(1)
  await expect(stat(join(folder, 'half.db.tmp'))).rejects.toThrow('ENOENT')
})

test('for forty days of hourly snapshots, one of each of 24 hours and 35 days stays, and one is always 6 to 12 hours old', () => {
  const kept: { takenAt: string }[] = []
  for (let hour = 0; hour < 40 * 24; hour++) {
    const now = minutes(hour * 60 + (hour % 50))
    kept.push({ takenAt: now.toISOString() })
    const worth = worthKeeping(kept, now)
    kept.splice(0, kept.length, ...kept.filter((snapshot) => worth.has(snapshot)))
    const ages = kept.map(({ takenAt }) => (now.getTime() - Date.parse(takenAt)) / 3_600_000)
    if (hour > 12) expect(ages.some((age) => age >= 6 && age <= 12)).toBe(true)
  }
  expect(kept.length).toBeGreaterThanOrEqual(24 + 33)
  expect(kept.length).toBeLessThanOrEqual(24 + 35 + 1)
})

test('a drill rebuilds the record and keeps what came of it; damage makes it fail before the room', async () => {
  const { db, backup, settings } = await aRecord()
  const kept = await backupOf(db, settings)
  await db.batch([aChange(db, 'c1')])
  const good = await kept.drill(() => minutes(10))
  const path = join(backup, '0001/log/000000000001.jsonl')
  await writeFile(path, (await readFile(path, 'utf8')).replace('search deploy', 'Search deploy'))
  const bad = await kept.drill(() => minutes(20))

  expect(good).toMatchObject({ fault: null, rows: 2 })
  expect(bad.fault).toMatch(/not as it was written/)
  expect(await drillHeard(db, minutes(30))).toMatchObject({ at: minutes(20), lastGoodAt: minutes(10) })
  expect((await backupStanding(db, minutes(30)))?.warnings).toEqual([expect.stringContaining('the last drill failed')])
})

test('a backup that is no longer kept up is told: no snapshot for hours, no drill for a day', async () => {
  const { db, settings } = await aRecord()
  await backupOf(db, settings)
  const warned = async (hours: number) => (await backupStanding(db, minutes(hours * 60)))?.warnings

  expect(await warned(2)).toEqual([])
  expect(await warned(4)).toEqual(['the newest snapshot is hours old'])
  expect(await warned(27)).toEqual(['the backup was never tried', 'the newest snapshot is hours old'])
})

test('verify names what was changed behind the triggers, and a past that the backup knows otherwise', async () => {
  const { db, ...kept } = await aRecord()
  const log = await openLog(db, kept.backup)
  for (const id of ['c1', 'c2', 'c3']) await db.batch([aChange(db, id)])
  await log.ship(minutes(1))
  expect((await verified(db, kept)).record).toMatchObject({ past: { broken: null, strays: [] }, disowned: [] })
  const { number } = await headOf(db)
  for (const trigger of [
    'versions_of_changes_updated',
    'versions_of_changes_deleted',
    'versions_unchanged',
    'versions_stay',
  ])
    await db.orm.run(sql`drop trigger ${sql.identifier(trigger)}`)

  await db.orm.run(sql`drop trigger versions_of_changes_inserted`)
  await db.orm.run(sql`insert into changes (id, at, what, recorded_at) values ('c4', 0, 'never told', 0)`)
  const untold = { table: 'changes', row: '["c4"]', fault: 'without a past' }
  expect((await verified(db, kept)).record?.past.strays).toEqual([untold])
  await db.orm.run(sql`delete from changes where id = 'c4'`)
  await db.orm.run(sql`update changes set what = 'nothing' where id = 'c2'`)
  const stray = { table: 'changes', row: '["c2"]', fault: 'not as its past says' }
  expect((await verified(db, kept)).record?.past.strays).toEqual([stray])

  await db.orm.run(sql`update versions set became = replace(became, 'search', 'Search') where number = ${number - 1}`)
  expect((await verified(db, kept)).record?.past.broken).toMatchObject({ number: number - 1, table: 'changes' })

  await db.orm.run(sql`delete from versions where number >= ${number - 1}`)
  expect((await verified(db, kept)).record?.disowned[0]).toContain(`another version ${number}`)
})

async function aRecord(now = from) {
  const [folder, backup] = [await aFolder(), await aFolder()]
  const settings = settingsIn(folder, { backupFolder: backup })
  const db = await openRecord(settings, { now, clock: () => now, onFatal: console.error })
  onTestFinished(() => db.close().catch(() => undefined))
  return { db, folder, backup, settings }
}

async function rebuilt(branch: string): Promise<Db> {
  const folder = await aFolder()
  const out = join(folder, 'muster.db')
  await rebuild({ branch, migrations: ourMigrations, to: null, out, told: null })
  const db = await openRecord(settingsIn(folder), { now: from, onFatal: console.error })
  onTestFinished(() => db.close())
  return db
}

async function openLog(db: Db, backup: string): Promise<ChangeLog> {
  const log = await openChangeLog(db, backup)
  onTestFinished(() => log.close())
  return log
}

/** The same as the command does, without its process apart. */
async function verified(db: Db, { folder, backup }: { folder: string; backup: string }): Promise<Verified> {
  const copy = join(folder, 'copy.db')
  await db.still?.(async (path) => void execFileSync('cp', [path, copy]))
  return verify({ copy, branches: [join(backup, '0001')] })
}

function other(sign: string): string {
  return String.fromCharCode(sign.charCodeAt(0) ^ 1)
}

function aChange(db: Db, id: string) {
  return db.orm.insert(changes).values({ id, at: from, what: 'search deploy', recordedAt: from })
}

function segment(branch: string): Promise<string> {
  return readFile(join(branch, 'log', '000000000001.jsonl'), 'utf8')
}
