import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { handOver } from '../../src/meeting/hand-over.ts'
import { queueDigests } from '../../src/post/digests.ts'
import { linkKeyOf, offerToken } from '../../src/post/links.ts'
import { findAction } from '../../src/record/actions.ts'
import type { Db } from '../../src/record/db.ts'
import type { Fact } from '../../src/record/fact.ts'
import { handOversTo } from '../../src/record/hand-overs.ts'
import { latestLetters } from '../../src/record/outbox.ts'
import { preferenceOf } from '../../src/record/preferences.ts'
import { daysAgo, hoursAgo, morning, rhythm } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { settingsIn } from '../support/settings.ts'
import { signedIn } from '../support/signed-in.ts'
import { jsonOf, submit, tell, textOf } from '../web/asking.ts'
import { openOffice, openPostHouse, subscribe } from './post-house.ts'

const form = {
  digest: 'yes',
  time: '07:30',
  zone: 'Asia/Kolkata',
  variant: 'support',
  'day.1': 'yes',
  'day.6': 'yes',
  quietFrom: '21:00',
  quietUntil: '08:00',
}

test('somebody says when, where and how they wish to be told', async () => {
  const { app, db } = await openApp()
  const headers = await signedIn(db, 'ana@example.com', 'viewer')

  await submit(app, '/people/ana%40example.com/digest', form, headers)

  expect(await preferenceOf(db, 'ana@example.com')).toMatchObject({
    variant: 'support',
    time: '07:30',
    zone: 'Asia/Kolkata',
    weekdays: [1, 6],
    digestFrom: morning,
    keepsHolidays: false,
  })
  expect(await textOf(app, '/me', headers)).toContain('href="/people/ana%40example.com/digest"')
  expect(await textOf(app, '/people/ana%40example.com/digest', headers)).toContain(
    'The next digest leaves Sat 28 Nov 07:30 Asia/Kolkata',
  )
})

test.each([
  ['time', '25:00'],
  ['zone', 'Mars/Olympus'],
  ['daysOff', '2026-13-01'],
])('a %s that cannot be is refused with the mend, and nothing is changed', async (field, said) => {
  const { app, db } = await openApp()
  const headers = await signedIn(db, 'ana@example.com', 'viewer')

  const response = await submit(app, '/people/ana%40example.com/digest', { ...form, [field]: said }, headers)

  expect(response.status).toBe(422)
  expect(await preferenceOf(db, 'ana@example.com')).toBe(undefined)
})

test('nobody sees or changes how somebody else is told, but who looks after the people', async () => {
  const { app, db } = await openApp()
  await signedIn(db, 'ana@example.com', 'viewer')
  const other = await signedIn(db, 'ben@example.com', 'facilitator')
  const carer = await signedIn(db, 'cem@example.com', 'administrator')
  const statuses = async (headers: Record<string, string>) => [
    (await app.request('/people/ana%40example.com/digest', { headers })).status,
    (await submit(app, '/people/ana%40example.com/digest', form, headers)).status,
  ]

  expect(await statuses(other)).toEqual([404, 404])
  expect(await statuses(carer)).toEqual([200, 303])
})

test('a mail program stops the letters with one click; a scanner that looks stops nothing', async () => {
  const { smtpUrl, got } = await openPostHouse()
  const { db, send } = await openOffice(smtpUrl)
  const { app } = await openAppOn(db)
  await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await queueDigests(db, { rhythm, startedAt: daysAgo(5) }, hoursAgo(2))
  await send()
  const header = (name: string) => got[0]?.headerLines.find(({ key }) => key === name)?.line ?? ''
  const address = /<(https:[^>]+)>/.exec(header('list-unsubscribe'))?.[1] ?? ''
  const path = new URL(address).pathname

  const looked = await app.request(path)
  const afterLook = await preferenceOf(db, 'ana@example.com')
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  const clicked = await app.request(path, { method: 'POST', body })
  const again = await app.request(path, { method: 'POST', body })

  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  expect(address.length).toBeLessThan(60)
  expect(looked.status).toBe(200)
  expect(afterLook?.digestFrom).not.toBe(null)
  expect([clicked.status, again.status]).toEqual([200, 200])
  expect((await preferenceOf(db, 'ana@example.com'))?.digestFrom).toBe(null)
  expect((await app.request(`${path.slice(0, -1)}x`, { method: 'POST', body })).status).toBe(404)
})

