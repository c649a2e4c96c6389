import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../src/listen.ts'
import { anAlert, ana, diego, lea, mirembe, openRoom } from '../support/a-room.ts'
import { hiddenBeyond, openBrowser, overflowOf, screens, type Watched, watchedPage } from '../support/browser.ts'
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

test('a Monday of six incidents is led to its close by keyboard, three keys an incident at most; wall and phones follow', async () => {
  const { address } = await aMonday()
  const phone = { viewport: screens.phone }
  const [lap, wall, mirembes, diegos, leas] = await Promise.all([
    aScreen(address, `/meetings/${day}/run`, ana),
    aScreen(address, `/meetings/${day}/projector`, ''),
    aScreen(address, '/join', mirembe, phone),
    aScreen(address, '/join', diego, phone),
    aScreen(address, '/join', lea, phone),
  ])

  await lap.page.getByRole('button', { name: /^Start/ }).click()
  await heading(lap.page, 'Roll call')
  await heading(wall.page, 'Roll call')
  await mirembes.page.getByRole('button', { name: /I am here/ }).click()
  await wall.page.getByText('Mirembe Achieng').waitFor()

  await diegos.page.getByLabel('Raise something at the meeting').fill('The status page still says green')
  await diegos.page.getByLabel(/without my name/).check()
  await diegos.page.getByRole('button', { name: 'Raise it' }).click()
  await wall.page.getByText('The status page still says green').waitFor()

  await lap.page.keyboard.press('ArrowRight')
  await heading(wall.page, 'Right now')
  await lap.page.keyboard.press('5')
  for (const { page } of [wall, mirembes, diegos, leas]) await heading(page, 'Incidents')
  await Promise.all([leave(mirembes), leave(diegos)])
  await handOver(lap.page, { to: 'Lea Okafor', plan: 'Ask the acquirer' })
  await leas.page.getByRole('button', { name: 'I take it' }).click()
  await leas.page.getByRole('button', { name: 'I take it' }).waitFor({ state: 'detached' })
  await leave(leas)

  await leadWithoutAScript(address)
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

  await losesItsLine(wall.page)
  await lap.page.keyboard.press('9')
  await wall.page.locator('.answers .yes', { hasText: 'Lea Okafor' }).waitFor()
  await wall.page.locator('[data-lost]').waitFor({ state: 'hidden' })
  await lap.page.keyboard.press('0')
  await heading(wall.page, 'Close')
  await lap.page.locator('form[action$=adjournment] input[name=why]').fill('nobody of development could come')
  await lap.page.keyboard.press('Enter')
  await lap.page.getByRole('heading', { name: /^Minutes 1/ }).waitFor()

  const minutes = await (await fetch(`${address}/meetings/${day}/minutes.txt`)).text()
  const decided = minutes.split('Decisions\n')[1]?.split('\n\n')[0] ?? ''
  for (const number of [1, 2, 3, 4, 5, 6])
    expect(decided).toMatch(new RegExp(`Postmortem on .*\\(INC-${number}\\): (yes|no)`))
  expect(decided).toMatch(/takes “A+ of the long-named thing breaks” \(INC-5\)/)
  expect(minutes).toMatch(/Ana Lopez to Lea Okafor: .* Plan: Ask the acquirer\. Accepted .* by Lea Okafor/)
  expect(minutes).toContain('The status page still says green')
  await leave(lap)
  await wall.page.context().close() // it was cut off on purpose: its faults are no faults
}, 120_000)

/** What a page did that it must not is told at its end. */
async function leave({ page, faults }: Watched): Promise<void> {
  await page.context().close()
  expect(faults).toEqual([])
}

async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name }).waitFor()
}

/** By keyboard: what and how it was noticed are there already. */
async function handOver(page: Page, { to, plan }: { to: string; plan: string }): Promise<void> {
  await page.locator('#hand-over').waitFor({ state: 'attached' })
  await page.keyboard.press('h')
  await page.getByLabel(/To one person/).fill(to)
  await page.getByLabel('The plan').fill(plan)
  await page.keyboard.press('Enter')
  await page.locator('#hand-over').waitFor({ state: 'hidden' })
}

/** A second facilitator, whose browser runs no script, steps on and back, and gives the thing in hand to somebody. */
async function leadWithoutAScript(address: string): Promise<void> {
  const plain = await aScreen(address, `/meetings/${day}/run`, diego, { javaScriptEnabled: false })
  const first = await card(plain.page)
  await plain.page.getByRole('button', { name: 'Next screen' }).click()
  expect(await card(plain.page)).not.toBe(first)
  await plain.page.getByRole('button', { name: 'Previous screen' }).click()
  await plain.page.getByLabel('Owner').fill('Mirembe Achieng')
  await plain.page.getByLabel('Owner').press('Enter')
  expect(await plain.page.locator('.whose').innerText()).toContain('Mirembe Achieng')
  await leave(plain)
}

/** A line that is lost is said; it mends itself when there is something to tell. */
async function losesItsLine(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.evaluate("document.body.dispatchEvent(new CustomEvent('morning'))")
  await page.locator('[data-lost]').waitFor({ state: 'visible' })
  await page.context().setOffline(false)
}

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
