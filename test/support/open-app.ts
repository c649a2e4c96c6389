import { createApp } from '../../src/app.tsx'
import type { Settings } from '../../src/config.ts'
import { morning } from './morning.ts'
import { openTestRecord } from './open-record.ts'

export { aFolder, openTestRecord } from './open-record.ts'

/** The whole house on an empty record, at nine on Monday unless told otherwise. */
export async function openApp(given: Partial<Settings> & { at?: Date } = {}) {
  const { at = morning, ...rest } = given
  const { db, settings, folder } = await openTestRecord(rest)
  const now = () => at
  return { app: createApp({ db, settings, now }), db, settings, folder, now }
}
