import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../src/listen.ts'
import { anAlert, ana, diego, mirembe, openRoom } from '../support/a-room.ts'
import { hiddenBeyond, openBrowser, overflowOf, screens, watchedPage } from '../support/browser.ts'
import { hoursAgo } from '../support/morning.ts'
import { aloneSince } from '../web/asking.ts'

const day = '2026-11-23'
const running = {} as { browser: Browser }
beforeAll(async () => {
  running.browser = await openBrowser()
})
afterAll(() => running.browser?.close())

/** A Monday with six incidents and a service on one site. */
async function aMonday() {
  const room = await openRoom([
    ...aloneSince('checkout', hoursAgo(35)),
    anAlert('INC-1', hoursAgo(30), {
      severity: 'sev2',
      service: 'checkout',
      title: 'Card payments time out',
      ownerId: diego,
    }),
    anAlert('INC-2', hoursAgo(20), { severity: 'sev3', title: 'Search answers slowly' }),
    anAlert('INC-3', hoursAgo(12), { severity: 'sev3', title: 'Search answers slowly' }),
    anAlert('INC-4', hoursAgo(9), { severity: 'sev4', title: 'Disk fills', service: 'accounts', ownerId: mirembe }),
    anAlert('INC-5', hoursAgo(6), {
      severity: 'sev4',
      title: 'A'.repeat(40).concat(' of the long-named thing breaks'),
      service: 'x',
    }),
    anAlert('INC-6', hoursAgo(3), { severity: 'sev4', title: 'Mail queue grows', service: 'mail', ownerId: mirembe }),
  ])
  const listening = await listen(room.app, { host: '127.0.0.1', port: 0 })
  onTestFinished(() => listening.stop(100))
  return { ...room, address: `http://127.0.0.1:${listening.port}` }
}

async function aScreen(address: string, path: string, person: string, given: Parameters<typeof watchedPage>[2] = {}) {
  const watched = await watchedPage(running.browser, address, { viewport: screens.desk, ...given })
  await watched.page.context().addCookies([{ name: 'me', value: person, url: address }])
  await watched.page.goto(path)
  return watched
}

/** Which card is in hand, by the name of its stop. */
const cardInHand = "document.querySelector('.decide input[name=from]')?.value ?? ''"
const card = (page: Page): Promise<string> => page.evaluate(cardInHand)

/** The page's own policy forbids to wait within it: it is asked again and again from outside. */
async function until(page: Page, holds: string): Promise<void> {
  await expect.poll(() => page.evaluate(holds), { timeout: 30_000, interval: 25 }).toBe(true)
}

test('a Monday of six incidents is led to its close by keyboard, three keys an incident at most; wall and phone follow', async () => {
  const { address } = await aMonday()
  const lap = await aScreen(address, `/meetings/${day}/run`, ana)
  const wall = await aScreen(address, `/meetings/${day}/projector`, '')
  const phone = await aScreen(address, '/join', mirembe, { viewport: screens.phone })

  await lap.page.getByRole('button', { name: /^Start/ }).click()
  await lap.page.getByRole('heading', { name: 'Roll call' }).waitFor()
  await wall.page.getByRole('heading', { name: 'Roll call' }).waitFor()
  await phone.page.getByRole('button', { name: /I am here/ }).click()
  await wall.page.getByText('Mirembe Achieng').waitFor()

  await stepTo(lap.page, 'Incidents')
  const keys: Record<string, number> = {}
  for (const _ of Array(6)) {
    const incident = await card(lap.page)
    keys[incident] = await settle(lap.page)
    await until(lap.page, `(${cardInHand}) !== ${JSON.stringify(incident)}`)
    expect(await overflowOf(lap.page)).toEqual({ sideways: 0, down: 0 })
    expect(await hiddenBeyond(wall.page)).toEqual([])
  }
  expect(Object.keys(keys)).toHaveLength(6)
  expect(Math.max(...Object.values(keys))).toBeLessThanOrEqual(3)

  await stepTo(lap.page, 'Close')
  await wall.page.getByRole('heading', { name: 'Close' }).waitFor()
  await lap.page.locator('form[action$=adjournment] input[name=why]').fill('nobody of the others could come')
  await lap.page.keyboard.press('Enter')
  await lap.page.getByRole('heading', { name: /^Minutes 1/ }).waitFor()

  const minutes = await (await fetch(`${address}/meetings/${day}/minutes.txt`)).text()
  const decided = minutes.split('Decisions\n')[1]?.split('\n\n')[0] ?? ''
  for (const number of [1, 2, 3, 4, 5, 6])
    expect(decided).toMatch(new RegExp(`Postmortem on .*\\(INC-${number}\\): (yes|no)`))
  expect(decided).toMatch(/takes “A+ of the long-named thing breaks” \(INC-5\)/)
  expect([...lap.faults, ...wall.faults, ...phone.faults]).toEqual([])
  for (const { page } of [lap, wall, phone]) await page.context().close()
}, 60_000)

