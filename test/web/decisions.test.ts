import { expect, test } from 'vitest'
import { findAction } from '../../src/record/actions.ts'
import { findChange } from '../../src/record/changes.ts'
import { exposuresOf } from '../../src/record/exposures.ts'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { findProblem } from '../../src/record/problems.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { daysAgo, hoursAgo, inHours } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { aloneSince, incident, submit, tell, textOf } from './asking.ts'

const later = inHours(1)

test('an owner is assigned by a plain form, which leads back to where it stood', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])

  const response = await submit(app, '/incidents/i1/owner', { owner: 'ana@example.com', back: '/?x=1' })

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/?x=1')
  expect(await findIncident(db, 'i1', later)).toMatchObject({ ownerId: 'ana@example.com' })
})

test('with htmx the form is followed to the page, of which the changed part is taken', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  const page = await textOf(app, '/incidents/i1')

  const response = await submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' }, { 'hx-request': 'true' })
  const followed = await textOf(app, response.headers.get('location') ?? '', { 'hx-request': 'true' })

  expect(page).toContain('hx-post="/incidents/i1/owner"')
  expect(followed).toContain('id="page"')
  expect(followed).toContain('ana@example.com')
})

test('a name of the list is understood as the person; a name of nobody is refused with the field', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3)), aPerson('Ana Lopez', 'ana@example.com')])

  await submit(app, '/incidents/i1/owner', { owner: 'ana lopez' })
  const refused = await submit(app, '/incidents/i1/owner', { owner: 'the team' }, { accept: 'application/json' })

  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({ errors: [{ field: 'owner', fault: 'nobody here is called the team' }] })
  expect(await findIncident(db, 'i1', later)).toMatchObject({ ownerId: 'ana@example.com' })
})

test('a double click is one click', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])

  await Promise.all([1, 2].map(() => submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' })))
  await submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' })

  const assigned = (await incidentTimeline(db, 'i1')).filter(({ kind }) => kind === 'assigned')
  expect(assigned).toHaveLength(1)
})

test('of two tabs the later word stands, however short after the first', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])

  await submit(app, '/incidents/i1/owner', { owner: 'zoe@example.com' })
  await submit(app, '/incidents/i1/owner', { owner: 'ana@example.com' })

  expect(await findIncident(db, 'i1', later)).toMatchObject({ ownerId: 'ana@example.com' })
  expect(await textOf(app, '/incidents/i1')).toContain('ana@example.com')
})

test('what the room decided no tool overwrites', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3), { severity: 'sev4' })])
  await submit(app, '/incidents/i1/severity', { severity: 'sev1' })

  await tell(db, [{ kind: 'incident', id: 'i1', at: inHours(0.5), told: { severity: 'sev4' } }], inHours(0.5))

  expect(await findIncident(db, 'i1', later)).toMatchObject({ severity: 'sev1' })
})

test.each(['yes', 'no', 'later'])('a postmortem is decided: %s, by whom and why', async (decision) => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])

  await submit(app, '/incidents/i1/postmortem', { decision, why: 'we saw it coming' }, { cookie: 'me=ana@example.com' })

  const [decided] = (await incidentTimeline(db, 'i1')).filter(({ kind }) => kind === 'postmortem')
  expect(decided).toMatchObject({ value: decision, by: 'ana@example.com', why: 'we saw it coming', origin: 'room' })
  expect(await findIncident(db, 'i1', later)).toMatchObject({ postmortem: decision })
})

test('an incident goes its way: service back, resolved, closed, and open again', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  const states = []
  for (const deed of ['mitigation', 'resolution', 'closing', 'reopening']) {
    expect((await submit(app, `/incidents/i1/${deed}`, {})).status).toBe(303)
    states.push((await findIncident(db, 'i1', later))?.state)
  }

  expect(states).toEqual(['mitigated', 'resolved', 'closed', 'open'])
})

test.each(['resolution', 'closing'])('%s is refused while its service still runs alone', async (deed) => {
  const { app, db } = await openApp()
  await tell(db, [...aloneSince('search', hoursAgo(2)), incident('i1', hoursAgo(2))])

  const machine = await submit(app, `/incidents/i1/${deed}`, {}, { accept: 'application/json' })
  const person = await submit(app, `/incidents/i1/${deed}`, {})

  const id = `search@${hoursAgo(2).toISOString()}`
  expect(machine.status).toBe(409)
  expect(await machine.json()).toMatchObject({ status: 409, exposures: [{ id, service: 'search' }] })
  expect(person.status).toBe(409)
  expect(await person.text()).toContain('search still runs on one site alone')
  expect(await findIncident(db, 'i1', later)).toMatchObject({ state: 'open' })
})

