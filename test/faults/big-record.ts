import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { withCopy } from '../../src/record/copies.ts'
import type { Db } from '../../src/record/db.ts'
import { changes } from '../../src/record/schema.ts'
import { openChangeLog } from '../../src/record/shipping.ts'
import { takeSnapshot } from '../../src/record/snapshots.ts'
import { startServer } from '../support/server.ts'
import { inTempFolder } from './folders.ts'
import { openHere } from './kills.ts'
import { run } from './lost-machine.ts'

const at = new Date('2026-11-23T08:00:00Z')

/** A record of so many megabytes is backed up, lost and brought back by the one command, its checks included. */
export async function restoreBig(megabytes: number): Promise<{ megabytes: number; ms: number; equal: boolean }> {
  return inTempFolder(async (folder) => {
    const env = { MUSTER_DATA: join(folder, 'data'), MUSTER_BACKUP: join(folder, 'backup') }
    const before = await grown(env.MUSTER_DATA, megabytes)
    const size = (await stat(join(env.MUSTER_DATA, 'muster.db'))).size
    if ((await run(['backup'], env)) !== 0) throw new Error('the backup failed')
    await rm(env.MUSTER_DATA, { recursive: true })
    const begun = performance.now()
    const code = await run(['restore', '--to', 'latest'], env)
    const ms = performance.now() - begun
    const db = await openHere(env.MUSTER_DATA)
    const after = await db.orm.$count(changes)
    await db.close()
    return { megabytes: Math.round(size / 1024 / 1024), ms, equal: code === 0 && after === before }
  })
}

/** Starts the server on a record of so many megabytes, three times. */
export async function startBig(megabytes: number): Promise<{ size: number; readyMs: number[] }> {
  return inTempFolder(async (folder) => {
    const env = { MUSTER_DATA: join(folder, 'data'), MUSTER_BACKUP: join(folder, 'backup') }
    await grown(env.MUSTER_DATA, megabytes)
    const size = Math.round((await stat(join(env.MUSTER_DATA, 'muster.db'))).size / 1024 / 1024)
    const readyMs: number[] = []
    for (const _ of [1, 2, 3]) {
      const server = await startServer(['serve'], env)
      readyMs.push(server.readyMs)
      process.kill(server.pid, 'SIGKILL') // the next start finds what a kill leaves
      await server.stop()
    }
    return { size, readyMs }
  })
}

async function grown(folder: string, megabytes: number): Promise<number> {
  const db = await openHere(folder)
  await grow(db, join(folder, 'muster.db'), megabytes)
  const count = await db.orm.$count(changes)
  await db.close()
  return count
}

async function grow(db: Db, path: string, megabytes: number): Promise<void> {
  for (let round = 0; (await stat(path)).size < megabytes * 1024 * 1024; round++)
    await db.batch([
      db.orm.run(sql`
        with recursive n(n) as (values (1) union all select n + 1 from n where n < 2000)
        insert into changes (id, at, what, recorded_at)
        select 'c' || ${round} || '-' || n, ${at.getTime()}, hex(randomblob(300)), ${at.getTime()} from n`),
    ])
}

/** The longest that the event loop stood still while the record was copied and written to. */
export async function stallWhileCopying(
  megabytes: number,
  { times, how }: { times: number; how: 'still' | 'vacuum' },
): Promise<{ worstMs: number; megabytes: number }> {
  return inTempFolder(async (folder) => {
    const path = join(folder, 'record/muster.db')
    const db = await openHere(join(folder, 'record'))
    await grow(db, path, megabytes)
    const worst = { ms: 0 }
    for (let n = 0; n < times && how === 'still'; n++)
      worst.ms = Math.max(worst.ms, await stallOfSnapshot(db, join(folder, `backup-${n}`)))
    await db.close()
    for (let n = 0; n < times && how === 'vacuum'; n++)
      worst.ms = Math.max(worst.ms, await stallOfVacuum(path, join(folder, `copy-${n}.db`)))
    return { worstMs: worst.ms, megabytes: Math.round((await stat(path)).size / 1024 / 1024) }
  })
}

async function stallOfSnapshot(db: Db, backup: string): Promise<number> {
  const log = await openChangeLog(db, backup)
  const state = { over: false }
  const ms = await longestStall(async () => {
    const copied = takeSnapshot(db, log.branch, at).finally(() => Object.assign(state, { over: true }))
    for (let n = 0; !state.over; n++) {
      const written = { id: `w${Math.random()}`, at, what: `written meanwhile ${n}`, recordedAt: at }
      await db.batch([db.orm.insert(changes).values(written)])
      await turn()
    }
    await copied
  })
  await log.close()
  return ms
}

function stallOfVacuum(path: string, out: string): Promise<number> {
  return withCopy(path, ({ client }) =>
    longestStall(async () => void (await client.execute({ sql: 'VACUUM INTO ?', args: [out] }))),
  )
}

async function longestStall(work: () => Promise<void>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  await pause(20)
  await work()
  await pause(20)
  delay.disable()
  return delay.max / 1e6
}
