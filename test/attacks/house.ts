import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/app.tsx'
import type { Settings } from '../../src/config.ts'
import type { LetterBox } from '../../src/mail.ts'
import { openRecord } from '../../src/record/db.ts'
import { daysAgo, morning } from '../support/morning.ts'
import { settingsIn } from '../support/settings.ts'

/** A house of its own for one attack, outside of a test; `mail` is taken by nobody. */
export async function attackedHouse(given: Partial<Settings> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'muster-attack-'))
  const settings = settingsIn(folder, given)
  const raise = (fault: unknown) => {
    throw fault
  }
  const db = await openRecord(settings, { now: daysAgo(31), onFatal: raise })
  const mail: LetterBox = { post: async () => ({ outcome: 'accepted', answer: '' }), close: () => undefined }
  const app = createApp({ db, settings, now: () => morning, mail })
  const close = async () => {
    await db.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { app, db, settings, folder, close }
}
