import { expect, test } from 'vitest'
import { overflowOf, watchedPage } from '../support/browser.ts'
import { theDemo } from './demo.ts'

const demo = theDemo()
const narrow = { viewport: { width: 320, height: 640 } }

test('without a network the last page is there with its age, and a tap is kept and sent once', async () => {
  const { page, faults } = await watchedPage(demo.browser, demo.server.address, narrow)
  await page.goto('/check-in')
  await page.evaluate('navigator.serviceWorker.ready.then(() => 1)')
  await page.reload()
  await page.waitForFunction("navigator.serviceWorker.controller !== null && caches.match('/check-in').then(Boolean)")

  await page.context().setOffline(true)
  await page.reload()
  const heading = await page.locator('h1').textContent()
  const age = await page.locator('#offline').isVisible()
  const text = `Raised in a tunnel ${Math.random()}`
  await page.locator('form[data-tap] input[name=text]').fill(text)
  await page.getByRole('button', { name: 'Raise it' }).click()
  await page.locator('#told').getByText('Kept on this phone').waitFor()
  const before = await raisedTimes(text)

  await page.context().setOffline(false)
  await page.evaluate("dispatchEvent(new Event('online'))")
  await page.locator('#told').getByText('Done').waitFor()
  await page.evaluate("dispatchEvent(new Event('online'))")

  expect(heading).toMatch(/checkout on fra alone/)
  expect(age).toBe(true)
  expect(before).toBe(0)
  expect(await raisedTimes(text)).toBe(1)
  expect(await page.evaluate("localStorage.getItem('taps')")).toBe('[]')
  expect(faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(fault))).toEqual([])
  await page.context().close()
})

test.each([true, false])(
  'at 320 pixels, with a script: %s, all is within reach of a thumb',
  async (javaScriptEnabled) => {
    const { page } = await watchedPage(demo.browser, demo.server.address, { ...narrow, javaScriptEnabled })
    await page.goto('/check-in')

    expect(await overflowOf(page)).toMatchObject({ sideways: 0 })
    expect(await smallOnes(page)).toEqual([])
    await page.context().close()
  },
)

function smallOnes(page: Awaited<ReturnType<typeof watchedPage>>['page']): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('a, button, input[type=text], label.check')]
    .filter((one) => one.checkVisibility())
    .filter((one) => { const { width, height } = one.getBoundingClientRect(); return width < 44 || height < 44 })
    .map((one) => one.textContent)`)
}

async function raisedTimes(text: string): Promise<number> {
  const page = await (await fetch(`${demo.server.address}/join`)).text()
  return page.split(text).length - 1
}
