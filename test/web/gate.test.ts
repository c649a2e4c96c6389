import { expect, test } from 'vitest'
import { findIncident } from '../../src/record/incidents.ts'
import { hoursAgo, inHours } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, submit, tell } from './asking.ts'

const contentTypes = [
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json',
  'text/plain',
  'application/octet-stream',
  '',
]
const foreign = {
  'another origin': { origin: 'https://evil.example' },
  'no origin of its own': { origin: 'null' },
  'another port': { origin: 'http://localhost:9999' },
  'another site': { 'sec-fetch-site': 'cross-site' },
  'a sister site': { 'sec-fetch-site': 'same-site' },
  'an address bar': { 'sec-fetch-site': 'none' },
  'another origin that claims ours': { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
}
const unsafe = [
  ['POST', '/incidents/i1/owner'],
  ['POST', '/meetings/2026-11-23/opening'],
  ['POST', '/sources/alertmanager'],
  ['POST', '/sources/alertmanager/silence'],
  ['POST', '/whoami'],
  ['POST', '/api/v1/incidents'],
  ['PATCH', '/api/v1/incidents/i1'],
  ['PUT', '/incidents/i1'],
  ['DELETE', '/incidents/i1'],
] as const

test.each(Object.entries(foreign))('%s is refused whatever it sends, and nothing changes', async (_, headers) => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  const version = db.version

  for (const [method, path] of unsafe) {
    for (const type of contentTypes) {
      const sent = { ...headers, ...(type && { 'content-type': type }), 'x-http-method-override': 'GET' }
      const response = await app.request(path, { method, body: 'owner=mallory&id=i1', headers: sent })
      expect([method, path, type, response.status]).toEqual([method, path, type, 403])
    }
  }
  expect(db.version).toBe(version)
})

test('who sends no word of where it comes from is a tool: heard at /sources and /api, not at the pages', async () => {
  const { app } = await openApp()
  const body = new URLSearchParams({ owner: 'ana' })

  expect((await app.request('/incidents/i1/owner', { method: 'POST', body })).status).toBe(403)
  expect((await app.request('/whoami', { method: 'POST', body })).status).toBe(403)
  expect((await app.request('/sources/alertmanager', { method: 'POST', body: '{}' })).status).toBe(202)
  expect((await app.request('/api/v1/incidents', { method: 'POST', body })).status).toBe(415)
})

test('our own origin, public or as it was asked for, is ours', async () => {
  const { app, db } = await openApp({ publicUrl: new URL('https://muster.example') })
  await tell(db, [incident('i1', hoursAgo(3))])
  const body = new URLSearchParams({ owner: 'ana' })

  for (const origin of ['https://muster.example', 'http://localhost']) {
    const response = await app.request('/incidents/i1/owner', { method: 'POST', body, headers: { origin } })
    expect(response.status).toBe(303)
  }
  expect(await findIncident(db, 'i1', inHours(1))).toMatchObject({ ownerId: 'ana' })
})

test.each([
  ['http://evil.example/', {}, 421],
  ['http://localhost.evil.example/', {}, 421],
  ['http://localhost/', { host: 'evil.example' }, 421],
  ['http://localhost/', { host: 'evil.example:3000' }, 421],
  ['http://localhost:4000/', { host: 'localhost:4000' }, 200],
  ['http://127.0.0.1/', {}, 200],
  ['http://[::1]:3000/', { host: '[::1]:3000' }, 200],
  // Known, but not this machine's own name, or through other hands: nobody is let in unasked.
  ['http://muster.example/', { host: 'MUSTER.example' }, 303],
  ['http://localhost/', { 'x-forwarded-host': 'evil.example' }, 303],
])('asked as %s with %j: %i', async (address, headers, status) => {
  const { app } = await openApp({ publicUrl: new URL('https://muster.example') })

  const response = await app.request(address, { headers })

  expect(response.status).toBe(status)
  expect(await response.text()).not.toContain('evil.example')
})

test('a tool that knows us by another name is judged by its proof, not by the name', async () => {
  const { app } = await openApp()
  const deliver = (host: string) => app.request(`http://${host}/sources/alertmanager`, { method: 'POST', body: '{}' })

  expect((await deliver('localhost')).status).toBe(202)
  expect((await deliver('muster.internal')).status).toBe(401)
})

test('an address of another host is refused before it can change anything', async () => {
  const { app, db } = await openApp()
  const version = db.version

  const response = await submit(app, 'http://evil.example/changes', { line: 'deploy' }, { host: 'evil.example' })

  expect(response.status).toBe(421)
  expect(db.version).toBe(version)
})
