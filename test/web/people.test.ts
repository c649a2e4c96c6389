import { expect, test } from 'vitest'
import { listAudit } from '../../src/record/audit.ts'
import { allPeople } from '../../src/record/people.ts'
import { rolesOf } from '../../src/record/roles.ts'
import { allTeams } from '../../src/record/teams.ts'
import { openApp } from '../support/open-app.ts'
import { aPersonWith, signedIn } from '../support/signed-in.ts'
import { submit, textOf } from './asking.ts'

test('an administrator adds somebody, says what they may, and that is noted with what was', async () => {
  const { app, db, boss } = await house()

  await submit(
    app,
    '/people',
    { name: 'Cem', email: 'Cem@Example.com', function: 'support', role: 'contributor' },
    boss,
  )
  await submit(app, '/people/cem%40example.com/roles', { facilitator: 'yes', manager: 'yes' }, boss)

  expect((await allPeople(db)).find(({ id }) => id === 'cem@example.com')).toMatchObject({ function: 'support' })
  expect(await rolesOf(db, 'cem@example.com')).toEqual(['manager', 'facilitator'])
  expect(await listAudit(db, { what: 'roles', limit: 2 })).toMatchObject([
    { by: 'boss@example.com', subject: 'cem@example.com', was: 'contributor', became: 'manager facilitator' },
    { was: '', became: 'contributor' },
  ])
  expect(await textOf(app, '/people', boss)).toContain('manager, facilitator')
})

test('extra fields change nothing: who adds a note of themselves stays what they are', async () => {
  const { app, db, boss } = await house()
  await aPersonWith(db, 'cem@example.com', ['viewer'])

  const fields = {
    name: 'Cem',
    id: 'boss@example.com',
    email: 'boss@example.com',
    role: 'administrator',
    closedAt: '1',
  }
  await submit(app, '/people/cem%40example.com', { ...fields, administrator: 'yes' }, boss)

  expect(await rolesOf(db, 'cem@example.com')).toEqual(['viewer'])
  expect((await allPeople(db)).find(({ id }) => id === 'cem@example.com')).toMatchObject({
    email: 'cem@example.com',
    closedAt: null,
    role: null,
  })
})

test('whoever is told to be an administrator by a list or by the API is none by that', async () => {
  const { app, db, boss } = await house()
  const body = JSON.stringify({ name: 'Cem', email: 'cem@example.com', role: 'administrator' })
  const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
  await app.request('/api/v1/people', { method: 'POST', body, headers: { ...json, ...boss } })
  const cem = await signedIn(db, 'cem@example.com')

  expect((await app.request('/audit', { headers: cem })).status).toBe(403)
})

test('who is closed is out with their next request, on each of their devices', async () => {
  const { app, db, boss } = await house()
  const [desk, phone] = [
    await signedIn(db, 'cem@example.com', 'contributor'),
    await signedIn(db, 'cem@example.com', 'contributor'),
  ]
  expect((await app.request('/', { headers: desk })).status).toBe(200)

  const closed = await submit(app, '/people/cem%40example.com/closing', {}, boss)

  expect(closed.status).toBe(303)
  for (const headers of [desk, phone]) expect((await app.request('/', { headers })).status).toBe(303)
  await submit(app, '/people/cem%40example.com/reopening', {}, boss)
  expect((await app.request('/', { headers: desk })).status).toBe(303)
})

test('a part that is taken away is gone with the next request', async () => {
  const { app, db, boss } = await house()
  const cem = await signedIn(db, 'cem@example.com', 'contributor')
  expect((await app.request('/by-hand', { headers: cem })).status).toBe(200)

  await submit(app, '/people/cem%40example.com/roles', { viewer: 'yes' }, boss)

  expect((await app.request('/by-hand', { headers: cem })).status).toBe(403)
})

