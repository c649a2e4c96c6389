import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAudit } from '../../src/record/audit.ts'
import { personOfIdentity } from '../../src/record/identities.ts'
import { closePerson } from '../../src/record/leaving.ts'
import { allPeople } from '../../src/record/people.ts'
import { rolesOf } from '../../src/record/roles.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { client, type IdToken, openProvider, type Spoken, type TestProvider } from '../support/provider.ts'
import { aPersonWith } from '../support/signed-in.ts'
import { textOf } from './asking.ts'

const opened = {} as { provider: TestProvider }
beforeAll(async () => {
  opened.provider = await openProvider('http://localhost:3000/sign-in/provider/callback')
})
afterAll(() => opened.provider.close())

const ana = { sub: 'a-1', email: 'ana@example.com', email_verified: true, name: 'Ana Ito', groups: [] as string[] }

test('with the company’s own account one is in, and known by issuer and subject', async () => {
  const { app, db, signIn, issuer } = await house({ account: ana })
  expect((await app.request('/')).status).toBe(303)
  expect(await textOf(app, '/sign-in')).toContain(`Sign in at ${issuer.host}`)

  const { response, cookie } = await signIn('/problems?open=true')

  expect([response.status, response.headers.get('location')]).toEqual([303, '/problems?open=true'])
  expect(await textOf(app, '/', { cookie })).toContain('You are Ana Ito')
  expect(await personOfIdentity(db, { issuer: issuer.href.slice(0, -1), subject: 'a-1' })).toBe('ana@example.com')
  expect(await rolesOf(db, 'ana@example.com')).toEqual([])
})

test('whom the configuration names is the first administrator', async () => {
  const { db, signIn } = await house({ account: ana }, { firstAdministrator: 'ana@example.com' })

  await signIn()

  expect(await rolesOf(db, 'ana@example.com')).toEqual(['administrator'])
})

test('roles come from a claim, anew with each sign-in', async () => {
  const account = { ...ana, groups: ['staff', 'muster-facilitator', 'Manager'] }
  const { db, signIn } = await house({ account }, { rolesClaim: 'groups' })
  await signIn()
  expect(await rolesOf(db, 'ana@example.com')).toEqual(['manager', 'facilitator'])

  account.groups = ['muster-contributor']
  await signIn()

  expect(await rolesOf(db, 'ana@example.com')).toEqual(['contributor'])
})

test('the address may change: the subject is still the same person', async () => {
  const account = { ...ana }
  const { app, db, signIn } = await house({ account })
  await signIn()
  account.email = 'boss@example.com'
  await aPersonWith(db, 'boss@example.com', ['administrator'])

  const { cookie } = await signIn()

  expect(await textOf(app, '/', { cookie })).toContain('You are Ana Ito')
})

test.each([
  ['an address nobody vouches for', { ...ana, email_verified: false }],
  ['an address nobody says a word about', { sub: 'a-1', email: 'ana@example.com', name: 'Ana' }],
  ['no address', { sub: 'a-1', name: 'Ana' }],
])('%s leads to nobody', async (_, account) => {
  const { app, db, signIn } = await house({ account })
  await aPersonWith(db, 'ana@example.com', ['administrator'])

  const { response, cookie } = await signIn()

  expect(response.status).toBe(401)
  expect((await app.request('/', { headers: { cookie } })).status).toBe(303)
})

test('whoever has left is not let in again by the provider', async () => {
  const { db, signIn } = await house({ account: ana })
  await signIn()
  await aPersonWith(db, 'boss@example.com', ['administrator'])
  const [her] = (await allPeople(db)).filter(({ id }) => id === 'ana@example.com')
  if (her) await closePerson(db, her, { at: morning, by: 'boss@example.com' })

  expect((await signIn()).response.status).toBe(401)
})

const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
const past = Math.floor(Date.now() / 1000) - 7200
const forgeries: [string, (token: IdToken) => string][] = [
  ['another nonce', (token) => token.signedAnew({ claims: { nonce: 'another' } })],
  ['no nonce', (token) => token.signedAnew({ claims: { nonce: undefined } })],
  ['another audience', (token) => token.signedAnew({ claims: { aud: 'another' } })],
  ['another issuer', (token) => token.signedAnew({ claims: { iss: 'https://evil.example' } })],
  ['a time that is over', (token) => token.signedAnew({ claims: { iat: past, exp: past + 60 } })],
  ['no signature: alg none', (token) => token.signedAnew({ header: { alg: 'none' } })],
  ['a stranger’s signature', (token) => token.signedAnew({}, strange)],
  ['its words changed after it was signed', (token) => changed(token.signedAnew({}))],
]

