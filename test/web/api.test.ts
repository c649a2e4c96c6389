import { expect, test } from 'vitest'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { kindNames } from '../../src/sources/kinds.ts'
import { hoursAgo, inHours, minutesAgo } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { aloneSince, incident, jsonIn, jsonOf, send, tell } from './asking.ts'

const row = { id: 'INC-1', title: 'Search answers slowly', startedAt: '2026-11-23T05:00:00+01:00', service: 'search' }

test('a row is told, read back, and told again without changing anything', async () => {
  const { app } = await openApp()

  const told = await send(app, 'POST', '/api/v1/incidents', row)
  const again = await send(app, 'POST', '/api/v1/incidents', row)
  const read = await jsonOf(app, '/api/v1/incidents/INC-1')

  expect([told.status, told.headers.get('location')]).toEqual([201, '/api/v1/incidents/INC-1'])
  expect(await told.json()).toEqual({ results: [{ row: 0, id: 'INC-1', outcome: 'new' }] })
  expect([again.status, await again.json()]).toEqual([
    200,
    { results: [{ row: 0, id: 'INC-1', outcome: 'unchanged' }] },
  ])
  expect(read).toMatchObject({ ...row, startedAt: '2026-11-23T04:00:00.000Z', owner: null })
  expect((await send(app, 'POST', '/api/v1/incidents', read)).status).toBe(200)
})

test('one wrong row of many refuses them all, naming row, field, fault and mend', async () => {
  const { app, db } = await openApp()

  const response = await send(app, 'POST', '/api/v1/incidents', [
    row,
    { ...row, id: 'INC-2', severity: 'huge' },
    { ...row, id: 'INC-3', startedAt: 'yesterday', colour: 'red' },
  ])

  expect(response.status).toBe(422)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const details = await response.json()
  expect(details).toMatchObject({ type: 'about:blank', status: 422, instance: '/api/v1/incidents' })
  expect(details).toMatchObject({
    errors: expect.arrayContaining([
      { row: 1, field: 'severity', fault: '"huge" is not known here', mend: 'write one of sev1, sev2, sev3, sev4' },
      { row: 2, field: 'startedAt', fault: '"yesterday" is not an instant', mend: expect.stringContaining('write 20') },
      { row: 2, field: 'colour', fault: 'is not known here', mend: expect.stringContaining('id, title') },
    ]),
  })
  expect(await findIncident(db, 'INC-1')).toBeUndefined()
})

test.each(kindNames.filter((name) => name !== 'incident-snapshots'))(
  '%s can be listed, and its rows told again',
  async (kind) => {
    const { app } = await openApp()
    const given = rowsFor[kind]
    expect(given, kind).toBeDefined()

    expect((await send(app, 'POST', '/api/v1/incidents', row)).status).toBe(201)
    const told = await send(app, 'POST', `/api/v1/${kind}`, given)
    const listed = await jsonOf(app, `/api/v1/${kind}`)
    const again = await send(app, 'POST', `/api/v1/${kind}`, listed.rows)
    const one = await jsonOf(app, `/api/v1/${kind}/${encodeURIComponent(listed.ids[0])}`)

    const isKnown = kind === 'incidents' || kind === 'incident-events' // of an incident that was told before
    expect([told.status, again.status]).toEqual([isKnown ? 200 : 201, 200])
    expect((await jsonIn(again)).results).toMatchObject([{ outcome: 'unchanged' }])
    expect(listed).toMatchObject({ rows: [expect.anything()], next: null })
    expect(one).toEqual(listed.rows[0])
  },
)

test('a list is filtered, and read page by page', async () => {
  const { app, db } = await openApp()
  await tell(db, [
    incident('a', minutesAgo(50), { ownerId: 'ana' }),
    incident('b', minutesAgo(40), { service: 'cart' }),
    incident('c', minutesAgo(30), { resolvedAt: minutesAgo(10) }),
  ])
  const idsAt = async (query: string) => (await jsonOf(app, `/api/v1/incidents?${query}`)).ids

  expect(await idsAt('')).toEqual(['c', 'b', 'a'])
  expect(await idsAt('owner=ana')).toEqual(['a'])
  expect(await idsAt('service=cart')).toEqual(['b'])
  expect(await idsAt('open=false')).toEqual(['c'])
  expect(await idsAt(`from=${minutesAgo(40).toISOString()}`)).toEqual(['c'])
  const first = await jsonOf(app, '/api/v1/incidents?limit=2')
  expect(await idsAt(`limit=2&cursor=${first.next}`)).toEqual(['a'])
})

