import { parseArgs } from 'node:util'
import { openBrowser } from '../support/browser.ts'
import { serveGallery } from '../views/serve-gallery.ts'
import { checkGallery } from './check.ts'
import { takePictures } from './pictures.ts'

const help = `npm run gallery
Shows every page in every state (empty, quiet, ordinary, huge, hostile, failing) and writes their pictures, in three sizes, light and dark.
  --out FOLDER   where the pictures go (gallery)
  --only WORDS   states and views whose address holds it, a pattern: hostile/incident, /projector
  --size SIZE    wall, desk or phone
  --theme THEME  light or dark
  --scroll PX    so far down, and only what the screen shows
  --check        no pictures: walk all of it with axe-core, by keyboard, at 200 %, and name whatever is wrong
  --serve        no pictures: leave it open to be looked at, until interrupted
Example: npm run gallery -- --out /tmp/pictures --only ordinary/agenda --theme dark`

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'gallery' },
    only: { type: 'string', default: '' },
    size: { type: 'string', default: '' },
    theme: { type: 'string', default: '' },
    scroll: { type: 'string', default: '0' },
    check: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(help)
else process.exitCode = await show()

async function show(): Promise<number> {
  const served = await serveGallery()
  const gallery = {
    address: served.address,
    views: served.views.filter(({ path }) => decodeURIComponent(path).match(values.only)),
  }
  if (values.serve) {
    console.log(`The gallery is at ${served.address}`)
    return 0
  }
  const browser = await openBrowser()
  try {
    return values.check ? await check() : await picture()
  } finally {
    await browser.close()
    served.close()
  }

  async function check(): Promise<number> {
    const wrong = await checkGallery(browser, gallery, (words) => console.error(words))
    for (const fault of wrong) console.log(fault)
    console.log(
      wrong.length === 0 ? `${gallery.views.length} views: nothing is in anybody's way.` : `${wrong.length} faults.`,
    )
    return wrong.length === 0 ? 0 : 1
  }

  async function picture(): Promise<number> {
    const { size, theme, scroll, out } = values
    const { taken, astray } = await takePictures(browser, gallery, out, { size, theme, scroll: Number(scroll) })
    for (const fault of astray) console.log(fault)
    console.log(`${taken.length} pictures are in ${out}`)
    return 0
  }
}
