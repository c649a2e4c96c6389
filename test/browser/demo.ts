import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { morning, zone } from '../support/morning.ts'
import { type Server, startServer } from '../support/server.ts'

/** The real demo and a real browser, for all tests of a file. */
export function theDemo(words: readonly string[] = []): { server: Server; browser: Browser } {
  const running = {} as { server: Server; browser: Browser }
  beforeAll(async () => {
    const env = { MUSTER_NOW: morning.toISOString(), MUSTER_ZONE: zone }
    const [server, browser] = await Promise.all([startServer(['demo', ...words], env), openBrowser()])
    Object.assign(running, { server, browser })
  })
  afterAll(async () => {
    await running.browser?.close()
    await running.server?.stop()
  })
  return running
}
