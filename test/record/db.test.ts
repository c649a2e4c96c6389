import { readdir } from 'node:fs/promises'
import { createClient } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { type Db, openRecord } from '../../src/record/db.ts'
import { RecordInUseError, RecordRefusedError } from '../../src/record/faults.ts'
import type { Fatal } from '../../src/record/gate.ts'
import { pragmaFaults } from '../../src/record/pragmas.ts'
import { changeEvents, changes } from '../../src/record/schema.ts'
import { aFolder, openTestRecord } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'

const monday = new Date('2026-11-23T08:00:00Z')
const opening = { now: monday, onFatal: ({ why }: Fatal) => expect.unreachable(why) }

function change(db: Db, id: string) {
  return db.orm.insert(changes).values({ id, at: monday, what: 'search deploy', recordedAt: monday })
}

function denial(db: Db, changeId: string) {
  return db.orm
    .insert(changeEvents)
    .values({ changeId, at: monday, recordedAt: monday, kind: 'denied', origin: 'room' })
}

async function changesIn(db: Db): Promise<string[]> {
  return (await db.orm.select({ id: changes.id }).from(changes)).map(({ id }) => id).toSorted()
}

test('two hundred writes at once, twenty times, are all stored', async () => {
  const { db } = await openTestRecord()

  for (let round = 0; round < 20; round++)
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => db.batch([change(db, `${round}-${n}`), denial(db, `${round}-${n}`)])),
    )

  expect(await db.orm.$count(changes)).toBe(4_000)
  expect(await db.orm.$count(changeEvents)).toBe(4_000)
  expect(db.version).toBe(4_000)
})