test.each([
  ['from=noon', 'from'],
  ['open=maybe', 'open'],
  ['limit=0', 'limit'],
  ['limit=1001', 'limit'],
  ['cursor=nonsense', 'cursor'],
  ['colour=red', 'colour'],
])('asked with %s it names the field', async (query, field) => {
  const { app } = await openApp()

  const response = await app.request(`/api/v1/incidents?${query}`)

  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({
    errors: [{ field, fault: expect.any(String), mend: expect.any(String) }],
  })
})

test('a change needs the version it was decided on', async () => {
  const { app, db } = await openApp()
  await send(app, 'POST', '/api/v1/incidents', row)
  const path = '/api/v1/incidents/INC-1'
  const etag = (await app.request(path)).headers.get('etag') ?? ''

  const blind = await send(app, 'PATCH', path, { owner: 'ana@example.com' })
  const first = await send(app, 'PATCH', path, { owner: 'ana@example.com' }, { 'if-match': etag })
  const second = await send(app, 'PATCH', path, { owner: 'ben@example.com' }, { 'if-match': etag })

  expect([blind.status, first.status, second.status]).toEqual([428, 200, 412])
  expect(await first.json()).toMatchObject({ owner: 'ana@example.com' })
  expect(first.headers.get('etag')).not.toBe(etag)
  expect((await app.request(path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })).status).toBe(304)
  expect(await findIncident(db, 'INC-1', hoursAgo(1))).toMatchObject({ ownerId: null })
  expect(await findIncident(db, 'INC-1', inHours(1))).toMatchObject({ ownerId: 'ana@example.com' })
})

test.each([
  [{ severity: 'huge' }, 422, 'severity'],
  [{ id: 'INC-2' }, 422, 'id'],
  [{ resolvedAt: '2026-11-22T00:00:00Z' }, 422, 'resolvedAt'],
  [{ colour: 'red' }, 422, 'colour'],
])('a patch with %j is refused by its field', async (patch, status, field) => {
  const { app } = await openApp()
  await send(app, 'POST', '/api/v1/incidents', row)

  const response = await send(app, 'PATCH', '/api/v1/incidents/INC-1', patch, { 'if-match': '*' })

  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ errors: [{ field }] })
})

test('every kind that may change changes by a patch', async () => {
  const { app } = await openApp()
  const patches: [keyof typeof rowsFor, Record<string, unknown>][] = [
    ['problems', { owner: 'ana@example.com' }],
    ['actions', { title: 'Add two switches' }],
    ['changes', { site: 'ams' }],
    ['complaints', { text: 'Nobody can pay' }],
    ['forecasts', { confidence: 'high' }],
    ['events', { peakPercent: 90 }],
    ['people', { role: 'lead' }],
    ['services', { tier: 'critical' }],
  ]
  for (const [kind, patch] of patches) {
    await send(app, 'POST', `/api/v1/${kind}`, rowsFor[kind])
    const [id] = (await jsonOf(app, `/api/v1/${kind}`)).ids
    const response = await send(app, 'PATCH', `/api/v1/${kind}/${encodeURIComponent(id)}`, patch, { 'if-match': '*' })
    expect([kind, response.status, await response.json()]).toEqual([kind, 200, expect.objectContaining(patch)])
  }
})

test.each([
  ['POST', '/api/v1/incident-events', { incident: 'i1', at: minutesAgo(1).toISOString(), kind: 'resolved' }],
  ['POST', '/api/v1/incident-events', { incident: 'i1', at: minutesAgo(1).toISOString(), kind: 'closed' }],
  ['PATCH', '/api/v1/incidents/i1', { resolvedAt: minutesAgo(1).toISOString() }],
])('%s %s does not settle an incident that is still exposed', async (method, path, json) => {
  const { app, db } = await openApp()
  await tell(db, [...aloneSince('search', hoursAgo(2)), incident('i1', hoursAgo(2))])

  const response = await send(app, method, path, json, { 'if-match': '*' })

  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({
    exposures: [
      {
        id: `search@${hoursAgo(2).toISOString()}`,
        service: 'search',
        address: expect.stringMatching(/^\/exposures\//),
      },
    ],
  })
  expect(await findIncident(db, 'i1', inHours(1))).toMatchObject({ state: 'open' })
})

test.each([
  ['GET', '/api/v1/nothing', 404],
  ['GET', '/api/v1/incidents/none', 404],
  ['GET', '/api/v1/__proto__', 404],
  ['POST', '/api/v1/constructor', 404],
  ['PATCH', '/api/v1/incidents/none', 404],
  ['DELETE', '/api/v1/incidents', 405],
  ['PUT', '/api/v1/incidents/INC-1', 405],
  ['PATCH', '/api/v1/incident-events/x', 404],
])('%s %s answers %i with problem details', async (method, path, status) => {
  const { app } = await openApp()

  const response = method === 'GET' ? await app.request(path) : await send(app, method, path, {})

  expect(response.status).toBe(status)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ status, title: expect.any(String) })
  if (status === 405) expect(response.headers.get('allow')).toContain('GET')
})

