import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { fillDemo } from '../../src/commands/demo.ts'
import type { Fault } from '../../src/web/house.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { jsonOf, send } from './asking.ts'

const pages = [
  ...['/', '/meetings', '/meetings/2026-11-23', '/meetings/2026-11-20', '/meetings/2026-11-22', '/by-hand'],
  ...['/incidents', '/problems', '/changes', '/exposures', '/service-levels', '/complaints', '/forecasts'],
  ...['/actions', '/postmortems', '/people', '/sources', '/nowhere', '/incidents?from=never', '/api/v1/docs'],
  '/meetings/2026-11-23/projector',
]

test('every page carries the strict policy, and every script its nonce', async () => {
  const { app, db, settings } = await openApp()
  await fillDemo(db, settings, morning)
  const addresses = [...pages, ...(await linksIn(app, pages))]
  expect(addresses.length).toBeGreaterThan(60)

  for (const path of addresses) {
    const response = await app.request(path)
    const page = await response.text()
    const policy = response.headers.get('content-security-policy') ?? ''
    const nonce = /script-src 'nonce-([\w-]{22})';/.exec(policy)?.[1]

    expect([path, response.status < 500]).toEqual([path, true])
    if (!response.headers.get('content-type')?.startsWith('text/html')) {
      expect([path, policy]).toEqual([path, "default-src 'none'; frame-ancestors 'none'"])
      continue
    }
    expect([path, nonce]).toEqual([path, expect.any(String)])
    expect([path, policy]).toEqual([path, expect.stringMatching(/^default-src 'none'; .*trusted-types htmx$/)])
    expect([path, policy]).toEqual([path, expect.not.stringMatching(/unsafe|\*|data:|http/)])
    expect([path, [...page.matchAll(/<script(?![^>]*type="application)[^>]*>/g)].map(String)]).toEqual([
      path,
      expect.not.arrayContaining([expect.not.stringContaining(`nonce="${nonce}"`)]),
    ])
    expect([path, page.match(/<script[^>]*>(?!<\/script>)|<style|\sstyle=|\son\w+=/g)]).toEqual([path, null])
    expect([path, elementsWithoutNonce(page, nonce ?? '')]).toEqual([path, []])
  }
})

test('the headers of a page keep it out of caches, frames and referrers', async () => {
  const { app } = await openApp({ publicUrl: new URL('https://muster.example') })

  const { headers } = await app.request('/')

  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  })
})

test('every asset a page names is there, unchanging, compressed and checked by its ETag', async () => {
  const { app } = await openApp()
  const page = await (await app.request('/by-hand')).text()
  const addresses = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, address = '']) => address)
  expect(addresses.length).toBeGreaterThan(3)

  for (const address of addresses) {
    const plain = await app.request(address)
    const gzipped = await app.request(address, { headers: { 'accept-encoding': 'gzip' } })
    const again = await app.request(address, { headers: { 'if-none-match': plain.headers.get('etag') ?? '' } })

    expect([address, plain.status, again.status]).toEqual([address, 200, 304])
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(plain.headers.get('x-content-type-options')).toBe('nosniff')
    if (/\.(js|css)$/.test(address)) expect(gzipped.headers.get('content-encoding')).toBe('gzip')
  }
  expect((await app.request('/assets/htmx.000000000000.js')).status).toBe(404)
  expect((await app.request('/assets/../package.json')).status).toBe(404)
  expect((await app.request('/favicon.ico')).status).toBe(200)
})

test('what nobody foresaw is said without its inside, under a reference that the log knows', async () => {
  const told: Fault[] = []
  const { db, settings, now } = await openApp()
  const nowhere = { ...settings, rhythm: { ...settings.rhythm, zone: 'No/Where' } }
  const app = createApp({ db, settings: nowhere, now, log: (fault) => told.push(fault) })

  const page = await app.request('/')
  const details = await jsonOf(app, '/api/v1/agenda')

  expect(page.status).toBe(500)
  expect(await page.text()).toContain(told[0]?.reference)
  expect(details).toMatchObject({ status: 500, reference: told[1]?.reference })
  expect(JSON.stringify(details)).not.toMatch(/Range|No.Where|\.ts|node_modules/)
})

test('a full disk: nothing is stored and that is said, with when to come again; reading goes on', async () => {
  const { app, db } = await openApp()
  await db.orm.run(sql`pragma max_page_count = 1`)

  const text = 'x'.repeat(20_000)
  const many = Array.from({ length: 50 }, (_, place) => ({ id: `c${place}`, at: morning.toISOString(), text }))
  const response = await send(app, 'POST', '/api/v1/complaints', many)

  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('30')
  expect(await response.json()).toMatchObject({ title: 'The disk is full: nothing was stored' })
  expect(await jsonOf(app, '/api/v1/complaints')).toEqual({ rows: [], ids: [], next: null })
})

test('a lost record is told by /readyz, not by /healthz', async () => {
  const { app, db } = await openApp()
  expect(await jsonOf(app, '/readyz')).toMatchObject({ ready: true, reasons: [] })

  await db.close()

  expect((await app.request('/healthz')).status).toBe(200)
  expect((await app.request('/readyz')).status).toBe(503)
  expect(await jsonOf(app, '/readyz')).toMatchObject({ ready: false, reasons: ['the record cannot be read'] })
})

test('an address that is there for another method says which', async () => {
  const { app } = await openApp()
  const headers = { 'sec-fetch-site': 'same-origin' }

  const page = await app.request('/incidents', { method: 'DELETE', headers })
  const deed = await app.request('/incidents/i1/owner', { headers: { accept: 'application/json' } })

  expect([page.status, page.headers.get('allow')]).toEqual([405, 'GET, POST'])
  expect([deed.status, deed.headers.get('allow')]).toEqual([405, 'POST'])
  expect((await app.request('/nowhere', { method: 'POST', headers })).status).toBe(404)
})

async function linksIn(app: Awaited<ReturnType<typeof openApp>>['app'], from: string[]): Promise<string[]> {
  const texts = await Promise.all(from.map(async (path) => (await app.request(path)).text()))
  const links = texts.flatMap((text) => [...text.matchAll(/href="(\/[^"#]*)"/g)].map(([, link = '']) => link))
  return [...new Set(links)].filter((link) => !link.startsWith('/assets/')).slice(0, 90)
}

/** Elements that ask by htmx and would be stripped of it, for they carry no nonce. */
function elementsWithoutNonce(page: string, nonce: string): string[] {
  return [...page.matchAll(/<[a-z]+\s[^>]*\bhx-[a-z]+[^>]*>/g)]
    .map(([element]) => element)
    .filter((element) => !element.includes(`hx-nonce="${nonce}"`))
}
