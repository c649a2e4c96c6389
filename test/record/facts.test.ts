import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findAction } from '../../src/record/actions.ts'
import { closeMeeting } from '../../src/record/closing.ts'
import type { Fact } from '../../src/record/fact.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { correctionsOf, openMeeting } from '../../src/record/meetings.ts'
import { findProblem } from '../../src/record/problems.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { exposureEvents } from '../../src/record/schema.ts'
import { anEmptyRecord, anIncidentFact, berlin, instant, told } from './support.ts'

const friday = {
  day: '2026-11-20',
  zone: 'Europe/Berlin',
  from: instant('2026-11-19T08:00:00Z'),
  cutOff: instant('2026-11-20T08:02:00Z'),
  by: 'Ana',
}

test('Monday answers for the weekend, since the last closed meeting', async () => {
  const db = await anEmptyRecord()
  const meeting = await openMeeting(db, friday)
  await closeMeeting(db, { id: meeting.id, at: instant('2026-11-20T08:15:00Z'), by: 'Ana', figures: {} })
  await recordFacts(db, [anIncidentFact('saturday', '2026-11-21T03:00:00Z')], told('2026-11-21T03:01:00Z'))

  const facts = await gatherFacts(db, { at: instant('2026-11-23T08:00:00Z'), rhythm: berlin })

  expect(facts.window).toEqual({ from: friday.cutOff, to: instant('2026-11-23T08:00:00Z') })
  expect(facts.incidents.map(({ id, news }) => [id, news.map((one) => one.kind)])).toEqual([['saturday', ['opened']]])
})

test('an incident stands as it stood at any instant', async () => {
  const db = await anEmptyRecord()
  await recordFacts(
    db,
    [
      anIncidentFact('api', '2026-11-18T10:00:00Z'),
      {
        kind: 'incident-event',
        incidentId: 'api',
        at: instant('2026-11-18T11:00:00Z'),
        event: 'assigned',
        value: 'Ana',
      },
      { kind: 'incident-event', incidentId: 'api', at: instant('2026-11-18T12:00:00Z'), event: 'resolved' },
      { kind: 'incident-event', incidentId: 'api', at: instant('2026-11-18T13:00:00Z'), event: 'reopened' },
      { kind: 'incident-event', incidentId: 'api', at: instant('2026-11-18T14:00:00Z'), event: 'resolved' },
    ],
    told('2026-11-18T15:00:00Z'),
  )

  const stood = async (at: string) => {
    const incident = await findIncident(db, 'api', instant(at))
    return incident && [incident.state, incident.ownerId]
  }
  expect(await stood('2026-11-18T09:59:59Z')).toBeUndefined()
  expect(await stood('2026-11-18T10:30:00Z')).toEqual(['open', null])
  expect(await stood('2026-11-18T12:30:00Z')).toEqual(['resolved', 'Ana'])
  expect(await stood('2026-11-18T13:30:00Z')).toEqual(['open', 'Ana'])
  expect(await stood('2026-11-18T14:30:00Z')).toEqual(['resolved', 'Ana'])

  const past = await gatherFacts(db, { at: instant('2026-11-18T13:30:00Z'), rhythm: berlin })
  expect(past.incidents[0]).toMatchObject({ state: 'open', endedAt: null, ownerId: 'Ana' })
})

