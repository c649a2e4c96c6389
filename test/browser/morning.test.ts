import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { overflowOf, screens, watchedPage } from '../support/browser.ts'
import { theDemo } from './demo.ts'

const demo = theDemo()

describe.each([
  { with: 'a script', javaScriptEnabled: true, unowned: 'INC-3192', undecided: 'INC-3176' },
  { with: 'no script', javaScriptEnabled: false, unowned: 'INC-3193', undecided: 'INC-3185' },
])('with $with', ({ javaScriptEnabled, unowned, undecided }) => {
  test('the agenda is read: checkout is alone, and every section is there', async () => {
    const { page, faults } = await openPage(javaScriptEnabled, '/')

    expect(await page.locator('h1').first().textContent()).toMatch(/checkout/i)
    expect(await page.locator('details.topic').count()).toBe(10)
    expect(await page.locator('#exposures').textContent()).toMatch(/25/)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('an owner is assigned where the item stands', async () => {
    const { page, faults } = await openPage(javaScriptEnabled, '/')
    const item = page.locator(`#incidents [id="incident-${unowned}"]`)
    await item
      .getByLabel('Owner')
      .getByRole('combobox')
      .or(item.locator('input[name=owner]'))
      .first()
      .fill('diego@example.com')
    await item.getByRole('button', { name: 'Assign' }).click()
    await item.getByText('Diego Salvatierra').waitFor()

    expect(new URL(page.url()).pathname).toBe('/')
    expect(await (await fetch(`${demo.server.address}/incidents/${unowned}`)).text()).toContain('Diego Salvatierra')
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('a postmortem is decided where the item stands', async () => {
    const { page, faults } = await openPage(javaScriptEnabled, '/')
    const item = page.locator(`#postmortems [id="incident-${undecided}"]`)
    await item.getByRole('button', { name: 'Yes' }).click()
    await item.getByRole('button', { name: 'Schedule' }).waitFor()

    expect(await (await fetch(`${demo.server.address}/postmortems`)).text()).toContain(undecided)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('the projector steps through its screens and comes round to the first', async () => {
    const { page, faults } = await openPage(javaScriptEnabled, '/meetings/2026-11-23/projector', screens.projector)
    const titles = [await page.locator('h1').textContent()]
    for (const _ of Array(40)) {
      await stepOn(page, javaScriptEnabled)
      titles.push(await page.locator('h1').textContent())
      expect(await overflowOf(page)).toEqual({ sideways: 0, down: 0 })
      if (titles.at(-1) === titles[0]) break
    }

    expect(titles.at(-1)).toBe(titles[0])
    expect(new Set(titles).size).toBe(11)
    expect(faults).toEqual([])
    await page.context().close()
  })
})

async function openPage(
  javaScriptEnabled: boolean,
  path: string,
  viewport: { width: number; height: number } = screens.desk,
) {
  const watched = await watchedPage(demo.browser, demo.server.address, { javaScriptEnabled, viewport })
  await watched.page.goto(path)
  return watched
}

async function stepOn(page: Page, javaScriptEnabled: boolean): Promise<void> {
  const here = page.url()
  if (javaScriptEnabled) await page.keyboard.press('ArrowRight')
  else await page.locator('a[rel=next]').click()
  await page.waitForURL((url) => url.href !== here)
}
