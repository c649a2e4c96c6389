import type { Browser, BrowserContextOptions } from 'playwright-core'
import { watchedPage } from '../support/browser.ts'
import type { Pictured } from '../views/serve-gallery.ts'
import { type Gallery, isUnforeseen } from './pictures.ts'
import { keyboardFaults, magnified, narrow, obstacles, openView, sizes, strayings } from './walk.ts'

type Look = (page: Parameters<typeof obstacles>[0], pictured: Pictured) => Promise<string[]>

/** One way through the gallery: how the reader looks at it, and what is looked for. */
interface Walk {
  name: string
  as: BrowserContextOptions
  look: Look
  only?: (pictured: Pictured) => boolean
}

const everything: Look = async (page, pictured) => [...(await strayings(page, pictured)), ...(await obstacles(page))]
const notHuge = ({ state }: Pictured) => state !== 'huge'

export const walks: readonly Walk[] = [
  { name: 'desk, light', as: { viewport: sizes.desk, colorScheme: 'light' }, look: everything },
  { name: 'desk, dark', as: { viewport: sizes.desk, colorScheme: 'dark' }, look: (page) => obstacles(page) },
  { name: 'wall', as: { viewport: sizes.wall }, look: strayings },
  { name: 'phone, light', as: { viewport: sizes.phone, colorScheme: 'light' }, look: everything },
  { name: 'phone, dark', as: { viewport: sizes.phone, colorScheme: 'dark' }, look: (page) => obstacles(page) },
  { name: 'narrow phone', as: { viewport: narrow }, look: strayings },
  { name: 'at 200 %', as: magnified, look: strayings },
  { name: 'by keyboard', as: { viewport: sizes.desk, reducedMotion: 'reduce' }, look: keyboardFaults, only: notHuge },
  { name: 'by keyboard at 200 %', as: { ...magnified, reducedMotion: 'reduce' }, look: keyboardFaults, only: notHuge },
]

/** Walks every view in every way and names what is wrong: where, how it was looked at, and what. */
export async function checkGallery(
  browser: Browser,
  gallery: Gallery,
  tell: (words: string) => void = () => undefined,
) {
  const wrong: string[] = []
  for (const { name, as, look, only = () => true } of walks) {
    const { page, faults } = await watchedPage(browser, gallery.address, as)
    const before = wrong.length
    const views = gallery.views.filter(only)
    for (const pictured of views) {
      await openView(page, pictured)
      wrong.push(...(await look(page, pictured)).map((fault) => `${pictured.path}, ${name}: ${fault}`))
    }
    wrong.push(...[...new Set(faults.filter(isUnforeseen))].map((fault) => `${name}: ${fault}`))
    await page.context().close()
    tell(`${name}: ${views.length} views, ${wrong.length - before} faults`)
  }
  return wrong
}