test('only who has left is forgotten, and only by their address', async () => {
  const { app, db, boss } = await house()
  await aPersonWith(db, 'cem@example.com', ['viewer'])
  const forget = (email: string) => submit(app, '/people/cem%40example.com/forgetting', { email }, boss)

  expect((await forget('cem@example.com')).status).toBe(409)
  await submit(app, '/people/cem%40example.com/closing', {}, boss)
  expect((await forget('somebody@example.com')).status).toBe(422)
  const forgotten = await forget('cem@example.com')

  expect(forgotten.headers.get('location')).toMatch(/^\/people\/somebody-/)
  expect(await textOf(app, '/people', boss)).not.toContain('cem@example.com')
  expect(await textOf(app, '/audit', boss)).not.toContain('cem@example.com')
})

test('the last administrator cannot be closed, nor be made less', async () => {
  const { app, boss } = await house()

  expect((await submit(app, '/people/boss%40example.com/closing', {}, boss)).status).toBe(409)
  expect((await submit(app, '/people/boss%40example.com/roles', { viewer: 'yes' }, boss)).status).toBe(409)
})

test('a team has people and owns services', async () => {
  const { app, db, boss } = await house()

  await submit(app, '/people/boss%40example.com/teams', { teams: 'Payments, Search ,Payments' }, boss)
  await submit(app, '/service-levels/checkout/team', { team: 'Payments' }, boss)

  expect(await allTeams(db)).toEqual([
    { name: 'Payments', members: ['boss@example.com'], services: ['checkout'] },
    { name: 'Search', members: ['boss@example.com'], services: [] },
  ])
  expect(await textOf(app, '/people', boss)).toMatch(/Payments.*checkout/s)
})

test('a viewer sees who is who, and no form to change it', async () => {
  const { app, db } = await house()
  const viewer = await signedIn(db, 'vic@example.com', 'viewer')

  for (const path of ['/people', '/people/boss%40example.com', '/', '/incidents']) {
    const forms = [...(await textOf(app, path, viewer)).matchAll(/<form method="post"[^>]* action="([^"]+)"/g)].map(
      ([, action]) => action,
    )
    expect([path, forms.filter((action) => !['/sign-out', '/theme', '/incidents'].includes(action ?? ''))]).toEqual([
      path,
      [],
    ])
  }
})

test('a link an administrator makes is told once, on the page that answers', async () => {
  const { app, db, boss } = await house()
  await aPersonWith(db, 'cem@example.com', ['viewer'])

  const page = await (await submit(app, '/people/cem%40example.com/link', {}, boss)).text()
  const link = /http:\/\/localhost:3000(\/sign-in\/links\/[\w-]{43})/.exec(page)?.[1] ?? ''

  expect(await textOf(app, '/people/cem%40example.com', boss)).not.toContain('/sign-in/links/')
  expect((await submit(app, link, {})).status).toBe(303)
})

test('one sees and ends one’s own sessions, and nobody else’s', async () => {
  const { app, db, boss } = await house()
  const [desk, phone] = [await signedIn(db, 'cem@example.com'), await signedIn(db, 'cem@example.com')]
  const endings = async (headers: Record<string, string>) =>
    [...(await textOf(app, '/me', headers)).matchAll(/action="(\/me\/sessions\/[^"/]+\/ending)"/g)].map(
      ([, path = '']) => path,
    )
  const [bossOwn] = await endings(boss)
  expect(await endings(desk)).toHaveLength(2)

  expect((await submit(app, bossOwn ?? '', {}, desk)).status).toBe(404)
  expect((await app.request('/', { headers: boss })).status).toBe(200)
  expect((await submit(app, '/me/sessions/ending', {}, desk)).status).toBe(303)

  expect((await app.request('/', { headers: phone })).status).toBe(303)
  expect((await app.request('/', { headers: desk })).status).toBe(200)
})

async function house() {
  const { app, db } = await openApp()
  return { app, db, boss: await signedIn(db, 'boss@example.com', 'administrator') }
}
