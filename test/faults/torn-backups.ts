import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { faultOfSnapshot, manifestsIn } from '../../src/record/backup-folder.ts'
import { changes } from '../../src/record/schema.ts'
import { verify } from '../../src/record/verifying.ts'
import { asBundled } from '../support/server.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import { run } from './lost-machine.ts'

export interface Torn {
  tried: number
  offeredBroken: number // under their name and with a manifest, but not whole
  notMended: number // times that the next backup did not go through
}

/** Kills the backup and all it started, at moments spread over the whole of it. */
export async function tearBackups(times: number): Promise<Torn> {
  return inTempFolder(async (folder) => {
    const env = { MUSTER_DATA: join(folder, 'data'), MUSTER_BACKUP: join(folder, 'backup') }
    await seed(env.MUSTER_DATA)
    const begun = performance.now()
    await run(['backup'], env)
    const wholeMs = performance.now() - begun
    const torn: Torn = { tried: 0, offeredBroken: 0, notMended: 0 }
    for (; torn.tried < times; torn.tried++) {
      await killed(env, (wholeMs * (torn.tried + 0.5)) / times)
      torn.offeredBroken += await brokenIn(join(env.MUSTER_BACKUP, '0001'))
      if (torn.tried % 10 === 9 && (await run(['backup'], env)) !== 0) torn.notMended += 1
    }
    return torn
  })
}

async function seed(folder: string): Promise<void> {
  const db = await openHere(folder)
  const at = new Date('2026-11-23T08:00:00Z')
  const rows = Array.from({ length: 3_000 }, (_, n) => ({ id: `c${n}`, at, what: 'x'.repeat(500), recordedAt: at }))
  for (let from = 0; from < rows.length; from += 500)
    await db.batch([db.orm.insert(changes).values(rows.slice(from, from + 500))])
  await db.close()
}

async function killed(env: Record<string, string>, afterMs: number): Promise<void> {
  const program = asBundled.filter((word) => word !== 'serve')
  const child = spawn(process.execPath, [...program, 'backup'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
    detached: true, // a group of its own: what it started is killed with it
  })
  const ended = once(child, 'exit')
  const late = new AbortController()
  await Promise.race([pause(afterMs, null, { signal: late.signal }).catch(() => null), ended])
  late.abort()
  if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGKILL')
  await ended
}

async function brokenIn(branch: string): Promise<number> {
  const faults: string[] = []
  const manifests = await manifestsIn(branch, faults)
  for (const manifest of manifests) {
    const fault = await faultOfSnapshot(branch, manifest)
    if (fault) faults.push(fault)
  }
  const verified = await verify({ copy: null, branches: [branch] })
  return new Set([...faults, ...verified.faults]).size
}