/** The keys that settle the card in hand, counted. */
async function settle(page: Page): Promise<number> {
  const pressed: string[] = []
  const press = async (key: string) => {
    pressed.push(key)
    await page.keyboard.press(key)
  }
  const nobodys = await page.locator('.whose em').isVisible()
  if (nobodys) {
    if (await page.locator('[data-key=o]').isVisible()) await press('o')
    else await press('Shift+D')
    await page.locator('.whose em').waitFor({ state: 'detached' })
  }
  if (await page.locator('[data-key=p]').isVisible()) {
    await press('p')
    await page.locator('[data-key=p]').waitFor({ state: 'detached' })
  }
  await press(pressed.length > 0 ? 'y' : 'n')
  return pressed.length
}

async function stepTo(page: Page, heading: string): Promise<void> {
  for (const _ of Array(20)) {
    const before = await page.locator('main').innerText()
    if ((await page.locator('h1').innerText()).startsWith(heading)) return
    await page.keyboard.press('ArrowRight')
    await until(page, `document.querySelector('main')?.innerText !== ${JSON.stringify(before)}`)
  }
}

describe('without a script', () => {
  test('the meeting is started, stepped, decided and closed by plain forms', async () => {
    const { address } = await aMonday()
    const { page, faults } = await aScreen(address, `/meetings/${day}/run`, ana, { javaScriptEnabled: false })

    await page.getByRole('button', { name: /^Start/ }).click()
    for (const _ of Array(6)) {
      if (await page.locator('.room-card').isVisible()) break
      await page.getByRole('button', { name: 'Next screen' }).click()
    }
    const first = await card(page)
    await page.locator('[data-key=n]').click()
    expect(await card(page)).not.toBe(first)

    await page.locator('nav button').last().click()
    await page.locator('form[action$=adjournment] input[name=why]').fill('a test')
    await page.getByRole('button', { name: 'Close all the same' }).click()

    expect(await page.locator('h1').first().textContent()).toMatch(/^Minutes 1/)
    expect(faults).toEqual([])
    await page.context().close()
  }, 120_000)
})

test('what is raised on a phone is on the wall; a lost line is said and mends itself', async () => {
  const { address } = await aMonday()
  const lap = await aScreen(address, `/meetings/${day}/run`, ana)
  await lap.page.getByRole('button', { name: /^Start/ }).click()
  const wall = await aScreen(address, `/meetings/${day}/projector`, '')
  const phone = await aScreen(address, '/join', diego, { viewport: screens.phone })
  await wall.page.waitForTimeout(300)

  await phone.page.getByLabel('Raise something at the meeting').fill('The status page still says green')
  await phone.page.getByRole('button', { name: 'Raise it' }).click()
  await wall.page.getByText('The status page still says green').waitFor()

  await wall.page.context().setOffline(true)
  await wall.page.evaluate("document.body.dispatchEvent(new CustomEvent('morning'))")
  await wall.page.locator('[data-lost]').waitFor({ state: 'visible' })
  await wall.page.context().setOffline(false)
  await lap.page.keyboard.press('ArrowRight')
  await wall.page.getByRole('heading', { name: 'Right now' }).waitFor()
  await wall.page.locator('[data-lost]').waitFor({ state: 'hidden' })
  for (const { page } of [lap, wall, phone]) await page.context().close()
}, 120_000)
