import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { asBundled, startServer } from '../support/server.ts'
import { inTempFolder } from './folders.ts'
import { sendTo } from './load.ts'
import { deliveredIn } from './lost-machine.ts'

export interface Ends {
  tried: number
  acknowledged: number
  lost: number
  codes: (number | null)[]
  worstMs: number // from the blow to the end of the process
  worstReadyMs: number // from a start to the first answer at /readyz
}

/** Told to stop while senders are at it. */
export function stopUnderLoad(times: number): Promise<Ends> {
  return endUnderLoad(times, null)
}

/** A promise is rejected, and nobody looks, while senders are at it. */
export async function surpriseUnderLoad(times: number): Promise<Ends> {
  return inTempFolder(async (folder) => {
    const surprise = join(folder, 'surprise.mjs')
    await writeFile(surprise, `setTimeout(() => Promise.reject(new Error('a surprise')), 1500 + Math.random() * 1000)`)
    return endUnderLoad(times, surprise)
  })
}

async function endUnderLoad(times: number, surprise: string | null): Promise<Ends> {
  const ends: Ends = { tried: 0, acknowledged: 0, lost: 0, codes: [], worstMs: 0, worstReadyMs: 0 }
  await inTempFolder(async (folder) => {
    const env = { MUSTER_DATA: join(folder, 'data'), MUSTER_BACKUP: join(folder, 'backup') }
    const program = surprise ? ['--import', pathToFileURL(surprise).href, ...asBundled] : asBundled
    const acknowledged: string[] = []
    for (; ends.tried < times; ends.tried++) {
      const server = await startServer(['serve'], env, program)
      ends.worstReadyMs = Math.max(ends.worstReadyMs, server.readyMs)
      const load = sendTo(server, { senders: 8, name: `${ends.tried}` })
      const begun = await blow(server, surprise !== null)
      const ended = server.stop()
      ends.codes.push(await ended)
      ends.worstMs = Math.max(ends.worstMs, performance.now() - begun)
      await load.stop()
      acknowledged.push(...load.acks.keys())
    }
    const there = await deliveredIn(env.MUSTER_DATA)
    ends.acknowledged = acknowledged.length
    ends.lost = acknowledged.filter((id) => !there.has(id)).length
  })
  return ends
}

async function blow(server: { said(): string }, isSurprised: boolean): Promise<number> {
  if (!isSurprised) await pause(300 + Math.random() * 700)
  else for (let waited = 0; waited < 10_000 && !server.said().includes('unexpected'); waited += 10) await pause(10)
  return performance.now()
}
