import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@libsql/client'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { beginning, firstBreak, type Version, versionsAfter } from '../../src/record/chain.ts'
import { type Db, openRecord } from '../../src/record/db.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { saying } from '../../src/record/saying.ts'
import { changes, deliveries, people } from '../../src/record/schema.ts'
import { remembered, withoutPast } from '../../src/record/triggers.ts'
import { anEmptyRecord, anIncidentFact, instant, told } from './support.ts'

const at = instant('2026-11-23T04:00:00Z')

test('every table has a past, or a reason for having none', async () => {
  const db = await anEmptyRecord()
  const tables = await db.orm.values<[string]>(
    sql`select name from sqlite_schema where type = 'table' and name not like '\\_\\_%' escape '\\' and name not like 'sqlite%'`,
  )
  const known = [...remembered.map(({ table }) => table), ...Object.keys(withoutPast)]

  expect(tables.map((row) => row[0]).sort()).toEqual(known.sort())
  expect(remembered.every(({ key }) => key.length > 0)).toBe(true)
})

test('a version says who, when and why, what the row was and what it became, in the change’s own transaction', async () => {
  const db = await anEmptyRecord()
  await recordFacts(db, [anIncidentFact('INC-1', '2026-11-23T03:00:00Z')], told('2026-11-23T03:01:00Z'))
  const graver = { at, event: 'severity' as const, value: 'sev1', by: 'ana@example.com', why: 'customers cannot pay' }
  const room = { recordedAt: at, source: 'room', origin: 'room' as const, class: null, by: 'ana@example.com' }

  await recordFacts(db, [{ kind: 'incident-event', incidentId: 'INC-1', ...graver }], room)

  const [first, second, ...more] = (await pastOf(db)).filter(({ tableName }) => tableName === 'incidents')
  expect(more).toEqual([])
  expect(first).toMatchObject({ source: 'alertmanager', by: '', was: null, row: '["INC-1"]' })
  expect(second).toMatchObject({ at, by: 'ana@example.com', why: 'customers cannot pay', source: 'room' })
  expect(second?.was).toBe(first?.became)
  expect(JSON.parse(second?.became ?? '')).toMatchObject({ id: 'INC-1', severity: 'sev1' })
})

test('what fails leaves no past, and what changes nothing neither', async () => {
  const db = await anEmptyRecord()
  await db.batch([aChange(db, 'c1')])
  const before = (await pastOf(db)).length

  await expect(db.batch([aChange(db, 'c2'), aChange(db, 'c1')])).rejects.toThrow('UNIQUE')
  await db.orm.update(changes).set({ what: 'search deploy' })

  expect(await pastOf(db)).toHaveLength(before)
})

test('INSERT OR REPLACE, a changed key and a deletion leave their versions', async () => {
  const db = await anEmptyRecord()
  await db.batch([aChange(db, 'c1'), aChange(db, 'c2')])
  await db.orm.run(sql`insert or replace into changes (id, at, what, recorded_at) values ('c1', 0, 'replaced', 0)`)
  await db.orm.run(sql`update changes set id = 'c3' where id = 'c2'`)
  await db.orm.delete(changes)

  const past = (await pastOf(db)).filter(({ tableName }) => tableName === 'changes')
  expect(past.map(({ row, was, became }) => `${row} ${was ? 'was' : ''}${became ? 'became' : ''}`)).toEqual([
    '["c1"] became',
    '["c2"] became',
    '["c1"] was',
    '["c1"] became',
    '["c2"] was',
    '["c3"] became',
    '["c3"] was',
    '["c1"] was',
  ])
})

test('without recursive triggers a replacement takes the old row away unseen: that is what the setting is for', async () => {
  const db = await anEmptyRecord()
  await db.batch([aChange(db, 'c1')])
  await db.orm.run(sql`pragma recursive_triggers = off`)

  await db.orm.run(sql`insert or replace into changes (id, at, what, recorded_at) values ('c1', 0, 'replaced', 0)`)

  expect((await pastOf(db)).filter(({ was }) => was !== null)).toEqual([])
})

test('any words, numbers and nothings are told so that the program and the database hash alike and read the same back', async () => {
  const db = await anEmptyRecord()
  const word = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))
  const row = fc.record({
    name: word,
    role: fc.option(word),
    zone: fc.option(word),
    at: fc.date({ noInvalidDate: true }),
  })
  const reals = fc.double({ noNaN: true, noDefaultInfinity: true })

  await fc.assert(
    fc.asyncProperty(row, word, reals, async (person, why, good) => {
      const { at, ...columns } = person
      const { number } = (await pastOf(db)).at(-1) ?? { number: 0 }
      await saying({ at, why, by: person.name }, () =>
        db.batch([
          db.orm.insert(people).values({ id: `${number}`, email: 'x', recordedAt: at, ...columns }),
          db.orm.run(sql`insert into service_levels (service, indicator, day, good, total, zone, recorded_at)
            values (${number}, 'up', '2026-11-23', ${good}, 1, 'UTC', 0)`),
        ]),
      )
      const [told, level] = (await pastOf(db)).slice(-2)
      expect(told).toMatchObject({ why, by: person.name, at })
      expect(JSON.parse(told?.became ?? '')).toMatchObject(columns)
      expect(JSON.parse(level?.became ?? '').good === good).toBe(true)
    }),
    { numRuns: 60 },
  )
  expect(firstBreak(beginning, await pastOf(db))).toBe(null)
})