test('once redundancy is back it may be resolved', async () => {
  const { app, db } = await openApp()
  await tell(db, [...aloneSince('search', hoursAgo(2)), incident('i1', hoursAgo(2))])
  await tell(db, [
    { kind: 'site', service: 'search', site: 'ams', at: hoursAgo(1), state: 'able', capacityPercent: 60 },
  ])

  expect((await submit(app, '/incidents/i1/resolution', {})).status).toBe(303)
})

test('an exposure is given its owner, its plan and its ETA', async () => {
  const { app, db } = await openApp()
  await tell(db, aloneSince('search', hoursAgo(5)))
  const path = `/exposures/${encodeURIComponent(`search@${hoursAgo(5).toISOString()}`)}`

  await submit(app, `${path}/owner`, { owner: 'ana@example.com' })
  await submit(app, `${path}/plan`, { plan: 'New switch is on its way' })
  await submit(app, `${path}/eta`, { eta: '2026-11-23T14:00' })
  const unread = await submit(app, `${path}/eta`, { eta: 'soon' })

  const [exposure] = await exposuresOf(db, 'search', later)
  const eta = new Date('2026-11-23T13:00:00Z')
  expect(exposure).toMatchObject({ ownerId: 'ana@example.com', plan: 'New switch is on its way', eta })
  expect(unread.status).toBe(422)
  expect(await unread.text()).toContain('Write 2026-11-23 14:00')
})

test('an exposure that is over takes no plan: it would fall to the next one', async () => {
  const { app, db } = await openApp()
  await tell(db, [
    ...aloneSince('search', hoursAgo(5)),
    { kind: 'site', service: 'search', site: 'ams', at: hoursAgo(1), state: 'able', capacityPercent: 60 },
  ])
  const path = `/exposures/${encodeURIComponent(`search@${hoursAgo(5).toISOString()}`)}`

  expect((await submit(app, `${path}/plan`, { plan: 'too late' })).status).toBe(409)
})

test('a problem is opened from its incident, owned and closed, and the incident stays open', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])

  await submit(app, '/incidents/i1/problems', { title: 'Index merges stall' })
  const [id = ''] = (await findIncident(db, 'i1', later))?.problemIds ?? []
  await submit(app, `/problems/${id}/owner`, { owner: 'ana@example.com' })
  await submit(app, `/problems/${id}/state`, { state: 'closed', why: 'sharded' })

  expect(await findProblem(db, id, later)).toMatchObject({
    title: 'Index merges stall',
    ownerId: 'ana@example.com',
    state: 'closed',
    incidentCount: 1,
  })
  expect(await findIncident(db, 'i1', later)).toMatchObject({ state: 'open' })
})

test('an action is promised, acknowledged, put off and done; dropping it takes a reason', async () => {
  const { app, db } = await openApp()
  const made = await submit(app, '/actions', {
    title: 'Add a second switch',
    owner: 'ana@example.com',
    due: '2026-11-25',
  })
  const path = made.headers.get('location') ?? ''
  const id = decodeURIComponent(path.slice('/actions/'.length))

  await submit(app, `${path}/acknowledgement`, {})
  await submit(app, `${path}/due`, { due: '2026-11-27' })
  const dropped = await submit(app, `${path}/dropping`, {})
  await submit(app, `${path}/completion`, {})

  expect(dropped.status).toBe(422)
  expect(await findAction(db, id, later)).toMatchObject({
    title: 'Add a second switch',
    ownerId: 'ana@example.com',
    dueAt: new Date('2026-11-27T22:59:59.999Z'),
    state: 'done',
  })
})

test('a change is noted as rolled back, or as one that could not have caused it', async () => {
  const { app, db } = await openApp()
  const told = { service: 'search', site: null, who: null, url: null, type: null }
  await tell(db, [{ kind: 'change', id: 'c1', at: hoursAgo(4), what: 'search deploy 4.2', ...told }])

  await submit(app, '/changes/c1/rollback', {})
  await submit(app, '/changes/c1/denial', { why: 'another code path' })

  const change = await findChange(db, 'c1', later)
  expect(change?.rolledBackAt).not.toBeNull()
  expect(change?.deniedAt).not.toBeNull()
})

