// Serves the gallery on a free port and takes its pictures: tsx test/views/take-pictures.ts FOLDER [MORNING] [VIEW] [SIZE] [THEME] [SCROLL]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser, overflowOf, watchedPage } from '../support/browser.ts'
import { mornings } from './mornings.ts'
import { serveGallery } from './serve-gallery.ts'

const sizes = { wall: [1920, 1080], desk: [1280, 720], phone: [390, 844], narrow: [320, 700] } as const
const [folder = 'gallery', wantedMorning = '', wantedView = '', wantedSize = '', wantedTheme = '', scroll = ''] =
  process.argv.slice(2)
const gallery = await serveGallery()
const browser = await openBrowser()
mkdirSync(folder, { recursive: true })
for (const [size, [width, height]] of Object.entries(sizes)) {
  for (const theme of ['light', 'dark'] as const) {
    if (!size.match(wantedSize) || !theme.match(wantedTheme)) continue
    const { page, faults } = await watchedPage(browser, gallery.address, {
      viewport: { width, height },
      colorScheme: theme,
    })
    for (const path of gallery.paths) {
      const [, morning = '', view = ''] = path.split('/')
      if (!(morning in mornings) || !morning.match(wantedMorning) || !view.match(wantedView)) continue
      await page.goto(path)
      const { sideways, down } = await overflowOf(page)
      const scrolls = sideways > 0 || (view.startsWith('projector') && down > 0)
      if (scrolls) console.log(`${path} ${size} ${theme}: moves ${sideways} sideways, ${down} down`)
      if (scroll) await page.evaluate(`scrollTo({ top: ${Number(scroll)}, behavior: 'instant' })`)
      await page.screenshot({
        path: join(folder, `${morning}-${view.replaceAll('/', '_')}-${size}-${theme}.png`),
        fullPage: !scroll && !view.startsWith('projector'),
      })
    }
    for (const fault of new Set(faults)) console.log(size, theme, fault)
    await page.context().close()
  }
}
await browser.close()
gallery.close()
