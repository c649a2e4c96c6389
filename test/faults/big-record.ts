import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Db } from '../../src/record/db.ts'
import { changes } from '../../src/record/schema.ts'
import { openChangeLog } from '../../src/record/shipping.ts'
import { takeSnapshot } from '../../src/record/snapshots.ts'
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
    const db = await openHere(join(folder, 'record'))
    const path = join(folder, 'record/muster.db')
    await grow(db, path, megabytes)
    const log = await openChangeLog(db, join(folder, 'backup'))
    const worst = { ms: 0 }
    for (let n = 0; n < times; n++) {
      const copy =
        how === 'still'
          ? takeSnapshot(db, log.branch, new Date(at.getTime() + n))
          : db.orm.values(sql`vacuum into ${join(folder, `copy-${n}.db`)}`)
      worst.ms = Math.max(worst.ms, await stallDuring(db, copy))
    }
    await log.close()
    const size = (await stat(path)).size
    await db.close()
    return { worstMs: worst.ms, megabytes: Math.round(size / 1024 / 1024) }
  })
}

async function stallDuring(db: Db, work: PromiseLike<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const state = { over: false }
  delay.enable()
  const done = Promise.resolve(work).finally(() => Object.assign(state, { over: true }))
  for (let n = 0; !state.over; n++) {
    await db.batch([
      db.orm.insert(changes).values({ id: `w${Math.random()}`, at, what: `written meanwhile ${n}`, recordedAt: at }),
    ])
    await turn()
  }
  await done
  delay.disable()
  return delay.max / 1e6
}
