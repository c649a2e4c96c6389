import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { token } from '../../src/commands/token.ts'
import { keepUses } from '../../src/record/last-uses.ts'
import { listTokens, makeToken } from '../../src/record/tokens.ts'
import { hoursAgo, inHours, morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { signedIn } from '../support/signed-in.ts'
import { submit, textOf } from './asking.ts'

test('a token is made, told once, used, and revoked with the next request', async () => {
  const { app, db, boss } = await house()
  const page = await (
    await submit(app, '/tokens', { name: 'deploys', scopes: 'changes:write, incidents:read' }, boss)
  ).text()
  const secret = /muster_[\w-]{43}/.exec(page)?.[0] ?? ''
  const ask = (path: string, more = {}) =>
    app.request(path, { headers: { authorization: `Bearer ${secret}` }, ...more })
  const change = {
    method: 'POST',
    body: 'search deploy 4.2',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'text/plain' },
  }

  expect((await ask('/api/v1/incidents')).status).toBe(200)
  expect((await app.request('/api/v1/changes', change)).status).toBe(201)
  for (const path of ['/api/v1/changes', '/api/v1/agenda', '/api/v1/people', '/', '/tokens', '/metrics'])
    expect([path, (await ask(path)).status]).toEqual([path, 403])
  expect(await textOf(app, '/tokens', boss)).not.toContain(secret)
  expect((await listTokens(db))[0]).toMatchObject({ name: 'deploys', usedAt: morning, madeBy: 'boss@example.com' })
  const [{ id } = { id: '' }] = await listTokens(db)
  await submit(app, `/tokens/${id}/revocation`, {}, boss)

  const refused = await ask('/api/v1/incidents')
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Muster"'])
  expect((await submit(app, `/tokens/${id}/revocation`, {}, boss)).status).toBe(404)
})

test('nothing of its secret is kept but the hash', async () => {
  const { db } = await openApp()
  const { secret } = await makeToken(db, { name: 'x', scopes: ['*'], expiresAt: null, at: morning, by: 'ana' })

  const rows = await db.orm.values(
    sql`select hash, name, scopes from tokens union all select row, was, became from versions`,
  )

  expect(JSON.stringify(rows)).not.toContain(secret)
  expect(JSON.stringify(rows)).not.toContain(secret.slice(7))
})

test('a token that has expired, was guessed, or holds no scope for it opens nothing, even before the first sign-in', async () => {
  const { app, db } = await openApp()
  const made = { name: 'x', scopes: ['*'], at: hoursAgo(48), by: 'ana' }
  const { secret: old } = await makeToken(db, { ...made, expiresAt: hoursAgo(1) })
  const { secret: good } = await makeToken(db, { ...made, expiresAt: inHours(1) })
  const status = async (secret: string, path = '/api/v1/incidents') =>
    (await app.request(path, { headers: { authorization: `Bearer ${secret}` } })).status

  expect(await status(old)).toBe(401)
  expect(await status(`muster_${'x'.repeat(43)}`)).toBe(401)
  expect(await status('anything')).toBe(401)
  expect(await status(old, '/healthz')).toBe(401)
  expect(await status(good)).toBe(200)
})

test('the same from the command line: made, listed with its last use, revoked', async () => {
  const { app, db, settings } = await openApp()
  const said: string[] = []
  const voice = { say: (line: string) => void said.push(line), complain: () => undefined, progress: () => undefined }
  const room = { db, settings, now: () => morning, folder: '.', terminal: false, ...voice }

  expect(await token.run(['create', '--name', 'x', '--scope', 'incidents:read', '--expires', '30'], room)).toBe(0)
  const [secret = ''] = said
  await app.request('/api/v1/incidents', { headers: { authorization: `Bearer ${secret}` } })
  await keepUses(db)
  expect(await token.run(['list'], room)).toBe(0)
  const id = said[1]?.split('  ')[0] ?? ''

  expect(said[1]).toMatch(/^[\w-]{12} {2}x {2}incidents:read {2}until .*, last used .*, made by console$/)
  expect(await token.run(['revoke', id], room)).toBe(0)
  expect(await token.run(['revoke', id], room)).toBe(1)
  expect((await app.request('/api/v1/incidents', { headers: { authorization: `Bearer ${secret}` } })).status).toBe(401)
})

test.each([
  ['create'],
  ['create', '--name', 'x'],
  ['create', '--name', 'x', '--scope', 'everything'],
  ['create', '--name', 'x', '--scope', 'incidents:eat'],
  ['create', '--name', 'x', '--scope', '*', '--expires', 'soon'],
  ['create', '--name', 'x', '--scope', '*', '--colour', 'red'],
  ['list', 'all'],
  ['revoke'],
  ['destroy'],
  [],
])('token %s %s %s %s: wrong words', async (...words) => {
  const { db, settings } = await openApp()
  const said: string[] = []
  const voice = { say: () => undefined, complain: (line: string) => void said.push(line), progress: () => undefined }

  const code = await token.run(
    words.filter((word) => word !== undefined),
    { db, settings, now: () => morning, folder: '.', terminal: false, ...voice },
  )

  expect(code).toBe(2)
  expect(said.join()).toContain('npm run token')
})

test('what a program does is told by its name', async () => {
  const { app, db } = await openApp()
  const { secret } = await makeToken(db, {
    name: 'deploys',
    scopes: ['changes:write'],
    expiresAt: null,
    at: hoursAgo(1),
    by: 'ana',
  })
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'text/plain' }

  await app.request('/api/v1/changes', { method: 'POST', body: 'search deploy 4.2', headers })

  const [row] = await db.orm.values(
    sql`select by from versions where table_name = 'changes' order by number desc limit 1`,
  )
  expect(row?.[0]).toBe('token deploys')
})

async function house() {
  const { app, db } = await openApp()
  return { app, db, boss: await signedIn(db, 'boss@example.com', 'administrator') }
}
