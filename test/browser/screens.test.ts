import { expect, test } from 'vitest'
import { hiddenBeyond, overflowOf, screens, watchedPage } from '../support/browser.ts'
import { theDemo } from './demo.ts'

const demo = theDemo()
const huge = theDemo(['--huge'])

// A chart follows a page that grows at once, one that shrinks a moment later.
const upwards = Object.entries(screens).reverse()

const pages = [
  ...[
    '/',
    '/meetings/2026-11-23',
    '/meetings',
    '/incidents',
    '/incidents/INC-3176',
    '/incidents/INC-3187',
    '/problems',
  ],
  ...['/problems/PRB-41', '/exposures', '/service-levels', '/service-levels/payments', '/changes', '/changes/CHG-880'],
  ...[
    '/actions',
    '/actions/ACT-112',
    '/postmortems',
    '/complaints',
    '/forecasts',
    '/people',
    '/sources',
    '/sources/nagios',
  ],
  ...['/by-hand', '/nowhere'],
]

test('on no screen a page moves sideways, breaks its policy or asks elsewhere', async () => {
  const { page, faults } = await watchedPage(demo.browser, demo.server.address)
  const sideways: string[] = []
  for (const path of pages) {
    await page.setViewportSize(screens.phone)
    await page.goto(path)
    for (const [name, viewport] of upwards) {
      await page.setViewportSize(viewport)
      if ((await overflowOf(page)).sideways > 0) sideways.push(`${path} on a ${name} screen`)
    }
  }
  await page.context().close()

  expect(sideways).toEqual([])
  // A page that is not there is itself one line in the console.
  expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
})

test('on no screen anything of the projector scrolls, on a huge morning neither', async () => {
  const scrolling: string[] = []
  for (const { server, browser } of [demo, huge]) {
    const { page } = await watchedPage(browser, server.address)
    await page.goto('/meetings/2026-11-23/projector')
    const links = await page.locator('footer nav a').all()
    const addresses = await Promise.all(links.map((link) => link.getAttribute('href')))
    for (const address of addresses) {
      await page.setViewportSize(screens.phone)
      await page.goto(address ?? '')
      for (const [name, viewport] of upwards) {
        await page.setViewportSize(viewport)
        const { sideways, down } = await overflowOf(page)
        const beyond = await hiddenBeyond(page)
        if (sideways + down + beyond.length > 0)
          scrolling.push(`${address} on a ${name} screen by ${sideways}, ${down}: ${beyond}`)
      }
    }
    await page.context().close()
  }

  expect(scrolling).toEqual([])
})

test('a huge morning opens and says how much it holds back', async () => {
  const { page, faults } = await watchedPage(huge.browser, huge.server.address, { viewport: screens.desk })
  await page.goto('/')

  expect(await page.locator('#incidents').textContent()).toMatch(/1,8\d\d|more/)
  expect(faults).toEqual([])
  await page.context().close()
})
