import { expect, onTestFinished, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { anHour } from '../../src/calendar.ts'
import { firstLink } from '../../src/commands/sign-in.ts'
import { openLetterBox } from '../../src/mail.ts'
import { rolesOf } from '../../src/record/roles.ts'
import { makeSignInLink } from '../../src/record/sign-in-links.ts'
import { openPostHouse } from '../post/post-house.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { aPersonWith, signedIn } from '../support/signed-in.ts'
import { submit, textOf } from './asking.ts'

const tenMinutes = 10 * 60_000

test('until the first administrator signs in, whoever sits at this machine may all; from then on nobody unasked', async () => {
  const { app, db, settings } = await openApp()
  const link = pathOf(await firstLink(db, settings, morning))
  expect((await app.request('/incidents')).status).toBe(200)
  expect((await app.request('/api/v1/incidents')).status).toBe(200)
  expect(await textOf(app, link)).toContain('You are the first administrator')

  const confirmed = await submit(app, link, { name: 'Ana', email: 'Ana@Example.com' })
  const cookie = cookieOf(confirmed)

  expect([confirmed.status, confirmed.headers.get('location')]).toEqual([303, '/'])
  expect(await rolesOf(db, 'ana@example.com')).toEqual(['administrator'])
  const [page, api, htmx] = await Promise.all([
    app.request('/incidents?open=true'),
    app.request('/api/v1/incidents'),
    app.request('/', { headers: { 'hx-request': 'true' } }),
  ])
  expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fincidents%3Fopen%3Dtrue'])
  expect([api.status, api.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
  expect(htmx.status).toBe(401)
  expect(await textOf(app, '/', { cookie })).toContain('You are Ana')
  expect((await app.request('/healthz')).status).toBe(200)
})

test('the first link works once, and no longer when there is an administrator', async () => {
  const { app, db, settings } = await openApp()
  const [former, link] = [await firstLink(db, settings, morning), await firstLink(db, settings, morning)].map(pathOf)
  const ana = { name: 'Ana', email: 'ana@example.com' }

  expect((await submit(app, former ?? '', ana)).status).toBe(410)
  expect((await submit(app, link ?? '', { name: 'Ana' })).status).toBe(422)
  const both = await Promise.all([submit(app, link ?? '', ana), submit(app, link ?? '', ana)])

  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 410])
  expect(await firstLink(db, settings, morning)).toBeNull()
})

test('whom the configuration names is the first administrator, whoever else holds the link', async () => {
  const doors = { provider: null, firstAdministrator: 'ana@example.com', proxies: [] }
  const { app, db, settings } = await openApp({ doors })

  await submit(app, pathOf(await firstLink(db, settings, morning)), { name: 'Mallory', email: 'mallory@example.com' })

  expect(await rolesOf(db, 'mallory@example.com')).toEqual([])
  expect(await rolesOf(db, 'ana@example.com')).toEqual(['administrator'])
})

test('a link in a letter signs in once, within ten minutes, and looking at it uses nothing up', async () => {
  const { app, db } = await openApp()
  await aPersonWith(db, 'ben@example.com', [])
  const made = { personId: 'ben@example.com', lastsMs: tenMinutes }
  const link = `/sign-in/links/${await makeSignInLink(db, { ...made, at: morning })}`
  const late = `/sign-in/links/${await makeSignInLink(db, { ...made, at: new Date(morning.getTime() - tenMinutes) })}`

  for (let looked = 0; looked < 5; looked++) expect((await app.request(link)).status).toBe(200)
  expect((await app.request(link, { method: 'HEAD' })).status).toBe(200)
  const confirmed = await submit(app, link, { next: '/problems' })

  expect([confirmed.status, confirmed.headers.get('location')]).toEqual([303, '/problems'])
  expect((await submit(app, link, {})).status).toBe(410)
  expect((await submit(app, late, {})).status).toBe(410)
  expect((await app.request(late)).status).toBe(410)
  expect((await submit(app, '/sign-in/links/guess', {})).status).toBe(410)
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/ok\r\nx: y'])(
  'a link leads on to this house only, not to %j',
  async (next) => {
    const { app, db } = await openApp()
    await aPersonWith(db, 'ben@example.com', [])
    const secret = await makeSignInLink(db, { personId: 'ben@example.com', at: morning, lastsMs: tenMinutes })

    const confirmed = await submit(app, `/sign-in/links/${secret}`, { next })

    expect(confirmed.headers.get('location')).toBe('/')
  },
)

test('with https the cookie is for this host alone; over http it has a plain name', async () => {
  const { app, db } = await openApp({ publicUrl: new URL('https://muster.example') })
  await aPersonWith(db, 'ben@example.com', [])
  const secret = await makeSignInLink(db, { personId: 'ben@example.com', at: morning, lastsMs: tenMinutes })

  const set = (await submit(app, `/sign-in/links/${secret}`, {})).headers.get('set-cookie')

  expect(set).toMatch(/^__Host-muster=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
})

test('signing in again ends the session of before; signing out ends this one', async () => {
  const { app, db } = await openApp()
  const former = await signedIn(db, 'ben@example.com')
  const secret = await makeSignInLink(db, { personId: 'ben@example.com', at: morning, lastsMs: tenMinutes })
  const cookie = cookieOf(await submit(app, `/sign-in/links/${secret}`, {}, former))

  expect(cookie).not.toBe(former.cookie)
  expect((await app.request('/', { headers: former })).status).toBe(303)
  expect((await app.request('/', { headers: { cookie } })).status).toBe(200)
  const out = await submit(app, '/sign-out', {}, { cookie })

  expect(out.headers.get('set-cookie')).toMatch(/^muster=; Max-Age=0/)
  expect((await app.request('/', { headers: { cookie } })).status).toBe(303)
})

test('a session dies of idleness after twelve hours, and of age after seven days', async () => {
  const { db, settings } = await openApp()
  const clock = { at: morning }
  const app = createApp({ db, settings, now: () => clock.at })
  const [idle, busy] = [await signedIn(db, 'ben@example.com'), await signedIn(db, 'cem@example.com')]

  const alive = async (hours: number, headers: Record<string, string>) => {
    clock.at = new Date(morning.getTime() + hours * anHour)
    return (await app.request('/', { headers })).status === 200
  }

  for (let hours = 0; hours < 168; hours += 11) expect([hours, await alive(hours, busy)]).toEqual([hours, true])
  expect(await alive(168, busy)).toBe(false)
  clock.at = morning
  expect(await alive(11.9, idle)).toBe(true)
  expect(await alive(24, idle)).toBe(false)
})

test('who asks for a letter is told the same, on the list or not; only who is on it has one', async () => {
  const { app, db, letters } = await withMail()
  await aPersonWith(db, 'ben@example.com', [])

  const known = await submit(app, '/sign-in', { email: 'BEN@example.com' })
  const unknown = await submit(app, '/sign-in', { email: 'nobody@example.com' })

  expect([known.status, unknown.status]).toEqual([200, 200])
  expect(withoutNonce(await known.text())).toBe(withoutNonce(await unknown.text()))
  await expect.poll(() => letters.map(({ subject }) => subject), { timeout: 30_000 }).toEqual(['Sign in to Muster'])
  const [letter] = letters
  expect(letter).toMatchObject({ to: { text: expect.stringContaining('ben@example.com') }, html: false })
  expect(letter?.text).toContain('from 127.0.0.1')
  const link = /http:\/\/localhost:3000(\/sign-in\/links\/[\w-]{43})\n/.exec(letter?.text ?? '')?.[1]
  expect((await submit(app, link ?? '', {})).status).toBe(303)
})

test('ten letters asked for from one address are enough; from elsewhere the owner still has theirs', async () => {
  const { app, db, letters } = await withMail({ proxies: ['127.0.0.1'] })
  await aPersonWith(db, 'ben@example.com', [])
  const ask = (from: string) => submit(app, '/sign-in', { email: 'ben@example.com' }, { 'x-forwarded-for': from })

  const answers: number[] = []
  for (let tries = 0; tries < 1000; tries++) answers.push((await ask('203.0.113.9')).status)
  const refused = await ask('203.0.113.9')
  const owner = await ask('198.51.100.7')

  expect(answers.filter((status) => status === 200)).toHaveLength(10)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)
  expect(owner.status).toBe(200)
  await expect.poll(() => letters.length, { timeout: 30_000 }).toBe(1)
})

/** With a real mail server on loopback. */
async function withMail(given: { proxies?: string[] } = {}) {
  const { smtpUrl, got } = await openPostHouse()
  const doors = { provider: null, firstAdministrator: null, proxies: [], ...given }
  const { db, settings, now } = await openApp({ doors, smtpUrl, mailFrom: 'Muster <muster@example.org>' })
  const mail = openLetterBox(settings)
  onTestFinished(() => mail?.close())
  return { app: createApp({ db, settings, now, mail }), db, letters: got }
}

function pathOf(address: string | null): string {
  return new URL(address ?? '', 'http://nowhere.invalid').pathname
}

function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

function withoutNonce(page: string): string {
  return page.replace(/nonce="[\w-]+"/g, '')
}
