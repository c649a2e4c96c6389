import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ask, bareJson } from '../../../src/sources/mapping/ask.ts'
import { draftRule } from '../../../src/sources/mapping/draft.ts'
import { examples } from '../../../src/sources/mapping/examples.ts'
import { pathsIn } from '../../../src/sources/mapping/paths-in.ts'
import { readByRules } from '../../../src/sources/mapping/reading.ts'
import type { Rule } from '../../../src/sources/mapping/rules.ts'
import { instantIn } from '../../../src/sources/mapping/values.ts'
import { hoursAgo } from '../../support/morning.ts'
import { aPage, pagerRules } from './a-pager.ts'

const about = { source: 'pager', receivedAt: hoursAgo(1), zone: 'Europe/Berlin' }
const factsOf = (rules: readonly Rule[], json: unknown) => readByRules(rules, json, about).flatMap(({ facts }) => facts)
const faultsOf = (columns: Record<string, string>) =>
  readByRules([{ kind: 'incidents', when: '', each: 'incident', columns }], aPage(), about).flatMap(
    ({ faults }) => faults,
  )

test('an incident is told from where the rule says that its columns are', () => {
  expect(factsOf(pagerRules, aPage())).toEqual([
    {
      kind: 'incident',
      id: 'pager:17',
      at: new Date('2026-11-23T06:00:00Z'),
      told: { title: 'Checkout refuses cards', service: 'Web Shop', startedAt: new Date('2026-11-23T06:00:00Z') },
      theirs: { severity: 'P1' },
    },
    {
      kind: 'incident',
      id: 'pager:17',
      at: new Date('2026-11-23T06:05:00Z'),
      told: { title: 'Checkout refuses cards', service: 'Web Shop', severity: 'sev1', resolvedAt: null },
      theirs: { severity: 'P1' },
    },
  ])
})

test.each([
  ['acknowledged', 'acknowledged'],
  ['Monitoring', 'mitigated'],
  ['CLOSED', 'resolved'],
  ['in progress', 'acknowledged'],
  ['re-opened', 'reopened'],
])('how it stands in a word is an event of that instant: %s', (phase, event) => {
  const at = new Date('2026-11-23T06:05:00Z')

  expect(factsOf(pagerRules, aPage({ phase }))).toContainEqual({
    kind: 'incident-event',
    incidentId: 'pager:17',
    event,
    at,
  })
})

test('what no rule is meant for is nothing, and no fault', () => {
  expect(readByRules(pagerRules, { ...aPage(), type: 'ping' }, about)).toEqual([])
})

test.each([
  [{ id: 'number' }, 'title', 'is missing'],
  [{ id: 'number', title: 'name..first', startedAt: 'opened' }, 'title', 'stands “.”'],
  [{ id: 'number', title: 'join(`1`, name)', startedAt: 'opened' }, 'title', 'Invalid argument type'],
  [{ id: 'number', title: 'name', startedAt: 'name' }, 'startedAt', 'is not an instant'],
  [{ id: 'number', title: 'name', startedAt: 'opened', at: 'phase' }, 'at', 'is not an instant'],
])('a column that cannot be read is named with its fault: %j', (columns, column, fault) => {
  expect(faultsOf(columns)).toContainEqual(expect.objectContaining({ column, fault: expect.stringContaining(fault) }))
})

test('of a list each thing is a row, and the whole delivery stays at hand', () => {
  const rule: Rule = {
    kind: 'changes',
    when: '',
    each: 'commits',
    columns: {
      id: 'sha',
      at: '_delivery.pushed',
      what: "join(' ', [_delivery.repo, text])",
      service: '_delivery.repo',
    },
  }
  const pushed = {
    repo: 'search',
    pushed: '2026-11-23T07:00:00+01:00',
    commits: [
      { sha: 'a1', text: 'Warm up' },
      { sha: 'b2', text: 'Cool down' },
    ],
  }

  expect(factsOf([rule], pushed)).toMatchObject([
    { kind: 'change', id: 'pager:a1', what: 'search Warm up', service: 'search', at: new Date('2026-11-23T06:00:00Z') },
    { kind: 'change', id: 'pager:b2', what: 'search Cool down' },
  ])
})

