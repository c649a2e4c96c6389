import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import type { Room } from '../../src/commands/command.ts'
import { doctor } from '../../src/commands/doctor.ts'
import type { Settings } from '../../src/config.ts'
import { type Db, openRecord } from '../../src/record/db.ts'
import { deliveries, sources } from '../../src/record/schema.ts'
import { addSecret } from '../../src/record/source-secrets.ts'
import { hranaServer } from '../support/hrana-server.ts'
import { daysAgo, hoursAgo, morning } from '../support/morning.ts'
import { aFolder, openTestRecord } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'
import { signedIn } from '../support/signed-in.ts'

async function examined(db: Db, settings: Settings, words: string[] = []) {
  const lines: string[] = []
  const room: Room = {
    db,
    settings,
    now: () => morning,
    folder: settings.folder,
    terminal: false,
    say: (line) => lines.push(line),
    complain: (line) => lines.push(line),
    progress: () => undefined,
  }
  const code = await doctor.run(words, room)
  return { code, lines, about: (subject: string) => lines.find((line) => line.includes(`  ${subject}:`)) ?? '' }
}

test('a new record is well: a line for each thing, and what is not there yet is said', async () => {
  const { db, settings } = await openTestRecord()

  const { code, lines, about } = await examined(db, settings)

  expect(code).toBe(0)
  expect(lines.map((line) => line.split(/\s+|:/)[1])).toEqual([
    'configuration',
    'record',
    'disk',
    'sources',
    'deliveries',
    'door',
    'mail',
    'backup',
  ])
  expect(about('record')).toMatch(/^ok .*SQLite 3\.\d+\.\d+, .*sound$/)
  expect(about('mail')).toMatch(/^note .*set SMTP_URL and MAIL_FROM$/)
  expect(about('backup')).toMatch(/^note .*no drill yet/)
})

test('mail that is set up is named by its server, without its password', async () => {
  const { db, settings } = await openTestRecord({ smtpUrl: 'smtps://ada:secret@mail.example.org', mailFrom: 'a@b.org' })

  const { about, lines } = await examined(db, settings)

  expect(about('mail')).toBe('ok     mail: goes through mail.example.org')
  expect(lines.join()).not.toContain('secret')
})

test('a frozen clock is pointed out', async () => {
  const { db, settings } = await openTestRecord({ frozenAt: morning })
  expect((await examined(db, settings)).about('configuration')).toMatch(/^note .*unset MUSTER_NOW/)
})

test('a source that fell silent and a delivery that could not be read are faults, with what to do', async () => {
  const { db, settings } = await openTestRecord()
  await db.batch([
    db.orm
      .insert(sources)
      .values({ name: 'pager', adapter: 'alertmanager', class: 'automated', recordedAt: daysAgo(9) }),
    db.orm
      .insert(sources)
      .values({ name: 'lift', adapter: 'alertmanager', class: 'automated', recordedAt: daysAgo(9) }),
    db.orm.insert(deliveries).values({
      id: 'd1',
      source: 'pager',
      receivedAt: hoursAgo(2),
      ingestedAt: hoursAgo(2),
      body: Buffer.from('?'),
      fault: 'no JSON',
    }),
  ])

  const { code, about } = await examined(db, settings)

  expect(code).toBe(1)
  expect(about('source lift')).toMatch(/^fault .*see whether the tool still sends here$/)
  expect(about('deliveries')).toMatch(/^fault .*1 could not be read.*\/sources/)
})

test('secrets that no key here opens are a fault, by the name of their source', async () => {
  const { db, settings } = await openTestRecord()
  const key = Buffer.from(Array.from({ length: 32 }, (_, place) => place))
  await addSecret(db, key, { source: 'pagerduty', scheme: 'pagerduty', secret: 'hunter2hunter2', at: morning, by: '' })

  const { code, about } = await examined(db, settings)

  expect(code).toBe(1)
  expect(about('secrets')).toMatch(/^fault .*those of pagerduty cannot be opened.*MUSTER_KEY/)
  expect((await examined(db, { ...settings, key })).about('secrets')).toBe('')
})

test('a damaged record is a fault', async () => {
  const { db, settings } = await openTestRecord()
  await db.batch([db.orm.run(sql`insert into record (key, value) values ('broken', 'soon')`)])
  await db.orm.run(sql`pragma writable_schema = on`)
  await db.orm.run(sql`update sqlite_schema set rootpage = 2 where name = 'complaints'`)
  await db.close()
  const broken = await openRecord(settings, { now: morning, onFatal: () => undefined })
  onTestFinished(() => broken.close())

  const { code, about } = await examined(broken, settings, ['--thorough'])

  expect(code).toBe(1)
  expect(about('record')).toMatch(
    /^fault {2}record: .*2nd reference to page 2; .* and \d+ more - stop Muster, keep a copy/,
  )
})

test('a record on a libSQL server is examined there', async () => {
  const folder = await aFolder()
  const server = await hranaServer(join(folder, 'far.db'), 'let me in')
  onTestFinished(() => server.close())
  const settings = settingsIn(folder, { databaseUrl: server.url, databaseToken: 'let me in' })
  const db = await openRecord(settings, { now: daysAgo(31), onFatal: () => undefined })

  const { code, about } = await examined(db, settings)

  expect(code).toBe(0)
  expect(about('record')).toContain('on a libSQL server')
  expect(about('disk')).toBe('')
})

test('a word it does not know is refused', async () => {
  const { db, settings } = await openTestRecord()
  const { code, lines } = await examined(db, settings, ['--quick'])
  expect({ code, says: lines[0] }).toMatchObject({ code: 2, says: expect.stringContaining('"--quick"') })
})

test('an open door is said; one that is open to others, or through which a session can be seen, is a fault', async () => {
  const here = await openTestRecord()
  const open = (await examined(here.db, here.settings)).about('door')
  await signedIn(here.db, 'ana@example.com', 'administrator')
  const locked = (await examined(here.db, here.settings)).about('door')
  const { db, settings } = await openTestRecord({ publicUrl: new URL('http://muster.example') })
  const { lines } = await examined(db, settings)

  expect(open).toMatch(/^note .*until the first administrator signs in - open the link/)
  expect(locked).toMatch(/^ok .*locked; in by npm run sign-in/)
  expect(lines.filter((line) => /^fault {2}door/.test(line))).toHaveLength(2)
})
