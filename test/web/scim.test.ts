import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { allPeople } from '../../src/record/people.ts'
import { rolesOf } from '../../src/record/roles.ts'
import { inHours, morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { bearer, signedIn } from '../support/signed-in.ts'

const users = '/Users'
const ana = `${users}/ana%40example.com`

test('a directory lets somebody in, finds, renames and shows them out, and lets them in again', async () => {
  const { ask, db } = await directory()
  const bee = { userName: 'Ana@Example.com', name: { givenName: 'Ana', familyName: 'Bee' }, active: true }

  const made = await ask('POST', users, bee)
  expect([made.status, made.location]).toEqual([201, expect.stringMatching(/\/scim\/v2\/[^/]+\/ana%40example\.com$/)])
  expect(made.said).toMatchObject({ id: 'ana@example.com', displayName: 'Ana Bee', active: true })
  expect(await rolesOf(db, 'ana@example.com')).toEqual(['viewer'])
  expect(await ask('POST', users, bee)).toMatchObject({ status: 409, said: { scimType: 'uniqueness' } })

  const filter = encodeURIComponent('userName eq "ANA@example.com"')
  expect((await ask('GET', `${users}?filter=${filter}`)).said).toMatchObject({ totalResults: 1 })
  expect((await ask('GET', `${users}?startIndex=2&count=1`)).said).toMatchObject({ totalResults: 2, itemsPerPage: 1 })

  const renamed = { Operations: [{ op: 'Replace', path: 'name.familyName', value: 'Cee' }] }
  expect((await ask('PATCH', ana, renamed)).said).toMatchObject({ displayName: 'Ana Cee' })
  const mail = { Operations: [{ op: 'add', path: 'emails[type eq "work"].value', value: 'ana.cee@example.com' }] }
  expect((await ask('PATCH', ana, mail)).said).toMatchObject({ id: 'ana@example.com' })
  const left = { Operations: [{ op: 'Replace', value: { active: 'False' } }] }
  expect(await ask('PATCH', ana, left)).toMatchObject({ status: 200, said: { active: false } })
  expect((await ask('PUT', ana, bee)).said).toMatchObject({ active: true })

  expect((await ask('DELETE', ana)).status).toBe(204)
  expect((await allPeople(db)).find(({ id }) => id === 'ana@example.com')?.closedAt).toEqual(morning)
  expect((await ask('GET', ana)).status).toBe(404)
  expect((await ask('POST', users, bee)).status).toBe(201)
})

test('whom a directory takes out has no browser here any more', async () => {
  const { ask, app, db } = await directory()
  const browser = await signedIn(db, 'ana@example.com', 'viewer')
  expect((await app.request('/me', { headers: browser })).status).toBe(200)

  await ask('PATCH', ana, { Operations: [{ op: 'replace', path: 'active', value: false }] })

  expect((await app.request('/me', { headers: browser })).status).not.toBe(200)
})

test.each([
  ['an address that is none', 'POST', users, { userName: 'ana' }, 400],
  ['another name to sign in with', 'PUT', `${users}/boss%40example.com`, { userName: 'eva@example.com' }, 400],
  ['the last administrator', 'DELETE', `${users}/boss%40example.com`, undefined, 409],
  ['nobody', 'GET', `${users}/nobody`, undefined, 404],
  ['a filter nobody reads', 'GET', `${users}?filter=userName%20co%20%22a%22`, undefined, 400],
  ['an operation of its own', 'PATCH', `${users}/boss%40example.com`, { Operations: [{ op: 'move' }] }, 400],
])('%s is refused in the words of the protocol', async (_, method, path, body, status) => {
  const { ask } = await directory()

  expect(await ask(method, path, body)).toMatchObject({ status, said: { status: `${status}` } })
})

async function directory() {
  const { app, db, settings } = await openApp()
  await signedIn(db, 'boss@example.com', 'administrator')
  const headers = {
    ...(await bearer(db, 'people:read', 'people:write')),
    'content-type': 'application/scim+json',
  }
  const later = createApp({ db, settings, now: () => inHours(1) })
  const ask = async (method: string, path: string, body?: object) => {
    const house = method === 'POST' && (await allPeople(db)).some(({ closedAt }) => closedAt !== null) ? later : app
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await house.request(`/scim/v2${path}`, { method, headers, ...sent })
    const text = await response.text()
    return {
      status: response.status,
      location: response.headers.get('location'),
      said: text === '' ? null : JSON.parse(text),
    }
  }
  return { ask, app, db }
}
