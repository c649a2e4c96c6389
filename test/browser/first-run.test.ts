import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBrowser, screens, watchedPage } from '../support/browser.ts'
import { startServer } from '../support/server.ts'

test.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'a newcomer posts the alert the page shows, and the open page says that it was heard (script: $javaScriptEnabled)',
  async ({ javaScriptEnabled }) => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-'))
    const server = await startServer(['serve'], { MUSTER_DATA: folder })
    const browser = await openBrowser()
    try {
      const { page, faults } = await watchedPage(browser, server.address, { javaScriptEnabled, viewport: screens.desk })
      await page.goto('/')
      await page.getByText('Nothing heard yet').waitFor()
      const shown = (await page.locator('#first-alert').textContent()) ?? ''
      const body = /-d '([\s\S]*)'$/.exec(shown)?.[1]?.replace(/'\$\(date[^)]*\)'/, new Date().toISOString())
      const posted = await fetch(`${server.address}/sources/alertmanager`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: body ?? '',
      })
      if (!javaScriptEnabled) await page.getByRole('link', { name: 'look again' }).click()
      await page.getByText('Heard it, from alertmanager').waitFor()

      expect(posted.ok).toBe(true)
      expect(await page.locator('#heard').textContent()).toContain('Checkout')
      await page.getByRole('link', { name: 'See the agenda' }).click()
      await page.locator('details.topic').first().waitFor()
      expect(faults).toEqual([])
    } finally {
      await browser.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
)
