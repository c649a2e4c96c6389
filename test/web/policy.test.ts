import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Env } from '../../src/web/house.ts'
import { type Line, policy, scopeAt, unspoken, type Who } from '../../src/web/policy.ts'
import { matrix, whos } from '../../src/web/policy-matrix.ts'
import { openApp } from '../support/open-app.ts'
import { aProjector, bearer, signedIn } from '../support/signed-in.ts'

const lines = Object.entries(policy)

test('every route of the house has its line, and every line its route', async () => {
  const { app } = await openApp()
  const routes = new Set(app.routes.map(({ method, path }) => `${method} ${path}`))
  const kinds = (route: string) => route.replace(/^((?:POST|PATCH) \/api\/v1\/)(?:people|services)/, '$1:kind')

  expect(unspoken(app.routes)).toEqual([])
  expect(lines.map(([route]) => route).filter((route) => !routes.has(kinds(route)))).toEqual([])
})

test('a route that nobody spoke of is found', () => {
  const app = new Hono<Env>()
    .use(async (_, next) => next())
    .get('/', (c) => c.text(''))
    .post('/vault', (c) => c.text(''))

  expect(unspoken(app.routes)).toEqual(['POST /vault'])
})

test('the matrix is written down as the table says: npm run policy', () => {
  expect(readFileSync('src/web/policy-matrix.md', 'utf8')).toBe(matrix())
})

test.each(whos)('%s may what the table says, route by route', async (who) => {
  const { app, db } = await openApp()
  const headers = await headersOf(db, who)

  for (const [route, { who: may }] of lines) {
    const own = route === 'POST /sign-out' ? await headersOf(db, who, 'leaving') : headers
    expect([route, await passes(app, route, own)]).toEqual([route, may.includes(who)])
  }
})

test('a token may what its scope covers, route by route, and no other does', async () => {
  const { app, db } = await openApp()
  await signedIn(db, 'ana@example.com', 'administrator')
  const [all, none] = [await bearer(db, '*'), await bearer(db, 'forecasts:read')]

  for (const [route, { scope }] of lines) {
    const given = { all: await passes(app, route, all), none: await passes(app, route, none) }
    const fitting = scope === null ? false : await passes(app, route, await bearer(db, scopeFor(route, scope)))
    const isForAny = scope === 'any'
    expect([route, given, fitting]).toEqual([route, { all: scope !== null, none: isForAny }, scope !== null])
  }
})

test('before the first sign-in whoever sits at this machine may all', async () => {
  const { app } = await openApp()

  for (const [route] of lines) expect([route, await passes(app, route, {})]).toEqual([route, true])
})

test.each([
  ['/api/v1/%70eople', 403],
  ['/api/v1/peopl%65', 403],
  ['/api/v1/people/', 404],
  ['//api/v1/people', 404],
  ['/api/v1/./people', 403],
  ['/api/v1/x/../people', 403],
])('however people is spelt, %s: a contributor changes none', async (path, status) => {
  const { app, db } = await openApp()
  const headers = await signedIn(db, 'cem@example.com', 'contributor')
  const body = JSON.stringify({ name: 'Mallory', email: 'mallory@example.com', role: 'administrator' })

  const response = await app.request(path, { method: 'POST', body, headers: { ...headers, ...sent, ...json } })

  expect(response.status).toBe(status)
})

const sent = { 'sec-fetch-site': 'same-origin' }
const json = { 'content-type': 'application/json' }

async function headersOf(
  db: Parameters<typeof signedIn>[0],
  who: Who,
  as: string = who,
): Promise<Record<string, string>> {
  await signedIn(db, 'boss@example.com', 'administrator')
  if (who === 'anonymous') return {}
  if (who === 'projector') return aProjector(db)
  return signedIn(db, `${as}@example.com`, who)
}

/** Whether the policy lets a request go on; what the page then says to it is another matter. */
async function passes(app: Hono<Env>, route: string, headers: Record<string, string>): Promise<boolean> {
  const [method = '', path = ''] = route.split(' ')
  const isDeed = method === 'POST' || method === 'PATCH' || method === 'ALL'
  const response = await app.request(addressAt(path), {
    method: method === 'ALL' ? 'PUT' : method,
    headers: { ...sent, ...headers },
    ...(isDeed && { body: new URLSearchParams({ name: 'x' }) }),
  })
  await response.body?.cancel()
  const isSentAway = response.status === 303 && response.headers.get('location')?.startsWith('/sign-in?') === true
  const isAtTheDoor =
    response.status === 303 && response.headers.get('location') === '/sign-in' && route !== 'POST /sign-out'
  // A page may itself not know somebody: only the policy asks who they are, by this header.
  const isAsked = response.status === 401 && response.headers.has('www-authenticate')
  return response.status !== 403 && !isAsked && !isSentAway && !isAtTheDoor
}

function addressAt(path: string): string {
  return path
    .replace(':day', '2026-11-23')
    .replace(':kind', 'incidents')
    .replace(':version{v[12]}', 'v1')
    .replace(':number{[0-9]+}', '1')
    .replace(/:\w+|\*/g, 'x1')
}

function scopeFor(route: string, scope: Line['scope']): string {
  return scope === 'any' ? 'forecasts:read' : scopeAt(scope ?? '', addressAt(route.split(' ')[1] ?? ''))
}
