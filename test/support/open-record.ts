import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Settings } from '../../src/config.ts'
import { openRecord } from '../../src/record/db.ts'
import { layRecord } from './born.ts'
import { daysAgo } from './morning.ts'
import { settingsIn } from './settings.ts'

/** A folder of its own that is gone after the test. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** An empty record, born a month before the morning so that nothing of the test's is older than it. */
export async function openTestRecord(given: Partial<Settings> = {}) {
  const folder = await aFolder()
  const settings = settingsIn(folder, given)
  await layRecord(folder, daysAgo(31))
  const db = await openRecord(settings, { now: daysAgo(31), onFatal: raise })
  onTestFinished(() => db.close())
  return { db, settings, folder }
}

function raise(fault: unknown): never {
  throw fault
}
