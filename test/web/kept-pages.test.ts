import { setTimeout as pause } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { aMinute } from '../../src/calendar.ts'
import { hoursAgo, minutesAgo, morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, submit, tell, textOf } from './asking.ts'

test('while nothing changed the same bytes are served, with the nonce they were rendered with', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])

  const first = await app.request('/')
  const second = await app.request('/')

  expect(second.headers.get('content-security-policy')).toBe(first.headers.get('content-security-policy'))
  expect(await second.text()).toBe(await first.text())
})

test('never stale: ten writes, each seen by the next reader', async () => {
  const { app, db } = await openApp()
  for (let count = 1; count <= 10; count++) {
    await tell(db, [incident(`i${count}`, minutesAgo(60 - count))], minutesAgo(60 - count))

    const [page, list] = await Promise.all([textOf(app, '/'), textOf(app, '/incidents')])
    expect(page).toContain(`i${count} broke`)
    expect(list).toContain(`i${count} broke`)
  }
})

test('never stale under many readers: what was acknowledged before a reader asked is on the page', async () => {
  const { app, db } = await openApp()
  const acknowledged = { count: 0 }
  const readers = Array.from({ length: 8 }, async () => {
    for (let turn = 0; turn < 12; turn++) {
      const before = acknowledged.count
      const page = await textOf(app, '/incidents')
      if (before > 0) expect(page).toContain(`i${before} broke`)
      await pause(5)
    }
  })
  for (let count = 1; count <= 12; count++) {
    await tell(db, [incident(`i${count}`, minutesAgo(60 - count))], minutesAgo(60 - count))
    acknowledged.count = count
    await pause(5)
  }
  await Promise.all(readers)
  expect(acknowledged.count).toBe(12)
})

test('a deed of one tab is seen by the other', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  expect(await textOf(app, '/')).not.toContain('ana@example.com')

  await submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' })

  expect(await textOf(app, '/')).toContain('ana@example.com')
})

test('when the minute turns the page is told anew', async () => {
  const { db, settings } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  const clock = { at: morning }
  const app = createApp({ db, settings, now: () => clock.at })
  const nonceOf = async () => (await app.request('/')).headers.get('content-security-policy')
  const first = await nonceOf()

  clock.at = new Date(morning.getTime() + aMinute - 1)
  const within = await nonceOf()
  clock.at = new Date(morning.getTime() + aMinute)

  expect(within).toBe(first)
  expect(await nonceOf()).not.toBe(first)
})

test('two people see two pages, and htmx is given another nonce than the page it changes', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])

  const policyFor = async (headers: Record<string, string>) =>
    (await app.request('/', { headers })).headers.get('content-security-policy')

  expect(await textOf(app, '/incidents', { cookie: 'me=Ana' })).toContain('You are Ana')
  expect(await textOf(app, '/incidents', { cookie: 'me=Ben' })).toContain('You are Ben')
  expect(await policyFor({ 'hx-request': 'true' })).not.toBe(await policyFor({}))
})

test.each([
  { accepted: 'gzip, deflate', encoding: 'gzip', unpack: gunzipSync },
  { accepted: 'gzip, deflate, br', encoding: 'br', unpack: brotliDecompressSync },
])('a reader that takes $accepted is given the same page in fewer bytes', async ({ accepted, encoding, unpack }) => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  const plain = await (await app.request('/')).text()

  const squeezed = await app.request('/', { headers: { 'accept-encoding': accepted } })
  const bytes = Buffer.from(await squeezed.arrayBuffer())

  expect(squeezed.headers.get('content-encoding')).toBe(encoding)
  expect(unpack(bytes).toString()).toBe(plain)
  expect(bytes.length).toBeLessThan(plain.length / 2)
})

test('a refusal and a cookie are never kept', async () => {
  const { app, db } = await openApp()
  expect((await app.request('/incidents/i1')).status).toBe(404)

  await tell(db, [incident('i1', hoursAgo(3))])

  expect((await app.request('/incidents/i1')).status).toBe(200)
})
