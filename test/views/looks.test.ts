import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hiddenBeyond, openBrowser, overflowOf, watchedPage } from '../support/browser.ts'
import { serveGallery } from './serve-gallery.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const sizes = { wall: { width: 1920, height: 1080 }, desk: { width: 1280, height: 720 } }

let browser: Browser
let gallery: Awaited<ReturnType<typeof serveGallery>>
beforeAll(async () => {
  gallery = await serveGallery()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  gallery.close()
})

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test('a reader with other eyes, hands or ears finds nothing in the way', async () => {
    const { page, faults } = await watchedPage(browser, gallery.address, { viewport: sizes.desk, colorScheme })
    const obstacles: string[] = []
    const ordinary = gallery.paths.filter((path) => path.startsWith('/ordinary/') && !/projector-.*[./%]/.test(path))
    for (const path of ordinary) {
      await page.goto(path)
      await page.evaluate(axe)
      const found: string[] = await page.evaluate(
        `axe.run({ runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
      )
      obstacles.push(...found.map((obstacle) => `${path} ${obstacle}`))
    }
    await page.context().close()

    expect(obstacles).toEqual([])
    expect(faults).toEqual([])
  })
})

test.each(Object.entries(sizes))(
  'on a %s nothing of the projector scrolls, and nothing is cut off',
  async (_, viewport) => {
    const { page } = await watchedPage(browser, gallery.address, { viewport })
    const beyond: string[] = []
    for (const path of gallery.paths.filter((path) => /^\/(ordinary|hostile|empty)\/projector-[a-z-]+$/.test(path))) {
      await page.goto(path)
      const { sideways, down } = await overflowOf(page)
      const hidden = await hiddenBeyond(page)
      if (sideways + down + hidden.length > 0) beyond.push(`${path} by ${sideways}, ${down}: ${hidden}`)
    }
    await page.context().close()

    expect(beyond).toEqual([])
  },
)

test('on the narrowest phone no page moves sideways, whatever the titles', async () => {
  const { page } = await watchedPage(browser, gallery.address, { viewport: { width: 320, height: 700 } })
  const sideways: string[] = []
  for (const path of gallery.paths.filter((path) => path.startsWith('/hostile/') && !path.includes('projector'))) {
    await page.goto(path)
    if ((await overflowOf(page)).sideways > 0) sideways.push(path)
  }
  await page.context().close()

  expect(sideways).toEqual([])
})
