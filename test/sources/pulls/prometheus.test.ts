import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { dayBounds } from '../../../src/calendar.ts'
import { exposuresSince } from '../../../src/record/exposures.ts'
import { levelDays } from '../../../src/record/service-levels.ts'
import { seriesIn, valuesBy } from '../../../src/sources/pulls/prometheus-answer.ts'
import { dayBefore, hoursAgo, minutesAgo, morning, zone } from '../../support/morning.ts'
import { aFolder, openTestRecord } from '../../support/open-record.ts'
import { freePort, run } from '../daemons.ts'
import { anApi, aPull } from './a-pull.ts'

const present = ['/usr/bin/prometheus', '/usr/bin/promtool'].every((program) => existsSync(program))
const yesterday = dayBefore(1)
const level = { service: 'checkout', indicator: 'availability', good: 'avg(up{job="checkout"}) >= bool 0.5' }

/** Yesterday as two targets lived it: scraped every 15 s, down from 03:00 to 03:10, and from 14:02:20 to 14:41:50 nobody scraped. */
function aDay(): string {
  const from = dayBounds(yesterday, zone).from.getTime() / 1000
  const [gapFrom, gapTo] = [from + (14 * 60 + 2) * 60 + 20, from + (14 * 60 + 41) * 60 + 50]
  const lines = ['# TYPE up gauge', '# TYPE asked counter']
  const times = Array.from({ length: 24 * 240 }, (_, scrape) => from + scrape * 15).filter(
    (at) => at < gapFrom || at > gapTo,
  )
  for (const dc of ['fra', 'ams'])
    for (const at of times)
      lines.push(`up{job="checkout",dc="${dc}"} ${at >= from + 180 * 60 && at < from + 190 * 60 ? 0 : 1} ${at}`)
  for (const [code, each] of [
    ['200', 99],
    ['500', 1],
  ] as const)
    for (const at of times) lines.push(`asked_total{job="checkout",code="${code}"} ${((at - from) / 15) * each} ${at}`)
  return [...lines, '# EOF', ''].join('\n')
}

