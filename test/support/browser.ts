import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// The same engine without a desktop around it starts and draws in half the time.
const ofDebian = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** Chromium of CHROME_PATH, of this machine, or the one npm brought. */
export async function openBrowser(): Promise<Browser> {
  const own = [process.env.CHROME_PATH, ...ofDebian].find((path) => path && existsSync(path))
  return chromium.launch({ executablePath: own ?? (await sparticuz.executablePath()), args: flags })
}

/** What a page did that it must not: errors in its console, breaches of its policy, requests to other origins. */
export interface Watched {
  page: Page
  faults: string[]
}

/** A page of its own, watched from before its first byte. */
export async function watchedPage(
  browser: Browser,
  address: string,
  given: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ baseURL: address, ...given })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    if (why !== 'net::ERR_ABORTED') faults.push(`${request.url()} failed: ${why}`)
  })
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin) faults.push(`asked ${request.url()}`)
  })
  return { page, faults }
}

export const screens = {
  projector: { width: 1920, height: 1080 },
  desk: { width: 1280, height: 720 },
  phone: { width: 390, height: 844 },
} as const

/** How far a page can be moved sideways and down, in pixels. */
export function overflowOf(page: Page): Promise<{ sideways: number; down: number }> {
  const root = 'document.documentElement'
  const beyond = (measure: string) => `${root}.scroll${measure} - ${root}.client${measure}`
  return page.evaluate(`({ sideways: ${beyond('Width')}, down: ${beyond('Height')} })`)
}

/** Words that reach beyond the screen, whether or not the page could be moved there; titles cut with an ellipsis say so. */
export function hiddenBeyond(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('main *')]
    .filter((element) => element.checkVisibility() && element.innerText && element.children.length === 0)
    .filter((element) => {
      for (let box = element; box; box = box.parentElement) {
        const { textOverflow, webkitLineClamp } = getComputedStyle(box)
        if (textOverflow === 'ellipsis' || webkitLineClamp !== 'none') return false
      }
      const { right, bottom, left, top } = element.getBoundingClientRect()
      return right > innerWidth + 1 || bottom > innerHeight + 1 || left < -1 || top < -1
    })
    .map((element) => element.innerText.slice(0, 40))`)
}
