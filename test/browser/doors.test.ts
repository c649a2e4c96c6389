import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { firstLink } from '../../src/commands/sign-in.ts'
import { listen } from '../../src/listen.ts'
import { openBrowser, watchedPage } from '../support/browser.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { freePort } from '../support/server.ts'

const opened = {} as { browser: Browser }
beforeAll(async () => {
  opened.browser = await openBrowser()
})
afterAll(() => opened.browser.close())

test.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'a newcomer becomes the first administrator and hangs a projector, with scripts: $javaScriptEnabled',
  { timeout: 60_000 },
  async ({ javaScriptEnabled }) => {
    const { address, link, stop } = await house()
    const { page, faults } = await watchedPage(opened.browser, address, { javaScriptEnabled })
    await page.goto(link)
    await page.getByLabel('Name').fill('Ana Ito')
    await page.getByLabel('E-mail').fill('ana@example.com')
    await page.getByRole('button', { name: 'Begin' }).click()
    await page.getByText('You are Ana Ito').waitFor()
    const { page: wall, faults: wallFaults } = await watchedPage(opened.browser, address, { javaScriptEnabled })
    await wall.goto('/projector')
    const code = (await wall.locator('#code').textContent()) ?? ''

    await page.goto('/projectors')
    await page.getByLabel('Code on the wall').fill(code.trim())
    await page.getByLabel('Where it hangs').fill('The big room')
    await page.getByRole('button', { name: 'Let it show the meeting' }).click()

    await wall.waitForURL(/\/meetings\/2026-11-23\/projector/, { timeout: 30_000 })
    expect(wallFaults).toEqual([])
    await page.goto('/projectors')
    await page.getByRole('heading', { name: 'The big room' }).waitFor()
    await page.getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('None hangs yet').waitFor()
    expect((await wall.goto('/meetings/2026-11-23/projector'))?.url()).toContain('/sign-in')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in$/)
    expect(faults).toEqual([])
    await Promise.all([page.context().close(), wall.context().close()])
    await stop()
  },
)

test('a passkey is added once, and signs in with one touch; a copy of it does not', {
  timeout: 60_000,
}, async () => {
  const { address, link, stop } = await house()
  const { page, faults } = await watchedPage(opened.browser, address)
  const authenticator = await withAuthenticator(page)
  await page.goto(link)
  await page.getByLabel('Name').fill('Ana Ito')
  await page.getByLabel('E-mail').fill('ana@example.com')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.goto('/me')

  await page.getByLabel('Which device it is').fill('My laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('heading', { name: 'My laptop' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto('/sign-in?next=/problems')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(/\/problems$/)
  await page.getByText('You are Ana Ito').waitFor()
  expect(faults).toEqual([])

  await authenticator.countBack()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.getByText('This passkey is not known here').waitFor()
  await Promise.all([page.context().close(), stop()])
})

/** A device in software, as Chromium itself offers it. */
async function withAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
  const always = { isUserVerified: true, automaticPresenceSimulation: true }
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, ...always },
  })
  return {
    // A copy made before the last use counts from an earlier number.
    async countBack() {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
      await session.send('WebAuthn.clearCredentials', { authenticatorId })
      for (const credential of credentials)
        await session.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } })
    },
  }
}

async function house() {
  const port = await freePort()
  const { db, settings, now } = await openApp({ port, publicUrl: new URL(`http://localhost:${port}`) })
  const app = createApp({ db, settings, now })
  const listening = await listen(app, { host: '127.0.0.1', port })
  const link = (await firstLink(db, settings, morning)) ?? ''
  return { address: `http://localhost:${port}`, link, stop: () => listening.stop(100) }
}
