import { aMinute, dayOf } from '../../src/calendar.ts'
import { bareCron, fakeClock } from './faked-clock.ts'
import { inTempFolder } from './folders.ts'
import { after, before, holding } from './hours.ts'
import { type NotRun, notFaked, type Outcome, type Row } from './table.ts'

/** What becomes of the hour when a program trusts node-cron alone: the controls of slot-rows.ts. */
export const bareRows: readonly Row[] = [
  { id: 'S1c', fault: 'control: node-cron alone, killed over the hour (must miss)', times: 1, run: bareKill },
  { id: 'S2c', fault: 'control: node-cron alone at 02:30 (must miss a day)', times: 1, run: bareNights },
  { id: 'S3c', fault: 'control: node-cron alone, set forward (must miss)', times: 1, run: bareJump },
  { id: 'S7c', fault: 'control: node-cron alone, held over the hour (must miss)', times: 1, run: bareHold },
]

async function bareNights(): Promise<Outcome | NotRun> {
  const steps = ['2026-03-28T01:30:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z']
  const struck = await bareThrough('30 2 * * *', steps, 'passes')
  if (struck === null) return notFaked
  const days = struck.map((at) => dayOf(new Date(at), 'Europe/Berlin'))
  const isMissed = !days.includes('2026-03-29') && days.includes('2026-03-28')
  return {
    tried: 3,
    survived: new Set(days).size,
    lost: `told on ${days.join(', ')}`,
    worstMs: null,
    asMeant: isMissed,
  }
}

async function bareKill(): Promise<Outcome | NotRun> {
  return inTempFolder(async (folder) => {
    const struck: string[] = []
    for (const at of [before(4_000), after(1_000)]) {
      const clock = fakeClock(folder, at, 'jumps')
      if (clock === null) return notFaked
      const cron = await bareCron('0 7 * * *', 'Europe/Berlin', clock.env)
      await new Promise((later) => setTimeout(later, 2_000))
      await cron.end()
      struck.push(...cron.struck)
    }
    return { tried: 1, survived: struck.length, lost: '1 of 1', worstMs: null, asMeant: struck.length === 0 }
  })
}

async function bareHold(): Promise<Outcome | NotRun> {
  return inTempFolder(async (folder) => {
    const clock = fakeClock(folder, before(4_000), 'jumps')
    if (clock === null) return notFaked
    const env = { ...clock.env, NODE_OPTIONS: `--import=${await holding(folder, 5_000)}` }
    const cron = await bareCron('0 7 * * *', 'Europe/Berlin', env)
    await new Promise((later) => setTimeout(later, 15_000))
    await cron.end()
    const missed = 1 - cron.struck.length
    return { tried: 1, survived: cron.struck.length, lost: `${missed} of 1`, worstMs: null, asMeant: missed === 1 }
  })
}

async function bareJump(): Promise<Outcome | NotRun> {
  const struck = await bareThrough('0 7 * * *', [after(10 * aMinute).toISOString()], 'jumps')
  if (struck === null) return notFaked
  return { tried: 1, survived: struck.length, lost: '1 of 1', worstMs: null, asMeant: struck.length === 0 }
}

/** When node-cron alone ran a job while its clock was set to one instant after the other. null = faketime is not there. */
async function bareThrough(when: string, steps: readonly string[], how: 'jumps' | 'passes'): Promise<string[] | null> {
  return inTempFolder(async (folder) => {
    const first = new Date(Date.parse(steps[0] ?? '') - 15 * aMinute)
    const clock = fakeClock(folder, first, how)
    if (clock === null) return null
    const cron = await bareCron(when, 'Europe/Berlin', clock.env)
    for (const step of steps) {
      clock.set(new Date(Date.parse(step) - 300))
      await new Promise((later) => setTimeout(later, how === 'passes' ? 3_000 : 65_000))
    }
    await cron.end()
    return cron.struck
  })
}