test('the same facts twice change nothing', async () => {
  const db = await anEmptyRecord()
  const facts: Fact[] = [
    anIncidentFact('api', '2026-11-18T10:00:00Z', { ownerId: 'Ana', resolvedAt: instant('2026-11-18T11:00:00Z') }),
    {
      kind: 'problem',
      id: 'P1',
      at: instant('2026-11-18T10:00:00Z'),
      told: { title: 'Leak', openedAt: instant('2026-11-18T10:00:00Z') },
    },
    {
      kind: 'change',
      id: 'C1',
      at: instant('2026-11-18T09:00:00Z'),
      what: 'deploy',
      service: 'search',
      site: null,
      who: null,
      url: null,
      type: null,
    },
    {
      kind: 'site',
      service: 'search',
      site: 'fra',
      at: instant('2026-11-18T09:00:00Z'),
      state: 'serving',
      capacityPercent: 60,
    },
    {
      kind: 'service-level',
      service: 'search',
      indicator: 'availability',
      day: '2026-11-17',
      zone: 'Europe/Berlin',
      good: 1430,
      total: 1440,
      unknown: 5,
    },
    {
      kind: 'service',
      id: 'search',
      tier: 'critical',
      objective: 99.9,
      sitesRequired: 2,
      team: null,
      needs: [{ needs: 'db', group: '' }],
    },
    {
      kind: 'person',
      name: 'Ana Lima',
      email: 'Ana@example.test',
      role: null,
      function: 'operations',
      zone: null,
      deputy: null,
    },
  ]
  for (const origin of ['import', 'tool'] as const) {
    await recordFacts(db, facts, told('2026-11-18T15:00:00Z', { origin, class: 'manual' }))
    const again = await recordFacts(db, facts, told('2026-11-18T16:00:00Z', { origin, class: 'manual' }))
    expect(again).toEqual(facts.map(() => 'unchanged'))
  }
})

test('any order of the same deliveries leaves the same incident', async () => {
  const facts: Fact[] = [
    anIncidentFact('api', '2026-11-18T10:00:00Z', { title: 'API slow: 812 ms', severity: 'sev3' }),
    anIncidentFact('api', '2026-11-18T10:00:00Z', { title: 'API slow: 431 ms', severity: 'sev2' }),
    { kind: 'incident-event', incidentId: 'api', at: instant('2026-11-18T11:00:00Z'), event: 'resolved' },
    { kind: 'incident-event', incidentId: 'api', at: instant('2026-11-18T11:00:15Z'), event: 'resolved' },
    {
      kind: 'incident-event',
      incidentId: 'api',
      at: instant('2026-11-18T10:20:00Z'),
      event: 'acknowledged',
      by: 'Ana',
    },
  ]
  const results = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...facts, ...facts], { minLength: 10 }), async (shuffled) => {
      const db = await anEmptyRecord()
      for (const fact of shuffled) await recordFacts(db, [fact], told('2026-11-18T15:00:00Z'))
      const { recordedAt: _, ...incident } = (await findIncident(db, 'api')) ?? { recordedAt: null }
      results.add(JSON.stringify(incident))
    }),
    { numRuns: 25 },
  )
  expect([...results]).toHaveLength(1)
  expect([...results][0]).toContain('"resolvedAt":"2026-11-18T11:00:00.000Z"')
})

test('what the room decided no delivery overwrites', async () => {
  const db = await anEmptyRecord()
  await recordFacts(db, [anIncidentFact('api', '2026-11-18T10:00:00Z')], told('2026-11-18T10:01:00Z'))
  const room = told('2026-11-18T10:30:00Z', { origin: 'room', source: 'room', class: null })
  await recordFacts(
    db,
    [
      {
        kind: 'incident-event',
        incidentId: 'api',
        at: room.recordedAt,
        event: 'assigned',
        value: 'ana@example.test',
        by: 'Ben',
      },
    ],
    room,
  )
  await recordFacts(
    db,
    [
      {
        kind: 'incident-event',
        incidentId: 'api',
        at: instant('2026-11-18T10:40:00Z'),
        event: 'assigned',
        value: 'on-call',
      },
    ],
    told('2026-11-18T10:41:00Z'),
  )

  expect((await findIncident(db, 'api'))?.ownerId).toBe('ana@example.test')
})

test('a decision taken twice is one decision', async () => {
  const db = await anEmptyRecord()
  await recordFacts(db, [anIncidentFact('api', '2026-11-18T10:00:00Z')], told('2026-11-18T10:01:00Z'))
  const decide = (at: string) =>
    recordFacts(
      db,
      [{ kind: 'incident-event', incidentId: 'api', at: instant(at), event: 'postmortem', value: 'yes', by: 'Ana' }],
      told(at, { origin: 'room', source: 'room', class: null }),
    )

  expect(await decide('2026-11-18T11:00:00Z')).toEqual(['changed'])
  expect(await decide('2026-11-18T11:00:01Z')).toEqual(['unchanged'])
  expect(await incidentTimeline(db, 'api')).toHaveLength(2)
})

