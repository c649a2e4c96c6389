import { join } from 'node:path'
import { startServer } from '../support/server.ts'
import { inTempFolder } from './folders.ts'
import { sendTo } from './load.ts'
import { deliveredIn, run } from './lost-machine.ts'

export interface Second {
  tried: number
  refused: number // ended by itself with 75, or 1 where it found the first one's port
  worstMs: number
  firstUnharmed: boolean
}

/** A second server is started on a record that one has open and is taking deliveries for. */
export async function startTwice(times: number): Promise<Second> {
  return inTempFolder(async (folder) => {
    const env = { MUSTER_DATA: join(folder, 'data'), MUSTER_BACKUP: join(folder, 'backup') }
    const first = await startServer(['serve'], env)
    const load = sendTo(first, { senders: 2, name: 'first' })
    const second: Second = { tried: 0, refused: 0, worstMs: 0, firstUnharmed: false }
    for (; second.tried < times; second.tried++) {
      const begun = performance.now()
      if ((await run(['serve'], { ...env, PORT: '0' })) === 75) second.refused += 1
      second.worstMs = Math.max(second.worstMs, performance.now() - begun)
    }
    await load.stop()
    const code = await first.stop()
    const there = await deliveredIn(env.MUSTER_DATA)
    second.firstUnharmed = code === 0 && [...load.acks.keys()].every((id) => there.has(id))
    return second
  })
}
