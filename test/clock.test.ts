import { expect, onTestFinished, test, vi } from 'vitest'
import { oneAtATime, startClock } from '../src/clock.ts'

const nine = new Date('2026-11-23T08:00:00Z')

test('a job that still runs when its next minute strikes is not begun again, and is begun when it has ended', async () => {
  const runs: { at: Date; end: () => void }[] = []
  const job = { name: 'slow', run: (at: Date) => new Promise<void>((end) => runs.push({ at, end })) }
  const strike = oneAtATime(job, (_, fault) => expect.unreachable(String(fault)))

  const first = strike(nine)
  const second = strike(new Date(nine.getTime() + 60_000))
  expect(runs).toHaveLength(1)
  runs[0]?.end()
  await Promise.all([first, second])

  const third = strike(new Date(nine.getTime() + 120_000))
  expect(runs.map(({ at }) => at.getUTCMinutes())).toEqual([0, 2])
  runs[1]?.end()
  await third
})

test('a job that fails is told of and runs again the next minute', async () => {
  const faults: unknown[] = []
  const job = { name: 'ingest', run: () => Promise.reject(new Error('no record')) }
  const strike = oneAtATime(job, (name, fault) => faults.push(`${name}: ${fault}`))

  await strike(nine)
  await strike(nine)

  expect(faults).toEqual(['ingest: Error: no record', 'ingest: Error: no record'])
})

test('the clock runs its jobs at once when it starts, and stops when they have ended', async () => {
  const ended: string[] = []
  const slow = { name: 'slow', run: () => new Promise((end) => setTimeout(end, 50)).then(() => ended.push('slow')) }
  const clock = startClock([slow], { now: () => nine, onFault: (_, fault) => expect.unreachable(String(fault)) })

  await clock.stop()

  expect(ended).toEqual(['slow'])
})

test.each([
  ['over hours, as of a machine that slept', '2026-11-23T11:00:05.000Z', 1],
  ['back by hours', '2026-11-23T05:58:00.000Z', 3],
  ['over the minute alone, as of a loop that was held', '2026-11-23T08:00:04.000Z', 1],
])(
  'a clock that is set %s is heard within seconds, and strikes each minute from then on',
  async (_how, set, minutes) => {
    vi.useFakeTimers({ now: new Date('2026-11-23T07:59:59.500Z') })
    onTestFinished(() => void vi.useRealTimers())
    const struck: number[] = []
    const jobs = [{ name: 'tick', run: async (at: Date) => struck.push(at.getTime()) }]
    const clock = startClock(jobs, { now: () => new Date(), onFault: (_, fault) => expect.unreachable(String(fault)) })

    vi.setSystemTime(new Date(set))
    await vi.advanceTimersByTimeAsync(minutes * 70_000)
    await clock.stop()

    const [first = 0, second = 0] = struck
    const later = struck.slice(1)
    expect(new Date(first).toISOString()).toBe('2026-11-23T07:59:59.500Z')
    expect(second - Date.parse(set)).toBeLessThanOrEqual(7_500)
    expect(later.length).toBeGreaterThanOrEqual(minutes + 1)
    expect(later.every((at, place) => place === 0 || at - (later[place - 1] ?? 0) <= 70_000)).toBe(true)
  },
)
