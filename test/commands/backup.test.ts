import { rm } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { backup } from '../../src/commands/backup.ts'
import type { Command } from '../../src/commands/command.ts'
import { drill } from '../../src/commands/drill.ts'
import { restoreCommand } from '../../src/commands/restore.ts'
import { verify } from '../../src/commands/verify.ts'
import { type Db, openRecord } from '../../src/record/db.ts'
import { findIncident } from '../../src/record/incidents.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { saying } from '../../src/record/saying.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { aFolder } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'
import { incident } from '../web/asking.ts'

test('what was backed up, verified and drilled comes back by one word when the data folder is gone', async () => {
  const { db, settings, run, runWithout } = await aRecord()
  await tell(db, 'i1')
  expect((await run(backup)).said).toMatch(/change log: up to version \d+[\s\S]*snapshot: [\s\S]*sound/)
  expect(await run(verify)).toMatchObject({ code: 0, said: expect.stringContaining('in one chain') })
  expect(await run(drill)).toMatchObject({ code: 0, said: expect.stringMatching(/^The backup holds: \d+ rows/) })
  await db.close()
  await rm(settings.folder, { recursive: true })

  const { code, said } = await runWithout(restoreCommand, ['--to', 'latest'])
  expect({ code, said }).toMatchObject({ code: 0, said: expect.stringContaining('It is in place') })
  expect(await findIncident(await opened(settings), 'i1')).toMatchObject({ title: 'i1 broke' })
})

test('the whole record as of an instant is written beside, and takes its place only when told to', async () => {
  const { db, settings, run, runWithout } = await aRecord()
  await tell(db, 'i1', hoursAgo(5))
  await tell(db, 'i2', hoursAgo(2))
  await run(backup)
  await db.close()
  const to = hoursAgo(3).toISOString()

  const beside = await runWithout(restoreCommand, ['--to', to])
  expect(beside.said).toMatch(/since then incidents: 1 came[\s\S]*was not touched/)
  const inPlace = await runWithout(restoreCommand, ['--to', to, '--apply'])
  expect(inPlace.said).toMatch(/record before lies at[\s\S]*in place/)

  const again = await opened(settings)
  expect([await findIncident(again, 'i1'), await findIncident(again, 'i2')]).toEqual([expect.anything(), undefined])
  const told = await again.orm.values<[string]>(sql`select why from versions where source = 'restoration'`)
  expect(told[0]?.[0]).toContain('restored to')
})

test('rows are brought back after a look at the difference; conflicts are told', async () => {
  const { db, run } = await aRecord()
  await tell(db, 'i1', hoursAgo(5))
  await saying({ at: hoursAgo(2) }, () => db.orm.run(sql`delete from incidents`))
  const words = ['--to', hoursAgo(3).toISOString(), '--table', 'incidents']

  expect((await run(restoreCommand, words)).said).toMatch(/incident i1 came[\s\S]*Nothing was changed yet/)
  expect(await db.orm.values(sql`select id from incidents`)).toHaveLength(0)
  expect((await run(restoreCommand, [...words, '--apply'])).said).toContain('1 brought back')
  expect(await db.orm.values(sql`select id from incidents`)).toHaveLength(1)
})

test.each([
  [['--to', 'soonish'], 2],
  [[], 2],
  [['--row', 'i1', '--to', '2026-11-23T08:00:00Z'], 2],
  [['--to', 'latest', '--table', 'incidents'], 2],
  [['--undo', 'x'], 2],
  [['--undo', '4711'], 1],
  [['--to', '2026-11-23T08:00:00Z', '--table', 'tokens'], 1],
])('restore %j ends with %i and a reason', async (words, code) => {
  const { run } = await aRecord()

  const ended = await run(restoreCommand, words)
  expect(ended.code).toBe(code)
  expect(ended.complained).not.toBe('')
})

async function aRecord() {
  const [folder, backupFolder] = [await aFolder(), await aFolder()]
  const settings = settingsIn(folder, { backupFolder })
  const db = await opened(settings, hoursAgo(100))
  return {
    db,
    settings,
    run: (command: Command, words: string[] = []) => runIn(command, words, { db, settings }),
    runWithout: (command: Command, words: string[] = []) => runIn(command, words, { db: null, settings }),
  }
}

async function opened(settings: ReturnType<typeof settingsIn>, now = morning): Promise<Db> {
  const db = await openRecord(settings, { now, clock: () => morning, onFatal: console.error })
  onTestFinished(() => db.close().catch(() => undefined))
  return db
}

async function runIn(
  command: Command,
  words: string[],
  { db, settings }: { db: Db | null; settings: ReturnType<typeof settingsIn> },
) {
  const [said, complained]: [string[], string[]] = [[], []]
  const desk = {
    settings,
    now: () => morning,
    folder: settings.folder,
    terminal: false,
    say: (line: string) => void said.push(line),
    complain: (line: string) => void complained.push(line),
    progress: () => undefined,
  }
  const code = db ? await command.run(words, { db, ...desk }) : await command.instead?.(words, desk)
  return { code, said: said.join('\n'), complained: complained.join('\n') }
}

function tell(db: Db, id: string, at = hoursAgo(5)) {
  return recordFacts(db, [incident(id, at)], {
    recordedAt: at,
    source: 'alertmanager',
    origin: 'tool',
    class: 'automated',
  })
}
