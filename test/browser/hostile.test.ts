import { Hono } from 'hono'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRecords } from '../../src/sources/sheets/csv.ts'
import type { Env } from '../../src/web/house.ts'
import { policy } from '../../src/web/policy.ts'
import { crawl } from '../attacks/crawl.ts'
import { tellHostile } from '../attacks/hostile-record.ts'
import { means, payloads } from '../attacks/payloads.ts'
import { openBrowser } from '../support/browser.ts'
import { openApp } from '../support/open-app.ts'

const opened = {} as { browser: Browser }
beforeAll(async () => {
  opened.browser = await openBrowser()
})
afterAll(() => opened.browser.close())

// Every page without an id, one of each thing that holds many payloads, and what an address itself may carry.
const chief = [
  ...Object.keys(policy)
    .filter(
      (route) => /^GET \/[^:*.]*$/.test(route) && !/healthz|readyz|metrics|api\/|live|callback|provider$/.test(route),
    )
    .map((route) => route.slice(4)),
  ...['/incidents/H0', '/problems/P0', '/actions/A0', '/changes/C0', '/complaints/K0', '/forecasts/F0'],
  ...['/meetings/2026-11-23/projector', '/sources/alertmanager', '/people/h1%40example.com', '/api/v1/docs'],
  ...payloads.slice(0, 6).map((text) => `/incidents?search=${encodeURIComponent(text)}`),
  `/nowhere/${encodeURIComponent(payloads[30] ?? '')}`,
  `/sign-in?next=${encodeURIComponent('/"><img src=/canary onerror=hit(1)>')}`,
]

test('three hundred hostile titles, by every entrance: nothing runs, nothing asks, nothing lives on any page', {
  timeout: 120_000,
}, async () => {
  const house = await openApp()
  const { delivered, posted } = await tellHostile(house)
  expect(payloads).toHaveLength(300)
  expect([delivered > 0, posted > 800]).toEqual([true, true])

  const { pages, ...found } = await crawl(house.app, opened.browser, { from: chief, most: 60 })

  expect(found).toEqual({ executed: [], asked: [], refused: [], live: [] })
  expect(pages.length).toBeGreaterThan(50)
  for (const list of ['/incidents', '/problems', '/changes', '/complaints']) {
    const sheet = await house.app.request(`${list}?as=csv`)
    expect(sheet.headers.get('content-type')).toMatch(/^text\/csv/)
    const cells: string[] = []
    for await (const { fields } of readRecords(asStream(await sheet.text()), ',')) cells.push(...fields)
    expect(cells.length).toBeGreaterThan(50)
    expect(cells.filter((cell) => /^[\s\u200b-\u200f]*[=+@]/m.test(cell))).toEqual([])
  }
  for (const kind of ['incidents', 'changes', 'people', 'problems']) {
    const response = await house.app.request(`/api/v1/${kind}?limit=1000`)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('set-cookie')).toBeNull()
  }
})

test('where titles were written as they come, the same eyes would see it', async () => {
  const raw = new Hono<Env>().get('/raw', (c) =>
    c.html(`<!doctype html><title>x</title>${means.slice(0, 10).join('')}`),
  )

  const { executed, asked, live } = await crawl(raw, opened.browser, { from: ['/raw'], most: 1 })

  expect([executed.length > 3, asked.length > 0, live.length > 5]).toEqual([true, true, true])
})

async function* asStream(text: string) {
  yield text
}
