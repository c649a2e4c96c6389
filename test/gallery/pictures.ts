import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { watchedPage } from '../support/browser.ts'
import type { Pictured } from '../views/serve-gallery.ts'
import { openView, sizes, strayings } from './walk.ts'

export interface Gallery {
  address: string
  views: Pictured[]
}
export interface Wanted {
  size: string // a pattern, '' = every one
  theme: string
  scroll?: number // px down, then only what the screen shows
}

/** A picture of each view in three sizes and two themes, as STATE-VIEW-SIZE-THEME.png; tells whatever goes astray. */
export async function takePictures(browser: Browser, gallery: Gallery, folder: string, wanted: Wanted) {
  mkdirSync(folder, { recursive: true })
  const astray: string[] = []
  const taken: string[] = []
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      if (!size.match(wanted.size) || !colorScheme.match(wanted.theme)) continue
      const { page, faults } = await watchedPage(browser, gallery.address, { viewport, colorScheme })
      for (const pictured of gallery.views) {
        await openView(page, pictured)
        astray.push(
          ...(await strayings(page, pictured)).map((fault) => `${pictured.path} ${size} ${colorScheme}: ${fault}`),
        )
        if (wanted.scroll) await page.evaluate(`scrollTo({ top: ${wanted.scroll}, behavior: 'instant' })`)
        const name = `${pictured.state}-${pictured.view.replaceAll('/', '_')}-${size}-${colorScheme}.png`
        const fullPage = !wanted.scroll && !pictured.view.startsWith('projector')
        await page.screenshot({ path: join(folder, name), fullPage })
        taken.push(name)
      }
      astray.push(...[...new Set(faults.filter(isUnforeseen))].map((fault) => `${size} ${colorScheme}: ${fault}`))
      await page.context().close()
    }
  }
  return { taken, astray }
}

/** A refusal is itself a line in the console of a browser. */
export function isUnforeseen(fault: string): boolean {
  return !/status of (404|409|503)/.test(fault)
}
