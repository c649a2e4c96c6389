import { gzipSync } from 'node:zlib'
import type { CDPSession, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { startServer } from '../support/server.ts'
import { atMost, type Figure, percentile } from './table.ts'

/** Chrome's own "slow 3G": 400 kbit/s each way and 400 ms to anywhere and back. */
const slow3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }
const narrow = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

/** The phone's page as a phone on a slow network meets it: what goes over the wire, and when its largest words are painted. */
export async function checkingIn(times = 7): Promise<Figure[]> {
  const server = await startServer(['demo'], { MUSTER_NOW: '2026-11-23T08:00:00Z', MUSTER_ZONE: 'Europe/Berlin' })
  const browser = await openBrowser()
  try {
    const html = await (await fetch(`${server.address}/check-in`)).arrayBuffer()
    const measured: Visit[] = []
    for (let time = 0; time < times; time++) {
      const context = await browser.newContext({ ...narrow, baseURL: server.address })
      const page = await context.newPage()
      measured.push(await visit(page, await context.newCDPSession(page)))
      await context.close()
    }
    const requests = Math.max(...measured.map(({ before }) => before))
    return [
      atMost('check-in over the wire, gzip', gzipSync(Buffer.from(html)).length, 14 * 1024, 'bytes'),
      atMost('requests until it can be read', requests, 1, 'requests'),
      atMost(
        'largest paint on slow 3G, p50',
        percentile(
          measured.map(({ paintMs }) => paintMs),
          50,
        ),
        1000,
        'ms',
      ),
      atMost('layout shift', Math.max(...measured.map(({ shift }) => shift)), 0.01, ''),
    ]
  } finally {
    await browser.close()
    await server.stop()
  }
}

interface Visit {
  before: number
  paintMs: number
  shift: number
}

async function visit(page: Page, session: CDPSession): Promise<Visit> {
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', slow3G)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.resourceType()))
  await page.addInitScript(watcher)
  await page.goto('/check-in', { waitUntil: 'load' })
  const before = asked.filter((type) => ['document', 'stylesheet', 'font', 'image', 'script'].includes(type)).length
  await page.waitForTimeout(400)
  const seen = await page.evaluate('({ paintMs: globalThis.largest, shift: globalThis.shift })')
  return { before, ...(seen as { paintMs: number; shift: number }) } // as the watcher below keeps them
}

const watcher = `
  globalThis.largest = 0; globalThis.shift = 0
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.largest = entry.startTime })
    .observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value })
    .observe({ type: 'layout-shift', buffered: true })`
