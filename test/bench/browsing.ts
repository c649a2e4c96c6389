import type { Browser, CDPSession, Page } from 'playwright-core'
import { openBrowser, screens } from '../support/browser.ts'
import type { Server } from '../support/server.ts'
import { emptyFolder, serverOn } from './folders.ts'
import { atMost, type Figure, percentile } from './table.ts'

/** The pages that one opens first, and those that chart. */
const seen = ['/', '/incidents', '/incidents/INC-3176', '/exposures', '/problems', '/sources', '/people'] as const
const charted = ['/service-levels/payments'] as const
const onThePhone = ['/', '/incidents/INC-3176', ...charted] as const
const rounds = 5

/** What a reader waits for and what a line carries, in a real Chromium on the sample fortnight. */
export async function browsing(): Promise<Figure[]> {
  const server = await serverOn(await emptyFolder(), ['demo'])
  const browser = await openBrowser()
  try {
    return [
      ...(await weights(browser, server)),
      ...(await speeds(browser, server)),
      ...(await firstBytes(server)),
      ...(await keeping(server)),
    ]
  } finally {
    await browser.close()
    await server.stop()
  }
}

interface Carried {
  kind: string
  url: string
  bytes: number // as they came over the line, head included
}

async function weights(browser: Browser, server: Server): Promise<Figure[]> {
  const views = await Promise.all(
    [...seen, ...charted].map(async (path) => ({ path, carried: await carriedBy(browser, server, path) })),
  )
  const kilobytes = (list: Carried[]) => list.reduce((sum, { bytes }) => sum + bytes, 0) / 1000
  const heaviest = (of: (carried: Carried[]) => number, among = views) =>
    Math.max(...among.map(({ carried }) => of(carried)))
  const plain = views.filter(({ path }) => !charted.some((one) => one === path))
  return [
    atMost(
      'document, the heaviest page',
      heaviest((all) => kilobytes(all.filter(({ kind }) => kind === 'Document'))),
      13,
      'kB',
    ),
    atMost('first view without charts', heaviest(kilobytes, plain), 40, 'kB'),
    atMost(
      'requests of a first view without charts',
      heaviest((all) => all.length, plain),
      5,
      'requests',
    ),
    atMost(
      'script of a page without charts',
      heaviest((all) => kilobytes(all.filter(({ kind }) => kind === 'Script')), plain),
      18,
      'kB',
    ),
  ]
}

/** Everything a fresh browser loads for a page, its own pictures aside. A stream of events is no load: it begins when the view stands. */
async function carriedBy(browser: Browser, server: Server, path: string): Promise<Carried[]> {
  const { page, wire } = await freshPage(browser, screens.desk)
  const carried = new Map<string, Carried>()
  wire.on('Network.responseReceived', ({ requestId, type, response }) =>
    carried.set(requestId, { kind: type, url: response.url, bytes: 0 }),
  )
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = carried.get(requestId)
    if (one) one.bytes = encodedDataLength
  })
  await page.goto(server.address + path, { waitUntil: 'load' })
  await page.waitForTimeout(500)
  await page.context().close()
  return [...carried.values()].filter(({ kind, url }) => kind !== 'EventSource' && !url.startsWith('data:'))
}

interface Felt {
  largest: number // ms to the largest paint
  shift: number
  blocked: number // ms
}

async function speeds(browser: Browser, server: Server): Promise<Figure[]> {
  const desk = await feltOn(browser, server, { viewport: screens.desk, throttled: false })
  const phone = await feltOn(browser, server, { viewport: screens.phone, throttled: true })
  const worst = (felt: Felt[], of: keyof Felt) => Math.max(...felt.map((one) => one[of]))
  return [
    atMost('largest paint at the desk, the slowest page', worst(desk, 'largest') / 1000, 1.2, 's'),
    atMost(
      'largest paint on a phone with slow 4G and a quarter of the processor',
      worst(phone, 'largest') / 1000,
      1.8,
      's',
    ),
    atMost('layout shift, the worst page', Math.max(worst(desk, 'shift'), worst(phone, 'shift')), 0.01, ''),
    atMost('blocking time while loading at the desk', worst(desk, 'blocked'), 50, 'ms'),
    atMost('blocking time while loading on the phone', worst(phone, 'blocked'), 50, 'ms'),
    atMost('from a key or a click to the next paint', await interaction(browser, server), 100, 'ms'),
  ]
}

