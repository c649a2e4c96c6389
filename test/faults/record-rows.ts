import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { checkPragmas, pragmaFaults } from '../../src/record/pragmas.ts'
import { changes } from '../../src/record/schema.ts'
import { failTheDisk } from './failing-disk.ts'
import { inTempFolder } from './folders.ts'
import { fillTheDisk } from './full-disk.ts'
import { killWhileWriting, openHere, type Toll } from './kills.ts'
import { killWhileMigrating } from './migration-kills.ts'
import { cutThePower } from './power-cuts.ts'
import { killAtEverySyscall } from './syscall-kills.ts'
import type { NotRun, Outcome, Row } from './table.ts'
import { lostUpdates } from './two-browsers.ts'

/** What may happen to the record itself. */
export const recordRows: readonly Row[] = [
  { id: 'D1', fault: 'kill -9 under concurrent writes', times: 200, run: (kills) => kill({ kills, meddled: false }) },
  { id: 'D1c', fault: 'control: the same row by row, not at once (must halve)', times: 10, run: byHalves },
  {
    id: 'D6',
    fault: 'kill -9 while another program locks the file',
    times: 100,
    run: (kills) => kill({ kills, meddled: true }),
  },
  { id: 'D6c', fault: 'control: the same without the settings (must lose)', times: 10, run: weakly },
  { id: 'D2', fault: 'kill -9 at each write, flush and rename', times: 60, run: atSyscalls },
  {
    id: 'D3',
    fault: 'a power cut: what was not flushed is gone',
    times: 50,
    run: (times) => powerCut(times, 'strong', 'dropped'),
  },
  {
    id: 'D3t',
    fault: 'a power cut: what was not flushed is torn, sector by sector',
    times: 50,
    run: (times) => powerCut(times, 'strong', 'torn'),
  },
  {
    id: 'D3c',
    fault: 'control: the same without waiting for the disk (must lose)',
    times: 10,
    run: (times) => powerCut(times, 'hasty', 'dropped'),
  },
  { id: 'D4', fault: 'a full disk, then room again', times: 1, run: fullDisk },
  { id: 'D5', fault: 'a disk that fails to flush', times: 1, run: failingDisk },
  { id: 'D8', fault: 'two hundred writes at once', times: 20, run: manyAtOnce },
  { id: 'D8c', fault: 'control: the driver’s own transactions (must refuse some)', times: 1, run: atOnceBare },
  { id: 'D9', fault: 'two browsers decide otherwise', times: 100, run: (times) => lostUpdates(times, false) },
  {
    id: 'D9c',
    fault: 'control: one that does not say what it saw (must lose)',
    times: 10,
    run: (times) => lostUpdates(times, true),
  },
  { id: 'D17', fault: 'kill -9 half-way through a migration', times: 30, run: migrations },
  { id: 'D19', fault: 'a setting that is not as it must be', times: 1, run: wrongSettings },
]

async function kill(given: { kills: number; meddled: boolean }): Promise<Outcome> {
  const toll = await killWhileWriting({ ...given, door: 'strong' })
  const sound = toll.lost + toll.halves + toll.damage.length === 0
  return { tried: toll.kills, survived: sound ? toll.kills : 0, lost: lostOf(toll), worstMs: null, asMeant: sound }
}

async function byHalves(times: number): Promise<Outcome> {
  const toll = await killWhileWriting({ kills: times, meddled: false, door: 'weak' })
  return { tried: toll.kills, survived: 0, lost: lostOf(toll), worstMs: null, asMeant: toll.halves > 0 }
}

async function weakly(times: number): Promise<Outcome> {
  const toll = await killWhileWriting({ kills: times, meddled: true, door: 'weak' })
  return { tried: toll.kills, survived: 0, lost: lostOf(toll), worstMs: null, asMeant: toll.lost > 0 }
}

function lostOf({ lost, acknowledged, halves, damage }: Toll): string {
  return `${lost} of ${acknowledged}, ${halves} halves${damage.length > 0 ? `, ${damage.length} faults in the file` : ''}`
}

async function atSyscalls(times: number): Promise<Outcome | NotRun> {
  const toll = await killAtEverySyscall(times)
  if (toll === null) return { notRun: 'strace is not there or may not trace' }
  const sound = toll.kills - toll.failed.length
  return {
    tried: toll.kills,
    survived: sound,
    lost: toll.failed[0] ?? `0 of ${toll.acknowledged}`,
    worstMs: null,
    asMeant: toll.failed.length === 0,
  }
}

