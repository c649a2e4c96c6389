import { execFileSync } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createApp } from '../../src/app.tsx'
import { backupOf } from '../../src/record/backup.ts'
import type { Db } from '../../src/record/db.ts'
import { keepDrill } from '../../src/record/drills.ts'
import { noteStrike } from '../../src/record/health.ts'
import { changes, outbox } from '../../src/record/schema.ts'
import { settingsIn } from '../support/settings.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import type { Outcome } from './table.ts'

const nine = new Date('2026-11-23T08:00:00Z')
const inMinutes = (n: number) => new Date(nine.getTime() + n * 60_000)

interface House {
  db: Db
  folder: string
  backupFolder: string
}
interface Breakage {
  name: string
  status: number
  says: RegExp
  at: Date // when it is asked
  breakIt(house: House): Promise<void>
}

const breakages: readonly Breakage[] = [
  { name: 'record', status: 503, says: /cannot be read/, at: nine, breakIt: ({ db }) => db.close() },
  { name: 'disk', status: 503, says: /bytes are free/, at: nine, breakIt: ({ folder }) => fillUp(folder) },
  {
    name: 'clock',
    status: 503,
    says: /has not struck/,
    at: inMinutes(10),
    breakIt: async ({ db }) => noteStrike(db, nine),
  },
  { name: 'backup', status: 503, says: /not shipped/, at: inMinutes(10), breakIt: loseBackup },
  { name: 'drill', status: 200, says: /older than a day/, at: inMinutes(27 * 60), breakIt: ({ db }) => drillGood(db) },
  { name: 'letters', status: 200, says: /letters are not accepted/, at: inMinutes(20), breakIt: ({ db }) => leave(db) },
]

/** Breaks one thing at a time, and asks. Each must be told within five seconds; the program itself is alive throughout. */
export async function breakEach(times: number): Promise<Outcome> {
  const failed: string[] = []
  const worst = { ms: 0 }
  const tried = breakages.slice(0, times)
  for (const breakage of tried) {
    const begun = performance.now()
    if (!(await isTold(breakage))) failed.push(breakage.name)
    worst.ms = Math.max(worst.ms, performance.now() - begun)
  }
  const lost = failed.length === 0 ? 'nothing untold' : `${failed.join(', ')} untold`
  return {
    tried: tried.length,
    survived: tried.length - failed.length,
    lost,
    worstMs: worst.ms,
    asMeant: failed.length === 0 && worst.ms < 5_000,
  }
}

async function isTold({ status, says, at, breakIt }: Breakage): Promise<boolean> {
  return inTempFolder(async (outer) => {
    const [folder, backupFolder] = [join(outer, 'data'), join(outer, 'backup')]
    await mkdir(folder)
    const db = await openHere(folder)
    const settings = settingsIn(folder, { backupFolder })
    const app = createApp({ db, settings, now: () => at, log: () => undefined })
    await (await backupOf(db, settings)).ship(nine)
    const before = await (await app.request('/readyz')).text()
    await breakIt({ db, folder, backupFolder })
    const answer = await app.request('/readyz')
    const told = await answer.text()
    const alive = (await app.request('/healthz')).status
    await db.close().catch(() => undefined)
    unmount(folder)
    const isOpen = told.includes(outer)
    return alive === 200 && answer.status === status && says.test(told) && !says.test(before) && !isOpen
  })
}

// A disk as small as what must stay free. Where none can be mounted the row fails: it is not said that it held.
async function fillUp(folder: string): Promise<void> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=700', 'muster-test', folder])
}

function unmount(folder: string): void {
  try {
    execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' })
  } catch {
    // nothing was mounted there
  }
}

async function loseBackup({ db, folder, backupFolder }: House): Promise<void> {
  await rm(backupFolder, { recursive: true })
  await writeFile(backupFolder, 'a file where the folder was')
  await db.batch([db.orm.insert(changes).values({ id: 'c', at: nine, what: 'deploy', recordedAt: nine })])
  const backup = await backupOf(db, { folder, backupFolder })
  await backup.ship(inMinutes(9)).catch(() => undefined)
}

function drillGood(db: Db): Promise<void> {
  return keepDrill(db, { at: nine, fault: null, snapshot: '', versions: 1, rows: 1, tookMs: 1 })
}

async function leave(db: Db): Promise<void> {
  const letter = { id: 'digest:x', channel: 'mail', kind: 'digest', to: 'ana@example.com', content: {} } as const
  await db.batch([db.orm.insert(outbox).values({ ...letter, dueAt: nine, madeAt: nine, nextAt: nine })])
}