test.each([
  ['1795413600', '2026-11-23T06:00:00.000Z'],
  ['1795413600.25', '2026-11-23T06:00:00.250Z'],
  ['1795413600123', '2026-11-23T06:00:00.123Z'],
  ['1795413600123456789', '2026-11-23T06:00:00.123Z'],
  ['2026-11-23T07:00:00+01:00', '2026-11-23T06:00:00.000Z'],
  ['2026-11-23 07:00:00', '2026-11-23T06:00:00.000Z'],
  ['2026-11-23 06:00:00 UTC', '2026-11-23T06:00:00.000Z'],
  ['2026-11-23 06:00:00 +0000', '2026-11-23T06:00:00.000Z'],
  ['Mon, 23 Nov 2026 06:00:00 GMT', '2026-11-23T06:00:00.000Z'],
  ['0001-01-01T00:00:00Z', undefined],
  ['0', undefined],
  ['soon', undefined],
])('an instant as tools write it: %s', (text, instant) => {
  expect(instantIn(text, 'Europe/Berlin')?.toISOString()).toBe(instant)
})

test.each(['', '-', '?', 'None', null, [], ['']])('%j is nobody, so no owner is told', (who) => {
  const told = factsOf(pagerRules, aPage({ who })).flatMap((fact) => (fact.kind === 'incident' ? [fact.told] : []))

  expect(told.every((one) => one.ownerId === undefined)).toBe(true)
})

test('an expression reaches nothing that was not delivered', () => {
  const json = bareJson(JSON.parse('{"a":{"b":1},"__proto__":{"c":2}}'))

  for (const expression of ['a.constructor', 'a.__proto__', 'a.toString', 'a.hasOwnProperty'])
    expect(ask(expression, json)).toBeNull()
  expect(({} as Record<string, unknown>).c).toBeUndefined()
})

test('whatever is written as an expression is found, nothing, or refused in a sentence', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 600, unit: fc.constantFrom(...`ab.[]*?@|&'"\`()={},01 constructor`) }),
      (columns) => {
        const made = readByRules([{ kind: 'incidents', when: '', each: '', columns: { id: columns } }], aPage(), about)
        expect(made.every(({ facts }) => facts.length === 0)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

test('what a delivery holds is listed with expressions that find it again', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 })), (json) => {
      for (const { path, value } of pathsIn(json).filter(({ path }) => path.length < 400))
        expect(ask(path, bareJson(json))).toBe(value)
    }),
    { examples: [[{ ['__proto__']: '', constructor: 'c', toString: 't' }]] },
  )
})

test('a first rule is guessed from the names of the fields', () => {
  const { each, columns } = draftRule({
    event: { id: 'e1' },
    data: {
      id: 'i9',
      title: 'Search is down',
      severity: { name: 'high' },
      created_at: '2026-11-23T06:00:00Z',
      html_url: 'https://pager.example.com/i9',
    },
  })

  expect(each).toBe('')
  expect(columns).toEqual({
    id: 'data.id',
    title: 'data.title',
    severity: 'data.severity.name',
    startedAt: 'data.created_at',
    url: 'data.html_url',
  })
})

test('of a list of alerts a first rule makes one incident each', () => {
  expect(
    draftRule({ alerts: [{ fingerprint: 'f1', summary: 'Slow', startsAt: '2026-11-23T06:00:00Z' }] }),
  ).toMatchObject({
    each: 'alerts',
    columns: { id: 'fingerprint', title: 'summary', startedAt: 'startsAt' },
  })
})

