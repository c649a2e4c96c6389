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

test('a minute that went by while the loop was busy is made up for at once, many of them once', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-23T07:59:59.500Z') })
  onTestFinished(() => void vi.useRealTimers())
  const struck: string[] = []
  const jobs = [{ name: 'tick', run: async (at: Date) => struck.push(at.toISOString()) }]
  const clock = startClock(jobs, { now: () => new Date(), onFault: (_, fault) => expect.unreachable(String(fault)) })

  vi.setSystemTime(new Date('2026-11-23T11:00:05.000Z'))
  await vi.advanceTimersByTimeAsync(2_000)

  expect(struck[0]).toBe('2026-11-23T07:59:59.500Z')
  expect(struck[1]).toMatch(/^2026-11-23T11:00:0[5-7]/)
  expect(struck.length).toBe(2)
  await clock.stop()
})