test('what is not JSON is refused: 415 by its type, 400 by its text, 413 by its size', async () => {
  const { app } = await openApp()
  const post = (body: string, type: string) =>
    app.request('/api/v1/incidents', { method: 'POST', body, headers: { 'content-type': type } })

  expect((await post('<a/>', 'application/xml')).status).toBe(415)
  expect((await post('{', 'application/json')).status).toBe(400)
  expect((await post('['.repeat(100) + ']'.repeat(100), 'application/json')).status).toBe(400)
  expect((await post(`"${'x'.repeat(2_100_000)}"`, 'application/json')).status).toBe(413)
  expect((await post('null', 'application/json')).status).toBe(422)
  expect((await post('{"__proto__":{"polluted":1}}', 'application/json')).status).toBe(422)
  expect({}).not.toHaveProperty('polluted')
})

test('curl tells a change in one line', async () => {
  const { app, db } = await openApp()
  await tell(db, aloneSince('search', hoursAgo(60)))
  const headers = { 'content-type': 'text/plain' }

  const told = await app.request('/api/v1/changes', { method: 'POST', body: 'search deploy 4.2 on fra', headers })
  const read = await jsonOf(app, told.headers.get('location') ?? '')

  expect(told.status).toBe(201)
  expect(read).toMatchObject({ what: 'search deploy 4.2 on fra', service: 'search', site: 'fra' })
})

test('what was told by the API is told by the timeline, and no later word of a tool undoes it', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  await send(app, 'PATCH', '/api/v1/incidents/i1', { severity: 'sev1' }, { 'if-match': '*' })
  await tell(db, [{ kind: 'incident', id: 'i1', at: inHours(1), told: { severity: 'sev4' } }], inHours(1))

  const said = (await incidentTimeline(db, 'i1')).filter(({ source }) => source === 'api')
  expect(said).toHaveLength(1)
  expect(await findIncident(db, 'i1')).toMatchObject({ severity: 'sev1' })
})

const at = '2026-11-23T05:00:00Z'
const rowsFor: Record<Exclude<(typeof kindNames)[number], 'incident-snapshots'>, Record<string, unknown>> = {
  services: { service: 'search', tier: 'standard', objective: 99.9, needs: 'db cache:pair' },
  people: { name: 'Ana Lopez', email: 'ana@example.com', function: 'operations' },
  incidents: row,
  'incident-events': { incident: 'INC-1', at, kind: 'note', value: 'we look into it', by: 'ana' },
  problems: { id: 'P-1', title: 'Merges stall', openedAt: at, service: 'search' },
  'problem-events': { problem: 'P-1', at, kind: 'note', value: 'seen again', by: 'ana' },
  changes: { id: 'C-1', at, what: 'search deploy 4.2', service: 'search', kind: 'deploy' },
  'change-events': { change: 'C-1', at, kind: 'denied', why: 'another path' },
  'service-levels': { service: 'search', indicator: 'availability', day: '2026-11-22', good: 1430, total: 1440 },
  complaints: { id: 'K-1', at, text: 'Cannot pay', class: 'customer', count: 3 },
  forecasts: { id: 'F-1', madeAt: at, service: 'search', what: 'Disk full', dueAt: '2026-12-01T00:00:00Z' },
  sites: { service: 'search', site: 'fra', at, state: 'serving', capacityPercent: 60 },
  'exposure-events': { service: 'search', at, kind: 'plan', value: 'a new switch' },
  events: { id: 'E-1', title: 'Flash sale', from: at, to: '2026-11-23T15:00:00Z', peakPercent: 85 },
  actions: { id: 'A-1', title: 'Add a switch', openedAt: at, owner: 'ana@example.com' },
}