const incidentIo = {
  id: '01FDAG4SAP5TYPT98WGR2N7W91',
  name: 'Our database is sad',
  reference: 'INC-123',
  created_at: '2026-11-23T06:00:00.801578Z',
  updated_at: '2026-11-23T06:30:00.801578Z',
  severity: { name: 'Critical', rank: 3 },
  incident_status: { category: 'live', name: 'Investigating' },
  incident_role_assignments: [
    { role: { role_type: 'reporter' }, assignee: { email: 'sam@example.com' } },
    { role: { role_type: 'lead' }, assignee: { email: 'lea@example.com' } },
  ],
  custom_field_entries: [
    { custom_field: { name: 'Affected services' }, values: [{ value_catalog_entry: { name: 'checkout' } }] },
  ],
  permalink: 'https://app.incident.io/incidents/123',
}
const shipped: [string, unknown, object[]][] = [
  [
    'incident-io',
    { event_type: 'public_incident.incident_updated_v2', 'public_incident.incident_updated_v2': incidentIo },
    [
      {
        told: {
          title: 'INC-123 Our database is sad',
          url: 'https://app.incident.io/incidents/123',
          service: 'checkout',
        },
      },
      { told: { severity: 'sev1', ownerId: 'lea@example.com' } },
      { event: 'acknowledged', at: new Date('2026-11-23T06:30:00.801Z') },
    ],
  ],
  [
    'incident-io',
    {
      event_type: 'private_incident.incident_status_updated_v2',
      'private_incident.incident_status_updated_v2': {
        incident: { ...incidentIo, incident_status: { category: 'closed', name: 'Declined' } },
      },
    },
    [{}, {}, { event: 'resolved' }],
  ],
  [
    'rootly',
    {
      event: { id: '9839c4ca', type: 'incident.resolved', issued_at: '2026-11-23T07:00:00.633-08:00' },
      data: {
        id: 'b7eed587',
        title: 'Sparkling Frost',
        status: 'resolved',
        url: 'https://rootly.com/account/incidents/19',
        severity: { name: 'SEV1', slug: 'sev1' },
        started_at: '2026-11-22T22:00:00.000-08:00',
        mitigated_at: '2026-11-22T22:20:00.000-08:00',
        resolved_at: '2026-11-22T22:30:00.000-08:00',
        services: [{ name: 'search' }],
      },
    },
    [
      { id: 'pager:b7eed587', told: { title: 'Sparkling Frost', service: 'search' } },
      { told: { severity: 'sev1' } },
      { event: 'mitigated', at: new Date('2026-11-23T06:20:00Z') },
      { event: 'resolved', at: new Date('2026-11-23T06:30:00Z') },
    ],
  ],
  [
    'firehydrant',
    {
      event: { operation: 'UPDATED', resource_type: 'incident' },
      data: {
        incident: {
          id: '04d9fd1a',
          name: 'Hark',
          severity: 'SEV3',
          created_at: '2026-11-23 06:10:00 UTC',
          current_milestone: 'resolved',
          milestones: [
            { type: 'started', occurred_at: '2026-11-23 06:00:00 UTC' },
            { type: 'resolved', occurred_at: '2026-11-23 06:40:00 UTC' },
          ],
          services: [{ name: 'payments' }],
        },
      },
    },
    [
      { at: new Date('2026-11-23T06:00:00Z'), told: { title: 'Hark', service: 'payments' } },
      { told: { severity: 'sev3' } },
      { event: 'resolved', at: new Date('2026-11-23T06:40:00Z') },
    ],
  ],
]

test.each(shipped)('a mapping that ships reads %s', (name, json, facts) => {
  const rules = examples.find((example) => example.name === name)?.rules ?? []

  expect(factsOf(rules, json)).toMatchObject(facts)
})

test.each(examples)('the mapping of $name takes what else the tool sends for not meant', ({ rules }) => {
  expect(readByRules(rules, { event: { type: 'heartbeat' }, data: {} }, about)).toEqual([])
})
