import { alarmStorm, morningPeak, type Soak, type Storm, soak } from './crowds.ts'
import { hangingTools } from './hanging-tools.ts'
import { breakEach } from './readiness.ts'
import type { Outcome, Row } from './table.ts'

/** What many at once do to the server. */
export const loadRows: readonly Row[] = [
  { id: 'L1', fault: 'the morning peak: all check in, a record of a year', times: 200, run: peak },
  {
    id: 'L2',
    fault: 'a storm of alarms, ten thousand in a minute',
    times: 10_000,
    run: async (times) => stormOutcome(await alarmStorm(times), 350),
  },
  { id: 'L4', fault: 'record, disk, backup, drill, letters broken one by one', times: 6, run: breakEach },
  { id: 'L5', fault: 'five tools that hang, fail or babble', times: 5, run: hangingTools },
  {
    id: 'L6',
    fault: 'the storm for ten minutes within a heap of 128 MB',
    times: 100_000,
    run: async (times) => stormOutcome(await alarmStorm(times, 128), 350),
  },
  { id: 'L6c', fault: 'control: within a heap of 24 MB (must end, and lose nothing)', times: 10_000, run: starved },
  { id: 'L7', fault: 'a soak of so many minutes', times: 120, run: async (minutes) => soaked(await soak(minutes)) },
  { id: 'L7c', fault: 'control: a soak that leaks (must grow)', times: 1, run: leaked },
]

async function peak(managers: number): Promise<Outcome> {
  const { asked, faults, p95Ms, p99Ms } = await morningPeak(managers)
  const lost = `${faults} faults, p95 ${Math.round(p95Ms)} ms, p99 ${Math.round(p99Ms)} ms`
  const asMeant = faults === 0 && p95Ms < 150 && p99Ms < 400
  return { tried: asked, survived: asked - faults, lost, worstMs: p99Ms, asMeant }
}

function stormOutcome({ acknowledged, lost, pagesP95Ms, turnP99Ms, peakMb, code }: Storm, mostMb: number): Outcome {
  const told = `${lost} of ${acknowledged}, pages p95 ${Math.round(pagesP95Ms)} ms, a turn p99 ${Math.round(turnP99Ms)} ms, ${Math.round(peakMb)} MB`
  const asMeant = lost === 0 && code === 0 && pagesP95Ms < 500 && turnP99Ms < 100 && peakMb < mostMb
  return { tried: acknowledged, survived: acknowledged - lost, lost: told, worstMs: pagesP95Ms, asMeant }
}

async function starved(times: number): Promise<Outcome> {
  const { acknowledged, lost, code } = await alarmStorm(times, 24)
  const told = `${lost} of ${acknowledged}, ended by itself: ${code === 0 ? 'no' : 'yes'}`
  return { tried: 1, survived: 0, lost: told, worstMs: null, asMeant: lost === 0 && code !== 0 }
}

function soaked({ minutes, heapMbAnHour, files, walMb, faults }: Soak): Outcome {
  const grew = `${heapMbAnHour.toFixed(1)} MB an hour, ${files[0]} → ${files[1]} files, WAL ${walMb.toFixed(1)} MB, ${faults} faults`
  const asMeant = heapMbAnHour < 1 && files[1] <= files[0] + 5 && walMb < 16 && faults === 0
  return { tried: minutes, survived: asMeant ? minutes : 0, lost: grew, worstMs: null, asMeant }
}

async function leaked(minutes: number): Promise<Outcome> {
  const { heapMbAnHour } = await soak(minutes, true)
  const lost = `${heapMbAnHour.toFixed(0)} MB an hour`
  return { tried: minutes, survived: 0, lost, worstMs: null, asMeant: heapMbAnHour >= 1 }
}
