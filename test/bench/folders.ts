import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aDay, windowEnding } from '../../src/calendar.ts'
import { openRecord } from '../../src/record/db.ts'
import { rhythm, zone } from '../support/morning.ts'
import { type Server, startServer } from '../support/server.ts'
import { settingsIn } from '../support/settings.ts'
import { seedHistory, seedWindow } from './seed.ts'

const folders: string[] = []
const servers: Server[] = []

export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'))
  folders.push(folder)
  return folder
}

/** A record with so many incidents in its history and forty in the window. */
export async function seededFolder(rows: number): Promise<string> {
  const folder = await emptyFolder()
  const now = new Date()
  const bornAt = new Date(now.getTime() - 3000 * aDay)
  const window = windowEnding(now, { lastCutOff: null, rhythm })
  const db = await openRecord(settingsIn(folder), { now: bornAt, onFatal: ({ why }) => raise(why) })
  await seedHistory(db, { rows, before: window.from }, (done) => process.stderr.write(`\rseeding ${done} of ${rows}`))
  await seedWindow(db, window)
  await db.close()
  process.stderr.write('\r\x1b[2K')
  return folder
}

/** The real server on that folder. */
export async function serverOn(
  folder: string,
  words: readonly string[] = ['serve'],
  env: Record<string, string> = {},
): Promise<Server> {
  const server = await startServer(words, { MUSTER_DATA: folder, MUSTER_ZONE: zone, ...env })
  servers.push(server)
  return server
}

export async function cleanUp(): Promise<void> {
  await Promise.all(servers.map((server) => server.stop()))
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
}

function raise(why: string): never {
  throw new Error(why)
}