test('what was heard too late for its morning is late in the next, and files a numbered correction', async () => {
  const db = await anEmptyRecord()
  const meeting = await openMeeting(db, friday)
  await closeMeeting(db, {
    id: meeting.id,
    at: instant('2026-11-20T08:15:00Z'),
    by: 'Ana',
    figures: { incidents: { opened: 3, resolved: 0 } },
  })
  await recordFacts(db, [anIncidentFact('thursday', '2026-11-19T20:00:00Z')], told('2026-11-20T12:00:00Z'))

  const monday = await gatherFacts(db, { at: instant('2026-11-23T08:00:00Z'), rhythm: berlin })
  expect(monday.incidents[0]?.news).toMatchObject([{ kind: 'opened', late: true }])
  expect(await correctionsOf(db, '2026-11-20')).toMatchObject([
    { number: 1, figure: 'incidents.opened', was: 3, is: 4, subjectId: 'thursday' },
  ])
  expect(monday.corrections).toHaveLength(1)

  const tuesday = await gatherFacts(db, { at: instant('2026-11-24T08:00:00Z'), rhythm: berlin })
  expect(tuesday.incidents[0]?.news.some((one) => one.late)).toBe(true) // Monday's was never closed: Tuesday still tells it
})

test('a service left with one site is exposed at that event, and no longer when the site is back', async () => {
  const db = await anEmptyRecord()
  const site = (name: string, at: string, state: 'serving' | 'unable' | 'able' | 'unknown'): Fact => ({
    kind: 'site',
    service: 'checkout',
    site: name,
    at: instant(at),
    state,
    capacityPercent: 60,
  })
  await recordFacts(
    db,
    [site('ams', '2026-11-10T08:00:00Z', 'serving'), site('fra', '2026-11-10T08:00:00Z', 'serving')],
    told('2026-11-10T08:00:00Z'),
  )
  await recordFacts(db, [site('ams', '2026-11-22T00:10:00Z', 'unable')], told('2026-11-22T00:10:05Z'))
  await recordFacts(
    db,
    [
      {
        kind: 'exposure-event',
        service: 'checkout',
        at: instant('2026-11-22T01:00:00Z'),
        event: 'owner',
        value: 'ana@example.test',
      },
    ],
    told('2026-11-22T01:00:00Z', { origin: 'room' }),
  )

  const monday = await gatherFacts(db, { at: instant('2026-11-23T08:00:00Z'), rhythm: berlin })
  expect(monday.exposures).toMatchObject([
    { id: 'checkout@2026-11-22T00:10:00.000Z', until: null, certain: true, ownerId: 'ana@example.test' },
  ])

  await recordFacts(db, [site('ams', '2026-11-23T10:00:00Z', 'able')], told('2026-11-23T10:00:00Z'))
  const tuesday = await gatherFacts(db, { at: instant('2026-11-24T08:00:00Z'), rhythm: berlin })
  expect(tuesday.exposures).toMatchObject([{ until: instant('2026-11-23T10:00:00Z') }])
  const rewound = await gatherFacts(db, { at: instant('2026-11-23T08:00:00Z'), rhythm: berlin })
  expect(rewound.exposures).toMatchObject([{ until: null }])
})

test('what somebody who left owned is nobody’s', async () => {
  const db = await anEmptyRecord()
  await recordFacts(
    db,
    [anIncidentFact('api', '2026-11-20T10:00:00Z', { ownerId: 'Ana Lima' })],
    told('2026-11-20T10:01:00Z'),
  )
  const ana = {
    kind: 'person',
    name: 'Ana Lima',
    email: 'ana@example.test',
    role: null,
    function: null,
    zone: null,
    deputy: null,
  } as const
  await recordFacts(
    db,
    [{ ...ana, closedAt: instant('2026-11-21T00:00:00Z') }],
    told('2026-11-21T00:00:00Z', { class: null }),
  )

  const monday = await gatherFacts(db, { at: instant('2026-11-23T08:00:00Z'), rhythm: berlin })
  expect(monday.incidents[0]?.ownerId).toBeNull()
})

