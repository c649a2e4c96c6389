import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createApp } from '../../src/app.tsx'
import type { Settings } from '../../src/config.ts'
import { openRecord } from '../../src/record/db.ts'
import { daysAgo, morning } from './morning.ts'
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
  const db = await openRecord(settings, { now: daysAgo(31), onFatal: raise })
  onTestFinished(() => db.close())
  return { db, settings, folder }
}

/** The whole house on an empty record, at nine on Monday unless told otherwise. */
export async function openApp(given: Partial<Settings> & { at?: Date } = {}) {
  const { at = morning, ...rest } = given
  const { db, settings, folder } = await openTestRecord(rest)
  const now = () => at
  return { app: createApp({ db, settings, now }), db, settings, folder, now }
}

function raise(fault: unknown): never {
  throw fault
}