test('a link in a letter accepts one action for one person, by a confirming tap, for a week', async () => {
  const { app, db, settings } = await openApp()
  const person = await subscribe(db, 'Ana')
  await tell(db, [{ kind: 'action', id: 'A-1', at: hoursAgo(20), told: { title: 'Alarm on lag', ownerId: person } }])
  const key = await linkKeyOf(db, settings.key)
  const until = (at: Date) =>
    offerToken(key, { kind: 'action', deed: 'accept', id: 'A-1', person, until: at.toISOString() })
  const path = `/d/${until(daysAgo(-6))}`

  const looked = await textOf(app, path)
  const untouched = await findAction(db, 'A-1')
  await submit(app, path, { deed: 'done', id: 'A-2' })
  await submit(app, path, {})

  expect(looked).toContain('Accept it?')
  expect(untouched?.acknowledgedAt).toBe(null)
  expect(await findAction(db, 'A-1')).toMatchObject({ acknowledgedAt: morning, endedAt: null })
  expect(await textOf(app, path)).toContain('Accepted')
  expect((await app.request(`/d/${until(hoursAgo(1))}`)).status).toBe(404)
  expect((await app.request(path.replace('.', 'x.'))).status).toBe(404)
})

test('the letter itself offers what its reader may do: to accept or give back what waits, to end or ask for help with the rest', async () => {
  const { smtpUrl, got } = await openPostHouse()
  const { db, settings, send } = await openOffice(smtpUrl)
  const app = createApp({
    db,
    settings: { ...settings, publicUrl: new URL('http://localhost:3000') },
    now: () => morning,
  })
  const person = await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await subscribe(db, 'Ben', { changedAt: daysAgo(3), digestFrom: null })
  const action = (id: string, ownerId: string): Fact => ({
    kind: 'action',
    id,
    at: hoursAgo(20),
    told: { title: `Do ${id}`, ownerId },
  })
  await tell(db, [action('A-1', person), action('A-2', 'ben@example.com'), action('A-3', person)], hoursAgo(9))
  await tell(
    db,
    [{ kind: 'action-event', actionId: 'A-3', at: hoursAgo(9), by: person, event: 'acknowledged' }],
    hoursAgo(8),
  )
  await handOver(
    db,
    { to: 'Ana', issue: 'Watch the lag', noticed: '', plan: 'Until noon', subject: null },
    { rhythm, at: hoursAgo(8), by: 'ben@example.com' },
  )
  await queueDigests(db, { rhythm, startedAt: daysAgo(5) }, hoursAgo(2))
  await send()

  const text = got[0]?.text ?? ''
  const links = [...text.matchAll(/^ +(Accept|Give back|Done|Need help): (\S+)$/gm)].map(([, deed, link = '']) => ({
    deed,
    path: new URL(link).pathname,
  }))
  const titles = async () =>
    Promise.all(links.map(async ({ path }) => /<h1>(?:<bdi>)?([^<]*)/.exec(await textOf(app, path))?.[1]))
  const asked = await titles()
  for (const { path } of [...links, ...links]) await submit(app, path, {})

  expect(links.map(({ deed }) => deed)).toEqual(['Accept', 'Give back', 'Accept', 'Give back', 'Done', 'Need help'])
  expect(asked).toEqual(['Accept it?', 'Give it back?', 'Accept it?', 'Give it back?', 'Is it done?', 'Ask for help?'])
  expect(got[0]?.html).toContain('>Need help</a>')
  expect(await findAction(db, 'A-1')).toMatchObject({ ownerId: null })
  expect(await findAction(db, 'A-2')).toMatchObject({ acknowledgedAt: null })
  expect(await findAction(db, 'A-3')).toMatchObject({ state: 'done' })
  expect(await handOversTo(db, person)).toEqual([])
})

test('what did not arrive degrades readiness, without taking the house away', async () => {
  const { db, send } = await openOffice(null)
  const { app } = await openAppOn(db)
  await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await queueDigests(db, { rhythm, startedAt: daysAgo(5) }, hoursAgo(2))
  await send()

  expect((await latestLetters(db, 1))[0]?.sentAt).toBe(null)
  expect(await jsonOf(app, '/readyz')).toMatchObject({
    ready: true,
    degraded: expect.arrayContaining(['1 letters are not accepted although they are due']),
  })
  expect(await textOf(app, '/letters')).toContain('no mail server is set: SMTP_URL')
})

async function openAppOn(db: Db) {
  return { app: createApp({ db, settings: settingsIn('.'), now: () => morning }) }
}