test('who sits here is remembered, and an address of another house is not followed back', async () => {
  const { app } = await openApp()

  const said = await submit(app, '/whoami', { name: 'Ana', back: '//evil.example/' })

  expect(said.headers.get('location')).toBe('/')
  expect(said.headers.get('set-cookie')).toMatch(/^me=Ana; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(await textOf(app, '/incidents', { cookie: 'me=Ana' })).toContain('You are Ana')
})

test('what is told by hand in one line is understood, stored and said again', async () => {
  const { app, db } = await openApp()
  await tell(db, aloneSince('search', daysAgo(3)))

  const change = await submit(app, '/changes', { line: 'search deploy 4.2 on fra', back: '/by-hand' })
  const broken = await submit(app, '/incidents', { line: 'search times out', severity: 'sev2' })
  const complaint = await submit(app, '/complaints', { line: '3 customers cannot search' })
  const empty = await submit(app, '/changes', { line: ' ', back: '/by-hand' })

  const id = new URLSearchParams(change.headers.get('location')?.split('?')[1]).get('id') ?? ''
  expect(await findChange(db, id, later)).toMatchObject({
    what: 'search deploy 4.2 on fra',
    service: 'search',
    site: 'fra',
  })
  expect(await textOf(app, change.headers.get('location') ?? '')).toContain('search deploy 4.2 on fra')
  expect(await textOf(app, broken.headers.get('location') ?? '')).toContain('search times out')
  expect(await textOf(app, complaint.headers.get('location') ?? '')).toContain('3 customers cannot search')
  expect(empty.status).toBe(422)
  expect(await empty.text()).toContain('Say what was changed')
})

test('a complaint is linked to its incident', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])
  const complaint = await submit(app, '/complaints', { line: '3 customers cannot search' })
  const path = complaint.headers.get('location') ?? ''

  await submit(app, `${path}/incident`, { incident: 'i1' })
  const nowhere = await submit(app, `${path}/incident`, { incident: 'i9' })

  expect(await textOf(app, path)).toContain('/incidents/i1')
  expect(nowhere.status).toBe(422)
})

test('a deed on what is not there is a 404, and an unknown word is refused with the words there are', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('i1', hoursAgo(3))])

  expect((await submit(app, '/incidents/none/owner', { owner: 'ana' })).status).toBe(404)
  const refused = await submit(app, '/incidents/i1/severity', { severity: 'huge' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('sev1, sev2, sev3, sev4')
})

test('the room’s own words count for no input', async () => {
  const { app, db } = await openApp()
  await recordFacts(db, [incident('i1', hoursAgo(3))], {
    recordedAt: hoursAgo(3),
    source: 'x',
    origin: 'tool',
    class: null,
  })

  await submit(app, '/incidents/i1/notes', { text: 'we look into it' })

  expect(await textOf(app, '/metrics')).not.toContain('source="room"')
})

function aPerson(name: string, email: string) {
  return { kind: 'person', name, email, role: null, function: null, zone: null, deputy: null } as const
}

test('the room says which change was the cause, and the guess is scored', async () => {
  const { app, db } = await openApp()
  const change = (id: string, at: Date) => ({
    kind: 'change' as const,
    id,
    at,
    what: `deploy ${id}`,
    service: 'search',
    site: null,
    who: null,
    url: null,
    type: null,
  })
  await tell(db, [
    incident('i1', hoursAgo(3)),
    incident('i2', hoursAgo(3)),
    change('older', hoursAgo(9)),
    change('newest', hoursAgo(4)),
  ])

  expect(await textOf(app, '/incidents/i1')).toContain('deploy newest (suspect)')
  await submit(app, '/incidents/i1/cause', { change: 'newest' })
  await submit(app, '/incidents/i2/cause', { change: 'older' })
  await submit(app, '/incidents/i2/cause', { change: 'none' })

  expect(await findIncident(db, 'i1', later)).toMatchObject({ changeId: 'newest' })
  expect(await findIncident(db, 'i2', later)).toMatchObject({ changeId: null })
  expect(await textOf(app, '/incidents/i1')).toMatch(/the suspect was the cause in 50 % of\s+2/)
  expect((await submit(app, '/incidents/i1/cause', { change: 'unheard of' })).status).toBe(422)
})