test('a source that never spoke is silent, and its class has no count to show', async () => {
  const db = await anEmptyRecord()
  await recordFacts(db, [anIncidentFact('api', '2026-11-20T10:00:00Z')], told('2026-11-20T10:01:00Z'))

  const monday = await gatherFacts(db, { at: instant('2026-11-23T08:00:00Z'), rhythm: berlin })
  expect(monday.sources).toMatchObject([
    { name: 'alertmanager', lastHeardAt: instant('2026-11-20T10:01:00Z'), silent: true },
  ])
  expect(monday.inputs.find((input) => input.class === 'predictive')).toMatchObject({ lastHeardAt: null, silent: true })
})

test('an opened meeting froze its cut-off: what is decided since shows, what happened since belongs to tomorrow', async () => {
  const db = await anEmptyRecord()
  await recordFacts(db, [anIncidentFact('night', '2026-11-23T02:00:00Z')], told('2026-11-23T02:01:00Z'))
  const cutOff = instant('2026-11-23T08:00:00Z')
  await openMeeting(db, { day: '2026-11-23', zone: 'Europe/Berlin', from: friday.cutOff, cutOff, by: 'Ana' })
  await recordFacts(
    db,
    [
      {
        kind: 'incident-event',
        incidentId: 'night',
        at: instant('2026-11-23T08:05:00Z'),
        event: 'assigned',
        value: 'Ben',
      },
      anIncidentFact('meanwhile', '2026-11-23T08:06:00Z'),
    ],
    told('2026-11-23T08:06:30Z', { origin: 'room' }),
  )

  const facts = await gatherFacts(db, { at: instant('2026-11-23T08:10:00Z'), cutOff, rhythm: berlin })
  expect(facts.window.to).toEqual(cutOff)
  expect(facts.incidents.map(({ id, ownerId, news }) => [id, ownerId, news.map(({ kind }) => kind)])).toEqual([
    ['night', 'Ben', ['opened']],
    ['meanwhile', null, []],
  ])
})

test('with the clock standing still the later word still stands', async () => {
  const db = await anEmptyRecord()
  const at = instant('2026-11-23T08:00:00Z')
  const room = told(at.toISOString(), { origin: 'room', source: 'room', class: null })
  await recordFacts(
    db,
    [
      anIncidentFact('api', '2026-11-22T10:00:00Z'),
      { kind: 'action', id: 'A', at, told: { title: 'Drill' } },
      { kind: 'problem', id: 'P', at, told: { title: 'Leak', openedAt: at } },
    ],
    room,
  )
  const decide = (facts: Fact[]) => recordFacts(db, facts, room)

  for (const owner of ['Ana', 'Ben', 'Ana'])
    await decide([
      { kind: 'incident-event', incidentId: 'api', at, event: 'assigned', value: owner },
      { kind: 'problem-event', problemId: 'P', at, event: 'assigned', value: owner },
      { kind: 'action-event', actionId: 'A', at, event: 'owner', value: owner },
      { kind: 'exposure-event', service: 'search', at, event: 'plan', value: owner },
    ])
  for (const event of ['resolved', 'reopened', 'resolved', 'reopened'] as const)
    await decide([{ kind: 'incident-event', incidentId: 'api', at, event }])

  expect(await findIncident(db, 'api')).toMatchObject({ ownerId: 'Ana', state: 'open' })
  expect(await findProblem(db, 'P')).toMatchObject({ ownerId: 'Ana' })
  expect(await findAction(db, 'A')).toMatchObject({ ownerId: 'Ana' })
  const plans = await db.orm.select().from(exposureEvents).orderBy(exposureEvents.rank)
  expect(plans.at(-1)?.value).toBe('Ana')
})
