import { startBig } from './big-record.ts'
import { type Ends, stopUnderLoad, surpriseUnderLoad } from './ends.ts'
import { startTwice } from './second-server.ts'
import type { Outcome, Row } from './table.ts'

/** What may happen to the server. */
export const serverRows: readonly Row[] = [
  { id: 'L3s', fault: 'a start on a record of 1,000 MB', times: 1_000, run: bigStart },
  { id: 'D7', fault: 'a second server on the same record', times: 5, run: second },
  {
    id: 'L3',
    fault: 'SIGTERM under load',
    times: 50,
    run: async (times) => outcomeOf(await stopUnderLoad(times), { code: 0, mostMs: 10_000 }),
  },
  {
    id: 'L8',
    fault: 'a rejection that nobody foresaw, under load',
    times: 10,
    run: async (times) => outcomeOf(await surpriseUnderLoad(times), { code: 1, mostMs: 10_000 }),
  },
]

function outcomeOf(
  { tried, acknowledged, lost, codes, worstMs, worstReadyMs }: Ends,
  wanted: { code: number; mostMs: number },
): Outcome {
  const others = codes.filter((code) => code !== wanted.code).length
  const asMeant = others === 0 && lost === 0 && worstMs <= wanted.mostMs && worstReadyMs <= 3_000
  const told = `${lost} of ${acknowledged}, ready again within ${Math.round(worstReadyMs)} ms${others > 0 ? `, ${others} with another exit` : ''}`
  return { tried, survived: tried - others, lost: told, worstMs, asMeant }
}

async function bigStart(megabytes: number): Promise<Outcome> {
  const { size, readyMs } = await startBig(megabytes)
  const worstMs = Math.max(...readyMs)
  const lost = `ready within ${readyMs.map((ms) => `${Math.round(ms)} ms`).join(', ')} on ${size} MB`
  return { tried: readyMs.length, survived: readyMs.length, lost, worstMs, asMeant: worstMs <= 3_000 }
}

async function second(times: number): Promise<Outcome> {
  const { tried, refused, worstMs, firstUnharmed } = await startTwice(times)
  const asMeant = refused === tried && firstUnharmed && worstMs <= 5_000
  return {
    tried,
    survived: refused,
    lost: firstUnharmed ? 'the first goes on' : 'the first was harmed',
    worstMs,
    asMeant,
  }
}