test.each(forgeries)('an ID token with %s is refused, and that is noted', async (_, forge) => {
  const { app, db, signIn } = await house({ account: ana, forge })

  const { response, cookie } = await signIn()

  expect(response.status).toBe(401)
  expect(await response.text()).not.toMatch(/jwt|oauth|node_modules|Error/i)
  expect((await app.request('/', { headers: { cookie } })).status).toBe(303)
  expect(await listAudit(db, { limit: 1 })).toMatchObject([{ what: 'sign-in-refused', subject: 'provider' }])
})

test('the same token untouched is believed: the forger’s way leads in when nothing is forged', async () => {
  const { signIn } = await house({ account: ana, forge: (token) => token.signedAnew({}) })

  expect((await signIn()).response.status).toBe(303)
})

test.each([
  ['another state', (address: URL) => address.searchParams.set('state', 'another')],
  ['no state', (address: URL) => address.searchParams.delete('state')],
  ['another code', (address: URL) => address.searchParams.set('code', 'another')],
  ['another issuer beside it: a mix-up', (address: URL) => address.searchParams.set('iss', 'https://evil.example')],
  ['a refusal', (address: URL) => address.searchParams.set('error', 'access_denied')],
])('coming back with %s is refused', async (_, change) => {
  const { app, leave, comeBack } = await house({ account: ana })
  const { cookie, address } = await leave()
  change(address)

  const { response } = await comeBack(address, cookie)

  expect(response.status).toBe(401)
  expect((await app.request('/', { headers: { cookie } })).status).toBe(303)
})

test('a code is good once, and only in the browser that asked for it', async () => {
  const { leave, comeBack } = await house({ account: ana })
  const [mine, theirs] = [await leave(), await leave()]

  expect((await comeBack(mine.address, theirs.cookie)).response.status).toBe(401) // state and verifier are another's
  expect((await comeBack(mine.address, '')).response.status).toBe(401)
  expect((await comeBack(mine.address, mine.cookie)).response.status).toBe(303)
  expect((await comeBack(mine.address, mine.cookie)).response.status).toBe(401)
})

test('a code that another flow began is refused by its verifier (PKCE)', async () => {
  const { leave, comeBack } = await house({ account: ana })
  const [mine, stolen] = [await leave(), await leave()]
  mine.address.searchParams.set('code', stolen.address.searchParams.get('code') ?? '')

  expect((await comeBack(mine.address, mine.cookie)).response.status).toBe(401)
})

test('a provider that does not answer is said, and nobody is let in', async () => {
  const provider = {
    issuer: new URL('http://127.0.0.1:9'),
    clientId: 'm',
    clientSecret: 's',
    rolesClaim: null,
    trustsMail: false,
  }
  const { app } = await openApp({ doors: { provider, firstAdministrator: null, proxies: [] } })

  const response = await app.request('/sign-in/provider')

  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '60'])
})

async function house(
  spoken: Spoken,
  {
    firstAdministrator = null,
    rolesClaim = null,
  }: { firstAdministrator?: string | null; rolesClaim?: string | null } = {},
) {
  const { issuer, login, says } = opened.provider
  says(spoken)
  const provider = { issuer, clientId: client.id, clientSecret: client.secret, rolesClaim, trustsMail: false }
  const { app, db } = await openApp({ doors: { provider, firstAdministrator, proxies: [] } })

  async function leave(next?: string) {
    const sent = await app.request(`/sign-in/provider${next ? `?next=${encodeURIComponent(next)}` : ''}`)
    const cookie = sent.headers.get('set-cookie')?.split(';')[0] ?? ''
    return { cookie, address: await login(sent.headers.get('location') ?? '') }
  }
  async function comeBack(address: URL, cookie: string) {
    const response = await app.request(`${address.pathname}${address.search}`, { headers: { cookie } })
    return {
      response,
      cookie:
        response.headers
          .getSetCookie()
          .find((set) => set.startsWith('muster='))
          ?.split(';')[0] ?? '',
    }
  }
  async function signIn(next?: string) {
    const { cookie, address } = await leave(next)
    return comeBack(address, cookie)
  }
  return { app, db, issuer, leave, comeBack, signIn }
}

function changed(token: string): string {
  const [header, claims = '', signature] = token.split('.')
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString())
  const other = Buffer.from(JSON.stringify({ ...told, sub: 'somebody-else' })).toString('base64url')
  return [header, other, signature].join('.')
}
