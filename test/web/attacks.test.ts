import fc from 'fast-check'
import { expect, test } from 'vitest'
import { elsewhere, ways } from '../attacks/addresses.ts'
import { hoursAgo } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, jsonOf, submit, tell } from './asking.ts'

test('no way of writing it leads out of the assets', async () => {
  const { app } = await openApp()
  expect(ways.length).toBeGreaterThan(190)

  for (const way of ways) {
    for (const root of ['/assets/', '/assets/style.css/', '/meetings/', '/sources/']) {
      const response = await app.request(`${root}${way}`)
      const text = await response.text()
      expect([root + way, /root:|"scripts"|await main/.test(text)]).toEqual([root + way, false])
      expect([root + way, response.status < 500]).toEqual([root + way, true])
    }
  }
})

test('a form leads back into this house, wherever it is told to lead', async () => {
  const { app } = await openApp()
  expect(elsewhere.length).toBeGreaterThanOrEqual(60)

  for (const back of elsewhere) {
    const response = await submit(app, '/theme', { theme: 'dark', back })
    const location = response.headers.get('location') ?? ''
    const resolved = new URL(location, 'https://muster.example')
    expect([back, response.status, resolved.origin]).toEqual([back, 303, 'https://muster.example'])
    expect([back, response.headers.getSetCookie().length]).toEqual([back, 1])
  }
})

test('whatever shape is sent, no prototype is touched, nothing breaks, and nobody becomes somebody', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  const before = Object.getOwnPropertyNames(Object.prototype).join()
  const keys = fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'id',
    'title',
    'startedAt',
    'owner',
    'toString',
    'length',
  )
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof({ maxDepth: 3 }, fc.string(), fc.double(), fc.constant(null), tie('list'), tie('record')),
    list: fc.array(tie('json'), { maxLength: 3 }),
    record: fc
      .array(fc.tuple(keys, tie('json')), { maxLength: 4 })
      .map((pairs) => pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()),
  }))
  const body = json.map((value) =>
    typeof value === 'string' && value.includes(':') ? `{${value}}` : JSON.stringify(value),
  )
  const target = fc.constantFrom<[string, string]>(
    ['POST', '/api/v1/incidents'],
    ['POST', '/api/v1/people'],
    ['PATCH', '/api/v1/incidents/i1'],
    ['POST', '/sources/alertmanager'],
    ['POST', '/sources/pagerduty'],
  )

  await fc.assert(
    fc.asyncProperty(target, body, async ([method, path], sent) => {
      const headers = { 'content-type': 'application/json', 'if-match': '*' }
      const response = await app.request(path, { method, body: sent, headers })
      expect([path, sent, response.status < 500]).toEqual([path, sent, true])
    }),
    { numRuns: 400 },
  )

  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before)
  expect(({} as Record<string, unknown>).title).toBeUndefined()
})

test('of a field sent twice one counts, and a field that is none of the form’s counts for nothing', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  const body = 'owner=ana&owner=mallory&owner[]=eve&__proto__[owner]=eve&constructor.prototype.owner=eve&id=i2&by=boss'
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }

  const response = await app.request('/incidents/i1/owner', { method: 'POST', body, headers })

  expect(response.status).toBe(303)
  const { owner } = await jsonOf(app, '/api/v1/incidents/i1')
  expect(['ana', 'mallory']).toContain(owner)
})
