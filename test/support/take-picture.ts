import { mkdir } from 'node:fs/promises'
import { openBrowser, screens } from './browser.ts'
import { morning, zone } from './morning.ts'
import { startServer } from './server.ts'

// The README's pictures, taken from the running demo on the one fixed morning.
const folder = 'public/readme'
const day = '2026-11-23'

await mkdir(folder, { recursive: true })
const server = await startServer(['demo'], { MUSTER_NOW: morning.toISOString(), MUSTER_ZONE: zone })
const browser = await openBrowser()
try {
  await take('/', 'morning', { width: 1280, height: 900 })
  await take(`/meetings/${day}/projector`, 'projector', screens.desk)
} finally {
  await browser.close()
  await server.stop()
}

async function take(path: string, name: string, viewport: { width: number; height: number }): Promise<void> {
  const page = await browser.newPage({ baseURL: server.address, viewport, colorScheme: 'light' })
  await page.goto(path, { waitUntil: 'networkidle' })
  await page.screenshot({ path: `${folder}/${name}.png` })
  await page.close()
}
