import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportRows } from '../../src/commands/export.ts'
import { importHistory } from '../../src/commands/import-history.ts'
import { openRecord } from '../../src/record/db.ts'
import { changes, deliveries } from '../../src/record/schema.ts'
import { standingOf } from '../faults/random-life.ts'
import { morning } from '../support/morning.ts'
import { aFolder, openTestRecord } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'

test('an export of all holds the history, and an import of it leaves the same record with the same history', async () => {
  const { db, settings } = await openTestRecord()
  const [out, empty] = [await aFolder(), await aFolder()]
  const body = Buffer.from([0, 255, 10])
  await db.batch([
    db.orm.insert(changes).values({ id: 'c1', at: morning, what: 'search deploy', recordedAt: morning }),
    db.orm.insert(deliveries).values({ id: 'd1', source: 'lift', receivedAt: morning, body }),
  ])
  await db.orm.update(changes).set({ what: 'search deploy, second try' })
  const said: string[] = []
  const desk = {
    now: () => morning,
    folder: out,
    terminal: false,
    say: (line: string) => void said.push(line),
    complain: (line: string) => void said.push(line),
    progress: () => undefined,
  }

  expect(await exportRows.run(['all', '--out', out], { db, settings, ...desk })).toBe(0)
  expect(await importHistory('history/all.jsonl', { settings: settingsIn(empty), ...desk })).toBe(0)

  const again = await openRecord(settingsIn(empty), { now: morning, onFatal: console.error })
  expect(await standingOf(again)).toEqual(await standingOf(db))
  expect(await exportRows.run(['all', '--out', empty], { db: again, settings, ...desk })).toBe(0)
  expect(await readFile(join(empty, 'history/all.jsonl'), 'utf8')).toBe(
    await readFile(join(out, 'history/all.jsonl'), 'utf8'),
  )
  await again.close()
  expect(await importHistory('history/all.jsonl', { settings: settingsIn(empty), ...desk })).toBe(1)
})
