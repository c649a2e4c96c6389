import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { aMinute } from '../../src/calendar.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { signedIn } from '../support/signed-in.ts'
import { submit, textOf } from './asking.ts'

const today = '/meetings/2026-11-23/projector'

test('the wall shows a code, a facilitator types it, and the wall shows the meeting and nothing else', async () => {
  const { app, fay } = await house()
  const shown = await app.request('/projector')
  const claim = { cookie: shown.headers.get('set-cookie')?.split(';')[0] ?? '' }
  const code = codeOn(await shown.text())
  expect(codeOn(await textOf(app, '/projector', claim))).toBe(code)

  expect(
    (await submit(app, '/projectors', { code: code.toLowerCase().replace('-', ' '), name: 'The big room' }, fay))
      .status,
  ).toBe(303)
  const enrolled = await app.request('/projector', { headers: claim })
  const wall = {
    cookie:
      enrolled.headers
        .getSetCookie()
        .find((set) => set.startsWith('muster='))
        ?.split(';')[0] ?? '',
  }

  expect([enrolled.status, enrolled.headers.get('location')]).toEqual([303, today])
  expect((await app.request(today, { headers: wall })).status).toBe(200)
  for (const path of ['/', '/people', '/incidents', '/api/v1/people', '/audit', '/me'])
    expect([path, (await app.request(path, { headers: wall })).status]).toEqual([path, 403])
  expect((await submit(app, '/meetings/2026-11-23/opening', {}, wall)).status).toBe(403)
  expect((await app.request('/projector', { headers: claim })).headers.get('location')).toBeNull()
})

test('a wall that is revoked shows nothing with its next request', async () => {
  const { app, fay, wall } = await house({ enrolled: true })
  const revocation = /action="(\/projectors\/[^"]+\/revocation)"/.exec(await textOf(app, '/projectors', fay))?.[1] ?? ''

  await submit(app, revocation, {}, fay)

  expect((await app.request(today, { headers: wall })).status).toBe(303)
  expect(await textOf(app, '/projectors', fay)).toContain('None hangs yet')
})

test('a code is for one wall, for ten minutes, and each wall has another', async () => {
  const { db, settings } = await openApp()
  const clock = { at: morning }
  const app = createApp({ db, settings, now: () => clock.at })
  const fay = await signedIn(db, 'fay@example.com', 'facilitator')
  const codes = [codeOn(await textOf(app, '/projector')), codeOn(await textOf(app, '/projector'))]
  expect(codes[0]).not.toBe(codes[1])
  const type = (code = '') => submit(app, '/projectors', { code, name: 'x' }, fay)

  expect((await type(codes[0])).status).toBe(303)
  expect((await type(codes[0])).status).toBe(422)
  clock.at = new Date(morning.getTime() + 10 * aMinute)
  expect((await type(codes[1])).status).toBe(422)
})

test('codes are not to be found by trying', async () => {
  const { app, fay } = await house()
  const tries = []
  for (let tried = 0; tried < 12; tried++)
    tries.push((await submit(app, '/projectors', { code: `AAAA-${tried}`, name: 'x' }, fay)).status)

  expect(tries).toEqual([...Array(10).fill(422), 429, 429])
})

async function house({ enrolled = false } = {}) {
  const { app, db } = await openApp()
  const fay = await signedIn(db, 'fay@example.com', 'facilitator')
  if (!enrolled) return { app, fay, wall: {} }

  const shown = await app.request('/projector')
  const claim = { cookie: shown.headers.get('set-cookie')?.split(';')[0] ?? '' }
  await submit(app, '/projectors', { code: codeOn(await shown.text()), name: 'The big room' }, fay)
  const set = (await app.request('/projector', { headers: claim })).headers.getSetCookie()
  return { app, fay, wall: { cookie: set.find((one) => one.startsWith('muster='))?.split(';')[0] ?? '' } }
}

function codeOn(page: string): string {
  return /[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}/.exec(page)?.[0] ?? 'no code'
}
