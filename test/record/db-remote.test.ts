import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { backup } from '../../src/commands/backup.ts'
import { verify } from '../../src/commands/verify.ts'
import { backupOf } from '../../src/record/backup.ts'
import { openRecord } from '../../src/record/db.ts'
import { RecordUnavailableError, unwrapped } from '../../src/record/faults.ts'
import { changes, deliveries, sources } from '../../src/record/schema.ts'
import { hranaServer } from '../support/hrana-server.ts'
import { settingsIn } from '../support/settings.ts'

const monday = new Date('2026-11-23T08:00:00Z')
const opening = { now: monday, onFatal: () => expect.unreachable('a server’s troubles are not ours to die of') }

async function aServer() {
  const folder = await mkdtemp(join(tmpdir(), 'muster-remote-'))
  const server = await hranaServer(join(folder, 'far.db'), 'let me in')
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const place = { folder, databaseUrl: server.url, databaseToken: 'let me in' }
  return { server, place }
}

test('the same record lives on a libSQL server: migrated, written in one transaction, read back as it was', async () => {
  const { server, place } = await aServer()
  onTestFinished(() => server.close())
  const db = await openRecord(place, opening)
  const body = Buffer.from([0, 255, 10])

  await db.batch([
    db.orm.insert(changes).values({ id: 'c1', at: monday, what: 'search deploy', recordedAt: monday }),
    db.orm.insert(sources).values({ name: 'lift', adapter: 'one-line', class: 'manual', recordedAt: monday }),
    db.orm.insert(deliveries).values({ id: 'd1', source: 'lift', receivedAt: monday, body }),
  ])

  const [change] = await db.orm.select().from(changes)
  const [delivery] = await db.orm.select().from(deliveries).where(eq(deliveries.id, 'd1'))
  expect(change).toMatchObject({ id: 'c1', at: monday, service: null })
  expect(delivery?.body).toEqual(body)
  expect({ version: db.version, bornAt: db.bornAt }).toEqual({ version: 1, bornAt: monday })
  expect(server.pipelines).toBeGreaterThan(3)
  await db.close()
})

test('a batch that fails on a server leaves nothing of itself', async () => {
  const { server, place } = await aServer()
  onTestFinished(() => server.close())
  const db = await openRecord(place, opening)
  const change = { at: monday, what: 'search deploy', recordedAt: monday }
  await db.batch([db.orm.insert(changes).values({ id: 'c1', ...change })])

  const second = db.batch([
    db.orm.insert(changes).values({ id: 'c2', ...change }),
    db.orm.insert(changes).values({ id: 'c1', ...change }),
  ])

  await expect(second).rejects.toThrow('UNIQUE')
  expect(await db.orm.select().from(changes)).toHaveLength(1)
  expect(db.version).toBe(1)
})

test('a record that was born on a server is opened again as the same one', async () => {
  const { server, place } = await aServer()
  onTestFinished(() => server.close())
  await (await openRecord(place, opening)).close()

  const again = await openRecord(place, { ...opening, now: new Date('2027-01-01T00:00:00Z') })

  expect(again.bornAt).toEqual(monday)
})

test('a wrong token opens nothing', async () => {
  const { server, place } = await aServer()
  onTestFinished(() => server.close())

  await expect(openRecord({ ...place, databaseToken: 'guess' }, opening)).rejects.toThrow(/401/)
})

test('a server that is away refuses the write, which may be sent again', async () => {
  const { server, place } = await aServer()
  const db = await openRecord(place, opening)
  await server.close()

  const write = db.batch([db.orm.insert(changes).values({ id: 'c1', at: monday, what: 'deploy', recordedAt: monday })])
  await expect(write).rejects.toBeInstanceOf(RecordUnavailableError)
  const read = await db.orm.select().from(changes).catch(unwrapped)
  expect(read).toBeInstanceOf(RecordUnavailableError)
})

test('on a server the same commands work, or say what the server does instead', async () => {
  const { server, place } = await aServer()
  onTestFinished(() => server.close())
  const db = await openRecord(place, { ...opening, clock: () => monday })
  await db.batch([db.orm.insert(changes).values({ id: 'c1', at: monday, what: 'search deploy', recordedAt: monday })])
  const settings = settingsIn(place.folder, { ...place, backupFolder: join(place.folder, 'backup') })
  const words: string[] = []
  const say = (line: string) => void words.push(line)
  const desk = { settings, now: () => monday, folder: place.folder, terminal: false, say, progress: () => undefined }
  for (const command of [backup, verify])
    expect(await command.run([], { db, ...desk, complain: expect.unreachable })).toBe(0)
  await (await backupOf(db, settings)).close()
  await db.close()

  const said = words.join('\n')
  expect(said).toContain('that takes its own snapshots')
  expect(said).toMatch(/^[1-9]\d* versions in one chain; 0 snapshots and 1 segments/m)
  expect(said).toContain('its pages and rows are that server’s to look at')
})
