// Takes pictures of the gallery: tsx test/views/take-pictures.ts FOLDER [MORNING] [VIEW] [SIZE] [THEME] [SCROLL]; npm run gallery says it in words.
import { takePictures } from '../gallery/pictures.ts'
import { openBrowser } from '../support/browser.ts'
import { serveGallery } from './serve-gallery.ts'

const [folder = 'gallery', morning = '', view = '', size = '', theme = '', scroll = '0'] = process.argv.slice(2)
const { address, views, close } = await serveGallery()
const browser = await openBrowser()
const wanted = views.filter((one) => one.state.match(morning) && one.view.match(view))
const { astray } = await takePictures(browser, { address, views: wanted }, folder, {
  size,
  theme,
  scroll: Number(scroll),
})
for (const fault of astray) console.log(fault)
await browser.close()
close()