test('the driver alone, with a transaction each, stores only some of two hundred writes at once', async () => {
  const { db, settings } = await openTestRecord()
  await db.close()
  const driver = createClient({ url: settings.databaseUrl })
  onTestFinished(() => driver.close())

  const written = await Promise.allSettled(
    Array.from({ length: 200 }, async (_, n) => {
      const transaction = await driver.transaction('write')
      await transaction.execute({ sql: `INSERT INTO record VALUES (?, '')`, args: [`${n}`] })
      await transaction.commit()
    }),
  )

  expect(written.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
})

test('a batch is kept whole or not at all, and only what is kept raises the version', async () => {
  const { db } = await openTestRecord()
  await db.batch([change(db, 'first')])

  await expect(db.batch([change(db, 'second'), denial(db, 'second'), change(db, 'first')])).rejects.toThrow('UNIQUE')
  await db.batch([])

  expect(await changesIn(db)).toEqual(['first'])
  expect(await db.orm.$count(changeEvents)).toBe(0)
  expect(db.version).toBe(1)
})

test('a write that does not go through batch is one all the same', async () => {
  const { db } = await openTestRecord()

  await change(db, 'first')
  const [returned] = await change(db, 'second').returning()

  expect({ version: db.version, returned }).toMatchObject({ version: 2, returned: { id: 'second', at: monday } })
})

test('an interactive transaction is refused', async () => {
  const { db } = await openTestRecord()
  await expect(db.orm.transaction(() => Promise.resolve())).rejects.toThrow('read within alone')
})

test('who is alone reads, decides and writes while the others wait', async () => {
  const { db } = await openTestRecord()
  const addOne = () =>
    db.alone(async () => {
      const count = await db.orm.$count(changes)
      await new Promise((later) => setTimeout(later, 1))
      await db.batch([change(db, `number ${count}`)])
    })

  await Promise.all([...Array.from({ length: 20 }, addOne), db.batch([denial(db, 'elsewhere')])])

  expect(await changesIn(db)).toHaveLength(20)
  expect(db.version).toBe(21)
})

test('who fails alone keeps nobody else from their turn', async () => {
  const { db } = await openTestRecord()

  const failed = db.alone(() => Promise.reject(new Error('changed my mind')))
  const written = db.batch([change(db, 'after')])

  await expect(failed).rejects.toThrow('changed my mind')
  await written
  expect(await changesIn(db)).toEqual(['after'])
})

test('alone within alone is refused before it waits for itself', async () => {
  const { db } = await openTestRecord()
  await expect(db.alone(() => db.alone(() => Promise.resolve()))).rejects.toThrow('alone within alone')
})

test('what an alone leaves behind waits for its turn like any other', async () => {
  const { db } = await openTestRecord()
  const order: string[] = []
  const left: Promise<unknown>[] = []

  await db.alone(async () => {
    left.push(
      new Promise((later) => setTimeout(later, 5))
        .then(() => db.batch([change(db, 'left behind')]))
        .then(() => order.push('left behind')),
    )
  })
  await db.alone(async () => {
    await new Promise((later) => setTimeout(later, 30))
    order.push('the next')
  })
  await Promise.all(left)

  expect(order).toEqual(['the next', 'left behind'])
})

test('nobody outside can write, read or lock the record while it is open, and no shared memory lies beside it', async () => {
  const { db, settings, folder } = await openTestRecord()
  const outside = createClient({ url: settings.databaseUrl, concurrency: 1, timeout: 0 })
  onTestFinished(() => outside.close())

  await expect(outside.execute('SELECT count(*) FROM changes')).rejects.toThrow('locked')
  await expect(outside.execute('BEGIN IMMEDIATE')).rejects.toThrow('locked')
  await db.batch([change(db, 'mine')])

  expect((await readdir(folder)).toSorted()).toEqual(['muster.db', 'muster.db-wal'])
  expect(await changesIn(db)).toEqual(['mine'])
})

test('the record is let go of when it is closed, and is the same one when it is opened again', async () => {
  const folder = await aFolder()
  const first = await openRecord(settingsIn(folder), opening)
  await first.batch([change(first, 'kept')])
  await expect(first.batch([change(first, 'kept')])).rejects.toThrow('UNIQUE')
  await first.close()

  const second = await openRecord(settingsIn(folder), { ...opening, now: new Date('2027-01-01T00:00:00Z') })
  onTestFinished(() => second.close())

  expect(second.bornAt).toEqual(monday)
  expect(await changesIn(second)).toEqual(['kept'])
})

test('a second opening is refused, and the first does not notice', async () => {
  const { db, settings } = await openTestRecord()

  await expect(openRecord(settings, { ...opening, patienceMs: 200 })).rejects.toBeInstanceOf(RecordInUseError)

  await db.batch([change(db, 'undisturbed')])
  expect(await changesIn(db)).toEqual(['undisturbed'])
})

test('a record that another program holds only for a moment is waited for', async () => {
  const { db, settings } = await openTestRecord()
  const second = openRecord(settings, opening)
  await new Promise((later) => setTimeout(later, 150))
  await db.close()

  const opened = await second
  onTestFinished(() => opened.close())
  expect(opened.bornAt).toEqual(db.bornAt)
})

test('the settings that keep what is acknowledged are on', async () => {
  const { db } = await openTestRecord()
  const found: Record<string, string> = {}
  for (const name of ['journal_mode', 'locking_mode', 'synchronous', 'foreign_keys', 'recursive_triggers'])
    found[name] = String((await db.orm.values<unknown[]>(sql.raw(`PRAGMA ${name}`)))[0]?.[0])

  expect(found).toEqual({
    journal_mode: 'wal',
    locking_mode: 'exclusive',
    synchronous: '2',
    foreign_keys: '1',
    recursive_triggers: '1',
  })
})

const right = {
  locking_mode: 'exclusive',
  journal_mode: 'wal',
  synchronous: '2',
  foreign_keys: '1',
  recursive_triggers: '1',
  sqlite_version: '3.45.1',
}
test.each([
  ['locking_mode', 'normal'],
  ['journal_mode', 'delete'],
  ['synchronous', '1'],
  ['foreign_keys', '0'],
  ['recursive_triggers', '0'],
  ['sqlite_version', '3.44.9'],
])('%s at %s is a fault', (name, value) => {
  expect(pragmaFaults(right)).toEqual([])
  expect(pragmaFaults({ ...right, [name]: value })).toEqual([expect.stringContaining(`${name} is ${value}`)])
})

test('a record whose settings do not take is not opened', async () => {
  const place = { ...settingsIn(await aFolder()), databaseUrl: 'file::memory:' }
  await expect(openRecord(place, opening)).rejects.toThrow('journal_mode is memory, not wal')
})

test('a folder that cannot be made is named', async () => {
  const place = settingsIn('/dev/null/muster')
  await expect(openRecord(place, opening)).rejects.toThrow(RecordRefusedError)
  await expect(openRecord(place, opening)).rejects.toThrow('/dev/null/muster')
})
