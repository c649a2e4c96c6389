import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, watchedPage } from '../support/browser.ts'
import { type Pictured, serveGallery } from '../views/serve-gallery.ts'
import { isUnforeseen } from './pictures.ts'
import { keyboardFaults, magnified, narrow, obstacles, openView, sizes, strayings } from './walk.ts'

// The short walk of every day; all views in all ways: npm run gallery -- --check.

const shown = {} as { browser: Browser; gallery: Awaited<ReturnType<typeof serveGallery>> }
beforeAll(async () => {
  const [gallery, browser] = await Promise.all([serveGallery(), openBrowser()])
  Object.assign(shown, { gallery, browser })
})
afterAll(async () => {
  await shown.browser?.close()
  shown.gallery?.close()
})

const isScreen = ({ view }: Pictured) => view.startsWith('projector')
const isZoomed = ({ view }: Pictured) => /[./]/.test(view)
const isTelling = (one: Pictured) => !isScreen(one) || ['projector-front', 'projector-incidents'].includes(one.view)

// One of each kind of page: all use the same few colours, and all of them are walked by the long walk.
const coloured = new Set([
  ...['agenda', 'incident', 'exposure', 'service', 'sources', 'mapping', 'sign-in', 'by-hand-refused'],
  ...['projector-front', 'projector-exposures'],
])

test('a reader with other eyes, hands or ears finds nothing in the way', async () => {
  const views = (one: Pictured) => ['ordinary', 'failing'].includes(one.state) && isTelling(one)

  expect(await walk({ viewport: sizes.desk }, views, (page) => obstacles(page, { but: ['color-contrast'] }))).toEqual(
    [],
  )
})

test.each(['light', 'dark'] as const)(
  'in the %s theme the contrasts hold wherever a colour tells something',
  async (colorScheme) => {
    const views = (one: Pictured) => one.state === 'ordinary' && coloured.has(one.view)

    expect(
      await walk({ viewport: sizes.desk, colorScheme }, views, (page) => obstacles(page, { only: ['color-contrast'] })),
    ).toEqual([])
  },
)

test('on both walls nothing of the projector scrolls, and nothing is cut off', async () => {
  const views = (one: Pictured) =>
    ['ordinary', 'hostile', 'empty'].includes(one.state) && isScreen(one) && !isZoomed(one)

  expect(await walk({ viewport: sizes.desk }, views, strayingsAt(sizes.desk, sizes.wall))).toEqual([])
})

test('on the narrowest phone and at 200 % no page moves sideways, whatever the titles', async () => {
  const views = (one: Pictured) => one.state === 'hostile' && !isScreen(one)

  expect(await walk({ ...magnified, viewport: narrow }, views, strayingsAt(narrow, magnified.viewport))).toEqual([])
})

test('by keyboard alone one reaches everything, and sees where one is', async () => {
  const views = (one: Pictured) => ['/ordinary/incident', '/ordinary/list', '/failing/refused-form'].includes(one.path)

  expect(await walk({ viewport: sizes.desk, reducedMotion: 'reduce' }, views, keyboardFaults)).toEqual([])
})

test('the walk finds what is wrong: a page that is too wide, a picture without words, a field without a ring', async () => {
  const { page } = await watchedPage(shown.browser, shown.gallery.address, { viewport: narrow })
  const pictured: Pictured = { path: '/ordinary/list', state: 'ordinary', view: 'list' }
  await openView(page, pictured)
  await page.evaluate(`(() => {
    const wide = document.body.appendChild(document.createElement('img'))
    wide.width = 900
    document.querySelector('input:not([type=hidden])').disabled = false
    const sheet = document.adoptedStyleSheets = [new CSSStyleSheet()]
    sheet[0].replaceSync(':focus-visible { outline: none !important }')
  })()`)

  expect(await strayings(page, pictured)).toEqual([expect.stringContaining('sideways')])
  expect(await obstacles(page)).toEqual(expect.arrayContaining([expect.stringContaining('image-alt')]))
  expect(await keyboardFaults(page)).toEqual(expect.arrayContaining([expect.stringContaining('no ring')]))
  await page.context().close()
})

function strayingsAt(...viewports: { width: number; height: number }[]): Look {
  return async (page, pictured) => {
    const wrong: string[] = []
    for (const viewport of viewports) {
      await page.setViewportSize(viewport)
      const found = await strayings(page, pictured)
      wrong.push(...found.map((fault) => `${viewport.width} px wide: ${fault}`))
    }
    return wrong
  }
}

type Look = (page: Parameters<typeof obstacles>[0], pictured: Pictured) => Promise<string[]>

async function walk(as: BrowserContextOptions, wanted: (one: Pictured) => boolean, look: Look): Promise<string[]> {
  const { page, faults } = await watchedPage(shown.browser, shown.gallery.address, as)
  const wrong: string[] = []
  for (const pictured of shown.gallery.views.filter(wanted)) {
    if (as.viewport) await page.setViewportSize(as.viewport) // the look before may have changed it
    await openView(page, pictured)
    wrong.push(...(await look(page, pictured)).map((fault) => `${pictured.path}: ${fault}`))
  }
  await page.context().close()
  return [...wrong, ...faults.filter(isUnforeseen)]
}