/** The middle of five fresh loads of each page. */
async function feltOn(
  browser: Browser,
  server: Server,
  how: { viewport: (typeof screens)['desk' | 'phone']; throttled: boolean },
): Promise<Felt[]> {
  const felt: Felt[] = []
  for (const path of how.throttled ? onThePhone : [...seen, ...charted]) {
    const loads: Felt[] = []
    for (let round = 0; round < rounds; round++) {
      const { page, wire } = await freshPage(browser, how.viewport)
      if (how.throttled) await throttle(wire)
      await page.addInitScript(watching)
      await page.goto(server.address + path, { waitUntil: 'load' })
      await page.waitForTimeout(how.throttled ? 700 : 300)
      loads.push(await page.evaluate('watched'))
      await page.context().close()
    }
    const middle = (of: keyof Felt) =>
      percentile(
        loads.map((load) => load[of]),
        50,
      )
    felt.push({ largest: middle('largest'), shift: middle('shift'), blocked: middle('blocked') })
  }
  return felt
}

// Runs in the page from before its first byte.
const watching = `
  window.watched = { largest: 0, shift: 0, blocked: 0, slowest: 0 }
  const watch = (type, note, more) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more })
  watch('largest-contentful-paint', ({ startTime }) => { watched.largest = startTime })
  watch('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) watched.shift += value })
  watch('longtask', ({ duration }) => { watched.blocked += Math.max(0, duration - 50) })
  watch('event', ({ duration, interactionId }) => { if (interactionId) watched.slowest = Math.max(watched.slowest, duration) }, { durationThreshold: 16 })`

/** As Lighthouse throttles a phone: 1.6 Mbit/s, 150 ms there and back, a processor four times slower. */
async function throttle(wire: CDPSession): Promise<void> {
  const bytesPerSecond = (1.6 * 1024 * 1024) / 8
  await wire.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond / 2,
  })
  await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}

/** Keys, folding, and a form that is answered by the record: the slowest of them, middle of five. */
async function interaction(browser: Browser, server: Server): Promise<number> {
  const slowest: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { page } = await freshPage(browser, screens.desk)
    await page.addInitScript(watching)
    await page.goto(server.address)
    await page.waitForTimeout(300)
    for (const key of ['j', 'j', 'k', '4', '?', 'Escape']) await page.keyboard.press(key)
    await page.locator('details.topic > summary').nth(2).click()
    await page.locator('button[name=decision][value=no]:visible').first().click()
    await page.waitForTimeout(700)
    slowest.push(await page.evaluate('watched.slowest'))
    await page.context().close()
  }
  return percentile(slowest, 50)
}

/** Each page fifty times, in turns, a tenth of them right after the record changed. */
async function firstBytes({ address }: Server): Promise<Figure[]> {
  const spans: number[] = []
  for (let turn = -5; turn < 50; turn++) {
    if (turn % 10 === 0) await note(address, turn)
    for (const path of [...seen, ...charted]) {
      const begun = performance.now()
      const answer = await fetch(address + path)
      const span = performance.now() - begun
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
      if (turn >= 0) spans.push(span)
    }
  }
  return [atMost('time to the first byte, p95', percentile(spans, 95), 25, 'ms')]
}

async function note(address: string, turn: number): Promise<void> {
  await fetch(`${address}/incidents/INC-3176/notes`, {
    method: 'POST',
    headers: { origin: address, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ text: `Turn ${turn}` }),
    redirect: 'manual',
  })
}

/** Whatever a page loads is kept for a year under a name of its content, squeezed, and not sent twice. */
async function keeping({ address }: Server): Promise<Figure[]> {
  const text = await (await fetch(address)).text()
  const assets = [...new Set(text.match(/\/assets\/[^"]+/g) ?? [])]
  const faults = await Promise.all(
    assets.map(async (asset) => {
      const first = await fetch(address + asset, { headers: { 'accept-encoding': 'br, gzip' } })
      const again = await fetch(address + asset, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
      const isKept =
        /max-age=31536000.*immutable/.test(first.headers.get('cache-control') ?? '') &&
        /\.[0-9a-f]{12}\.\w+$/.test(asset)
      const isText = /text|script|svg/.test(first.headers.get('content-type') ?? '')
      const isSqueezed =
        !isText || first.headers.has('content-encoding') || (await first.arrayBuffer()).byteLength < 500
      return Number(!isKept) + Number(!isSqueezed) + Number(again.status !== 304)
    }),
  )
  return [
    atMost(
      `faults in how ${assets.length} assets are kept, squeezed and asked for again`,
      faults.reduce((sum, one) => sum + one, 0),
      0,
      '',
    ),
  ]
}

async function freshPage(
  browser: Browser,
  viewport: { width: number; height: number },
): Promise<{ page: Page; wire: CDPSession }> {
  const page = await (await browser.newContext({ viewport })).newPage()
  const wire = await page.context().newCDPSession(page)
  await wire.send('Network.enable')
  return { page, wire }
}
