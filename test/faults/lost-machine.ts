import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { asBundled, startServer } from '../support/server.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import { sendTo } from './load.ts'

export interface LostMachine {
  tried: number
  acknowledged: number
  lost: number
  worstLossMs: number // how long before the end the oldest lost delivery had been acknowledged
  unrestored: number // rounds in which the one command did not bring the record back
}

/**
 * A real server takes deliveries; at a random moment it is killed and its data folder is gone. One command restores the
 * record from the backup folder alone. 'no log': only the snapshots are left of that, too.
 */
export async function loseTheMachine(times: number, kept: 'whole' | 'no log'): Promise<LostMachine> {
  const toll: LostMachine = { tried: 0, acknowledged: 0, lost: 0, worstLossMs: 0, unrestored: 0 }
  for (; toll.tried < times; toll.tried++) {
    await inTempFolder(async (folder) => {
      const env = { MUSTER_DATA: join(folder, 'data'), MUSTER_BACKUP: join(folder, 'backup') }
      const { acks, endedAt } = await lifeOf(env, toll.tried)
      await rm(env.MUSTER_DATA, { recursive: true })
      if (kept === 'no log') await forgetLog(env.MUSTER_BACKUP)
      const code = await run(['restore', '--to', 'latest'], env)
      const there = code === 0 ? await deliveredIn(env.MUSTER_DATA) : new Set<string>()
      if (code !== 0) toll.unrestored += 1
      const lost = [...acks].filter(([id]) => !there.has(id))
      toll.acknowledged += acks.size
      toll.lost += lost.length
      toll.worstLossMs = Math.max(toll.worstLossMs, ...lost.map(([, at]) => endedAt - at))
    })
  }
  return toll
}

async function lifeOf(env: Record<string, string>, round: number) {
  const server = await startServer(['serve'], env)
  const load = sendTo(server, { senders: 4, name: `${round}` })
  await pause(2_000)
  if (round % 5 === 0) await run(['backup'], env)
  await pause(Math.random() * 20_000)
  process.kill(server.pid, 'SIGKILL')
  const endedAt = performance.now()
  await load.stop()
  await server.stop()
  return { acks: load.acks, endedAt }
}

export async function deliveredIn(folder: string): Promise<Set<string>> {
  const db = await openHere(folder)
  const rows = await db.orm.values<[string]>(sql`select cast(body as text) ->> '$.groupKey' from deliveries`)
  await db.close()
  return new Set(rows.map((row) => row[0]))
}

async function forgetLog(backup: string): Promise<void> {
  for (const branch of await readdir(backup)) await rm(join(backup, branch, 'log'), { recursive: true, force: true })
}

export async function run(words: readonly string[], env: Record<string, string>): Promise<number | null> {
  const program = asBundled.filter((word) => word !== 'serve')
  const child = spawn(process.execPath, [...program, ...words], { env: { ...process.env, ...env }, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  return code as number | null
}