async function powerCut(times: number, door: 'strong' | 'hasty', how: 'dropped' | 'torn'): Promise<Outcome | NotRun> {
  const cuts = await cutThePower(times, { door, how })
  if (cuts === null) return { notRun: 'no FUSE disk can be mounted here' }
  const { tried, acknowledged, lost, damage } = cuts
  const sound = lost === 0 && damage.length === 0
  const told = `${lost} of ${acknowledged}${damage[0] ? `, ${damage[0]}` : ''}`
  return {
    tried,
    survived: sound ? tried : 0,
    lost: told,
    worstMs: null,
    asMeant: door === 'strong' ? sound : lost > 0,
  }
}

async function migrations(times: number): Promise<Outcome> {
  const toll = await killWhileMigrating(times)
  const failed = toll.between + toll.brokenSnapshots + toll.notMended
  const lost = `${failed} (${toll.old} stayed old, ${toll.new} were new)`
  return { tried: toll.kills, survived: toll.kills - failed, lost, worstMs: null, asMeant: failed === 0 }
}

async function fullDisk(): Promise<Outcome | NotRun> {
  const disk = await fillTheDisk()
  if (disk === null) return { notRun: 'a small disk can be mounted by root only' }
  const asMeant = disk.lost === 0 && disk.readable && disk.otherFaults.length === 0 && disk.keptAfter > 0
  const lost = `${disk.lost} of ${disk.keptBefore + disk.keptAfter}`
  return { tried: 1, survived: asMeant ? 1 : 0, lost, worstMs: null, asMeant }
}

async function failingDisk(): Promise<Outcome | NotRun> {
  const disk = await failTheDisk()
  if (disk === null) return { notRun: 'strace is not there or may not trace' }
  const asMeant = disk.lost === 0 && disk.exitCode === 74
  return { tried: 1, survived: asMeant ? 1 : 0, lost: `${disk.lost} of ${disk.acknowledged}`, worstMs: null, asMeant }
}

async function manyAtOnce(rounds: number): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const db = await openHere(folder)
    const at = new Date('2026-11-23T08:00:00Z')
    const faults: unknown[] = []
    const worst = { ms: 0 }
    for (let round = 0; round < rounds; round++) {
      const begun = performance.now()
      const writes = Array.from({ length: 200 }, (_, n) =>
        db.batch([db.orm.insert(changes).values({ id: `${round}-${n}`, at, what: 'deploy', recordedAt: at })]),
      )
      faults.push(...(await Promise.allSettled(writes)).filter(({ status }) => status === 'rejected'))
      worst.ms = Math.max(worst.ms, performance.now() - begun)
    }
    const stored = await db.orm.$count(changes)
    await db.close()
    const asMeant = stored === rounds * 200 && faults.length === 0
    return {
      tried: rounds * 200,
      survived: stored,
      lost: `${rounds * 200 - stored} of ${rounds * 200}`,
      worstMs: worst.ms,
      asMeant,
    }
  })
}

async function atOnceBare(): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const client = createClient({ url: pathToFileURL(join(folder, 'bare.db')).href, concurrency: 1 })
    await client.execute('CREATE TABLE kept (id TEXT PRIMARY KEY)')
    const writes = Array.from({ length: 200 }, async (_, n) => {
      const transaction = await client.transaction('write')
      await transaction.execute({ sql: 'INSERT INTO kept VALUES (?)', args: [`${n}`] })
      await transaction.commit()
    })
    const refused = (await Promise.allSettled(writes)).filter(({ status }) => status === 'rejected').length
    client.close()
    const lost = `${refused} of 200 refused`
    return { tried: 200, survived: 200 - refused, lost, worstMs: null, asMeant: refused > 0 }
  })
}

const right = {
  locking_mode: 'exclusive',
  journal_mode: 'wal',
  synchronous: '2',
  foreign_keys: '1',
  recursive_triggers: '1',
}
const wrong = {
  locking_mode: 'normal',
  journal_mode: 'delete',
  synchronous: '1',
  foreign_keys: '0',
  recursive_triggers: '0',
  sqlite_version: '3.44.0',
}

async function wrongSettings(): Promise<Outcome> {
  const sound = { ...right, sqlite_version: '3.45.1' }
  const refused = Object.entries(wrong).filter(([name, value]) => refuses({ ...sound, [name]: value }))
  const asMeant = refused.length === Object.keys(wrong).length && pragmaFaults(sound).length === 0
  return { tried: Object.keys(wrong).length, survived: refused.length, lost: '0', worstMs: null, asMeant }
}

function refuses(found: Readonly<Record<string, string>>): boolean {
  try {
    checkPragmas(found)
    return false
  } catch {
    return true
  }
}