/** A real Prometheus that remembers yesterday. */
async function aPrometheus(): Promise<string> {
  const folder = await aFolder()
  await writeFile(join(folder, 'day.txt'), aDay())
  await writeFile(join(folder, 'prometheus.yml'), 'global: { scrape_interval: 15s }\n')
  const backfill = ['tsdb', 'create-blocks-from', 'openmetrics', join(folder, 'day.txt'), join(folder, 'tsdb')]
  await promisify(execFile)('/usr/bin/promtool', backfill)
  const port = await freePort()
  run('/usr/bin/prometheus', [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'tsdb')}`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
  ])
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 200; tries++) {
    if ((await fetch(`${url}/-/ready`).catch(() => null))?.ok) return url
    await pause(100)
  }
  throw new Error('Prometheus did not become ready')
}

test.skipIf(!present)(
  'a real Prometheus: the day is right to the minute through a scrape gap (skipped where it is not installed)',
  { timeout: 60_000 },
  async () => {
    const { db } = await openTestRecord()
    const levels = [
      level,
      { service: 'checkout', indicator: 'every target', good: 'up{job="checkout"} == 1' },
      {
        service: 'checkout',
        indicator: 'requests',
        goodEvents: 'sum(increase(asked_total{job="checkout",code!~"5.."}[$window]))',
        events: 'sum(increase(asked_total{job="checkout"}[$window]))',
      },
      { service: 'search', indicator: 'availability', good: 'up{job="search"}' },
    ]
    const { tick, standing } = await aPull(db, {
      kind: 'prometheus',
      url: await aPrometheus(),
      options: { levels, days: 1 },
    })

    await tick()

    expect((await standing())?.fault).toBeNull()
    const days = await levelDays(db, { from: yesterday, to: yesterday })
    const counted = Object.fromEntries(
      days.map(({ service, indicator, good, total, unknown }) => [`${service} ${indicator}`, { good, total, unknown }]),
    )
    // Nobody scraped in the 38 minutes from 14:03 to 14:41; those before and after were seen in part.
    const unknown = 1440 - (await minutesSeen())
    expect(unknown).toBe(38)
    expect(counted['checkout availability']).toEqual({ good: 1440 - unknown - 10, total: 1440 - unknown, unknown })
    expect(counted['checkout every target']).toEqual({ good: 1440 - unknown - 10, total: 1440 - unknown, unknown })
    expect(counted['search availability']).toEqual({ good: 0, total: 0, unknown: 1440 })
    const requests = counted['checkout requests'] ?? { good: 0, total: 0, unknown: 0 }
    expect(requests.good / requests.total).toBeCloseTo(0.99, 6)
    expect(requests.unknown).toBeGreaterThan(0)
  },
)

// By hand, from the scrapes themselves: minutes in which there was one at least.
async function minutesSeen(): Promise<number> {
  const from = dayBounds(yesterday, zone).from.getTime() / 1000
  const scrapes = aDay()
    .split('\n')
    .filter((line) => line.startsWith('up{job="checkout",dc="fra"}'))
    .map((line) => Number(line.split(' ')[2]))
  return new Set(scrapes.filter((at) => at > from).map((at) => Math.ceil((at - from) / 60))).size
}

const captures = '../shared/data/alertmanager-live/api'

test.skipIf(!existsSync(captures))(
  'what a real Prometheus once answered is read: NaN is no value, nothing is not zero (skipped without the captures)',
  () => {
    const read = (name: string): unknown => JSON.parse(readFileSync(`${captures}/${name}.json`, 'utf8'))

    expect([...seriesIn(read('query_empty')).keys()]).toEqual([])
    expect([...seriesIn(read('query_scalar_nan')).values()]).toEqual([])
    expect(
      [...seriesIn(read('query_range_error_ratio')).values()].flat().every((value) => value >= 0 && value <= 1),
    ).toBe(true)
    expect(seriesIn(read('query_range_error_ratio')).size).toBeGreaterThan(3)
    expect(valuesBy('job', read('query_up')).size).toBeGreaterThan(0)
    expect(() => seriesIn(read('query_error_400'))).toThrow('not what a Prometheus answers')
  },
)

const matrix = (result: unknown[]) => ({ status: 'success', data: { resultType: 'matrix', result } })
const vector = (values: Record<string, string>) => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: Object.entries(values).map(([dc, value]) => ({ metric: { dc }, value: [1, value] })),
  },
})

test('each complete day is asked once, the oldest first, and a day under way is not', async () => {
  const { db } = await openTestRecord()
  const { url, asked } = await anApi(() => matrix([]))
  const { tick } = await aPull(db, { kind: 'prometheus', url, options: { levels: [level], days: 3 } })

  await tick(morning)
  await tick(new Date(morning.getTime() + 60_000))
  const askedFirst = asked.length
  await tick(new Date(morning.getTime() + 24 * 3_600_000))

  expect(askedFirst).toBe(2 * 3)
  expect(asked.length).toBe(2 * 4)
  expect((await levelDays(db, { from: dayBefore(9), to: '2026-11-30' })).map(({ day }) => day)).toEqual([
    dayBefore(3),
    dayBefore(2),
    yesterday,
    '2026-11-23',
  ])
})

test('a query that Prometheus refuses is told in its own words, and the round tells nothing', async () => {
  const { db } = await openTestRecord()
  const { url } = await anApi(() => 400)
  const { tick, standing } = await aPull(db, { kind: 'prometheus', url, options: { levels: [level] } })

  await tick()

  expect(await standing()).toMatchObject({ fault: 'it answers 400: not today', failures: 1, asOf: null })
  expect(await levelDays(db, { from: dayBefore(9), to: yesterday })).toEqual([])
})

test('targets are sites: one that is lost leaves the other alone, one that is not scraped is unknown and never green', async () => {
  const { db } = await openTestRecord()
  const now: { values: Record<string, string> } = { values: { fra: '1', ams: '1' } }
  const { url } = await anApi(() => vector(now.values))
  const sites = [{ service: 'checkout', label: 'dc', query: 'max by (dc) (up{job="checkout"})' }]
  const { tick } = await aPull(db, { kind: 'prometheus', url, options: { sites } })
  const open = async () =>
    (await exposuresSince(db, hoursAgo(48), morning)).map(({ service, until, certain }) => ({
      service,
      isOpen: until === null,
      certain,
    }))

  await tick(minutesAgo(30))
  expect(await open()).toEqual([])

  now.values = { fra: '1', ams: '0' }
  await tick(minutesAgo(20))
  expect(await open()).toEqual([{ service: 'checkout', isOpen: true, certain: true }])

  now.values = { fra: '1' }
  await tick(minutesAgo(10))
  expect(await open()).toEqual([{ service: 'checkout', isOpen: true, certain: false }])

  now.values = { fra: '1', ams: '1' }
  await tick(minutesAgo(5))
  expect(await open()).toMatchObject([{ isOpen: false }])
})
