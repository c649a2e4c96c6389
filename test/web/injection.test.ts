import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { hoursAgo } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, tell } from './asking.ts'

const opened = {} as { browser: Browser }
beforeAll(async () => void Object.assign(opened, { browser: await openBrowser() }))
afterAll(() => opened.browser.close())

const hostile = '"><img src=x onerror=alert(1)><script>alert(2)</script><div hx-get="/people" hx-trigger="load">'

test('what stands in a title is text, wherever it is told', async () => {
  const { page, asked, dialogs } = await aPage({ title: hostile })

  for (const path of ['/', '/incidents', '/incidents/i1', '/meetings/2026-11-23/projector']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
  }

  expect(await page.locator('img[src=x]').count()).toBe(0)
  expect(dialogs).toEqual([])
  expect(asked).not.toContain('/people')
})

test.each([
  { with: 'no nonce', nonce: false, asks: false },
  { with: 'the nonce of the page', nonce: true, asks: true },
])('an element that asks by htmx with $with: it asks, $asks', async ({ nonce, asks }) => {
  const { page, asked } = await aPage({})
  await page.route('**/incidents/i1', async (route) => {
    const response = await route.fetch()
    const own = /hx-nonce="([^"]+)"/.exec(await response.text())?.[1]
    const gadget = `<div id="gadget" hx-get="/people" hx-trigger="load"${nonce ? ` hx-nonce="${own}"` : ''}></div></main>`
    await route.fulfill({ response, body: (await response.text()).replace('</main>', gadget) })
  })

  await page.goto('/incidents/i1')
  await page.waitForLoadState('networkidle')

  expect(asked.includes('/people')).toBe(asks)
})

async function aPage(told: Record<string, unknown>) {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3), told)])
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const context = await opened.browser.newContext({ baseURL: `http://localhost:${port}` })
  onTestFinished(async () => {
    await context.close()
    await new Promise((closed) => server.close(closed))
  })

  const page: Page = await context.newPage()
  const [asked, dialogs]: string[][] = [[], []]
  page.on('request', (request) => asked?.push(new URL(request.url()).pathname))
  page.on('dialog', (dialog) => {
    dialogs?.push(dialog.message())
    void dialog.dismiss()
  })
  return { page, asked: asked ?? [], dialogs: dialogs ?? [] }
}