test('nobody rewrites the past, and it is not taken away', async () => {
  const db = await anEmptyRecord()

  await expect(db.orm.run(sql`update versions set why = 'other'`)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('not rewritten') },
  })
  await expect(db.orm.run(sql`delete from versions`)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('not taken away') },
  })
})

test.each(['changed', 'deleted', 'inserted', 'swapped'])(
  'a version %s behind the triggers breaks the chain there',
  async (how) => {
    const db = await anEmptyRecord()
    for (let n = 0; n < 30; n++) await db.batch([aChange(db, `c${n}`)])
    const sound = await pastOf(db)

    for (let place = 1; place < 29; place += 9) {
      const broken = tampered(sound, how, place)
      expect(firstBreak(beginning, broken)?.number).toBe(broken[place]?.number)
    }
    expect(firstBreak(beginning, sound)).toBe(null)
  },
)

test('a delivery’s bytes stay out of the past, their hash does not', async () => {
  const db = await anEmptyRecord()
  const body = Buffer.from([0, 255, 10])

  await db.batch([db.orm.insert(deliveries).values({ id: 'd1', source: 'lift', receivedAt: at, body })])

  const told = JSON.parse((await pastOf(db)).at(-1)?.became ?? '')
  expect(told).toMatchObject({ id: 'd1', body: expect.stringMatching(/^[0-9a-f]{64}$/) })
})

test('who writes past Muster is told as somebody outside', async () => {
  const { folder, db } = await aRecordIn()
  await saying({ at, by: 'ana@example.com' }, () => db.batch([aChange(db, 'c1')]))
  await db.close()
  const client = createClient({ url: `file:${folder}/muster.db` })
  await client.execute(`UPDATE changes SET what = 'nothing'`)
  client.close()

  const again = await reopened(folder)
  expect((await pastOf(again)).at(-1)).toMatchObject({ source: 'outside', by: '', row: '["c1"]' })
  expect(firstBreak(beginning, await pastOf(again))).toBe(null)
})

test('a record older than its past tells its rows as they were found, chained', async () => {
  const { folder, db } = await aRecordIn()
  await db.batch([aChange(db, 'c1')])
  await forgetThePast(db)
  await db.close()

  const again = await reopened(folder)
  expect((await pastOf(again)).find(({ row }) => row === '["c1"]')).toMatchObject({ why: 'as it was found', was: null })
  expect((await pastOf(again)).every(({ hash }) => hash !== null)).toBe(true)
  expect(firstBreak(beginning, await pastOf(again))).toBe(null)
})

function aChange(db: Db, id: string) {
  return db.orm.insert(changes).values({ id, at, what: 'search deploy', recordedAt: at })
}

function pastOf(db: Db): Promise<Version[]> {
  return versionsAfter(db, 0, 10_000)
}

function tampered(sound: readonly Version[], how: string, place: number): Version[] {
  const one = sound[place]
  if (!one) throw new Error('there is no such version')
  if (how === 'changed') return sound.with(place, { ...one, by: 'somebody else' })
  if (how === 'deleted') return sound.toSpliced(place, 1)
  if (how === 'inserted') return sound.toSpliced(place, 0, { ...one })
  return sound.toSpliced(place, 2, sound[place + 1] ?? one, one)
}

async function aRecordIn() {
  const folder = await mkdtemp(join(tmpdir(), 'muster-past-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return { folder, db: await openRecord(placeIn(folder), { now: at, onFatal: console.error }) }
}

async function reopened(folder: string): Promise<Db> {
  const db = await openRecord(placeIn(folder), { now: at, onFatal: console.error })
  onTestFinished(() => db.close())
  return db
}

function placeIn(folder: string) {
  return { folder, databaseUrl: `file:${join(folder, 'muster.db')}`, databaseToken: null }
}

async function forgetThePast(db: Db): Promise<void> {
  const triggers = await db.orm.values<[string]>(sql`select name from sqlite_schema where type = 'trigger'`)
  for (const row of triggers) await db.orm.run(sql`drop trigger ${sql.identifier(row[0])}`)
  await db.orm.run(sql`delete from versions`)
}
