import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Browser } from 'playwright-core'
import type { Env } from '../../src/web/house.ts'

/** What happened while the pages were looked at that must not. */
export interface Crawled {
  pages: string[]
  executed: string[] // a payload ran
  asked: string[] // a payload asked for something
  refused: string[] // the policy had to stop something: it was in the page as markup
  live: string[] // links, handlers and elements that came out of a payload
}

/** Every page that is linked from these, `most` in all, in real Chromium, with its scripts running. */
export async function crawl(
  app: Hono<Env>,
  browser: Browser,
  { from, most, ofAKind = 4 }: { from: readonly string[]; most: number; ofAKind?: number },
) {
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const baseURL = `http://localhost:${(server.address() as AddressInfo).port}`
  const context = await browser.newContext({ baseURL })
  const found: Crawled = { pages: [], executed: [], asked: [], refused: [], live: [] }
  const page = await context.newPage()
  await page.exposeFunction('hit', (what: unknown) => found.executed.push(`${page.url()}: ${what}`))
  page.on('dialog', (dialog) => {
    found.executed.push(`${page.url()}: a dialog`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    const text = message.text()
    if (/Refused to|violates|TrustedHTML/i.test(text)) found.refused.push(`${page.url()}: ${text.slice(0, 200)}`)
  })
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url())
    if (origin !== baseURL || pathname.startsWith('/canary')) found.asked.push(request.url().slice(0, 200))
  })
  const waiting = [...from]
  const kinds = new Map<string, number>()
  for (let next = waiting.shift(); next !== undefined && found.pages.length < most; next = waiting.shift()) {
    if (found.pages.includes(next)) continue
    found.pages.push(next)
    const isPage = await page.goto(next, { waitUntil: 'load' }).then(
      () => true,
      (error: Error) => !/Download is starting/.test(error.message), // a sheet or a calendar is not looked at
    )
    if (!isPage) continue
    await page.waitForTimeout(30)
    found.live.push(...(await page.evaluate(alive)).map((what) => `${next}: ${what}`))
    for (const link of await page.evaluate(linksHere)) if (countOf(kinds, link) < ofAKind) waiting.push(link)
  }
  await context.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  return found
}

// How many of its kind are known already: /incidents/1 and /incidents/2 are made by the same page.
function countOf(kinds: Map<string, number>, link: string): number {
  const kind = link.split('?')[0]?.split('/').slice(0, 2).join('/') ?? ''
  const seen = kinds.get(kind) ?? 0
  kinds.set(kind, seen + 1)
  return seen
}

const linksHere = `[...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))
  .filter((href) => href.startsWith('/') && !href.startsWith('//') && !/^\\/(assets|api\\/v1\\/openapi)/.test(href))` as unknown as () => string[]

// Handlers, addresses that run, elements that no page of ours has, and what a payload would have named.
const alive = `[...document.querySelectorAll('*')].flatMap((element) => [
    ...[...element.attributes].filter(({ name }) => /^on|^hx-on|^style$/.test(name)).map(({ name }) => element.tagName + ' ' + name),
    ...['href', 'src', 'action', 'formaction', 'data'].map((name) => element.getAttribute(name) ?? '')
      .filter((address) => /^[\\s\\x00-\\x1f]*(javascript|data|vbscript):/i.test(address.replace(/[\\t\\n\\r]/g, ''))),
    ...(/^(iframe|object|embed|base|svg:script|video|math|mglyph)$/i.test(element.tagName) ? [element.tagName] : []),
    ...(element.tagName === 'SCRIPT' && !element.src && !element.nonce && element.type !== 'application/json' ? ['an inline script'] : []),
  ])` as unknown as () => string[]
