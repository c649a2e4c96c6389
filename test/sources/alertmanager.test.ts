import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '../../src/record/fact.ts'
import { alertmanager } from '../../src/sources/alertmanager.ts'
import { UnreadableDelivery } from '../../src/sources/source.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { aGroup, anAlert } from './an-alert.ts'

const id = `alertmanager:7d5a73ea08fb6d1c:${hoursAgo(2).toISOString()}`

function read(body: string): Fact[] {
  const delivery = { id: '1', source: 'alertmanager', receivedAt: morning, contentType: '', body: Buffer.from(body) }
  return alertmanager.read(delivery)
}

function faultOf(body: string): string {
  try {
    read(body)
  } catch (error) {
    if (error instanceof UnreadableDelivery) return error.message
    throw error
  }
  return 'none'
}

test('an alert is an incident that begins with it', () => {
  const labels = { datacenter: 'ams', team: 'shop', severity: 'critical' }

  expect(read(aGroup([anAlert({ startsAt: hoursAgo(2), labels })]))).toEqual([
    {
      kind: 'incident',
      id,
      at: hoursAgo(2),
      told: {
        title: 'checkout answers with errors',
        service: 'checkout',
        severity: 'sev1',
        site: 'ams',
        team: 'shop',
        url: 'https://prometheus.example.com/graph',
        startedAt: hoursAgo(2),
        class: 'automated',
      },
      theirs: { severity: 'critical' },
    },
  ])
})

test.each([
  ['critical', 'sev1'],
  ['page', 'sev1'],
  ['Error', 'sev2'],
  ['high', 'sev2'],
  ['warning', 'sev3'],
  ['info', 'sev4'],
  ['none', 'sev4'],
  ['constructor', undefined],
  ['', undefined],
])('the severity %j is our %s', (severity, ours) => {
  const [incident] = read(aGroup([anAlert({ labels: { severity } })]))

  expect(incident).toHaveProperty('told.title')
  expect(incident?.kind === 'incident' ? incident.told.severity : 'no incident').toBe(ours)
})

test('the title is the summary, else the alert’s own name', () => {
  const titles = [{ summary: '' }, { summary: '', description: 'queue is long\nsecond line' }].map((annotations) => {
    const [incident] = read(aGroup([anAlert({ annotations })]))
    return incident?.kind === 'incident' ? incident.told.title : ''
  })

  expect(titles).toEqual(['HighErrorRatio', 'queue is long'])
})

test('a link that is not of the web is left out', () => {
  const facts = read(aGroup([{ ...anAlert(), generatorURL: 'javascript:alert(1)' }]))

  expect(facts[0]).not.toHaveProperty('told.url')
})

test('a group that fires may hold an alert that is over: each alert’s own word is believed', () => {
  const over = anAlert({ fingerprint: 'a1', startsAt: hoursAgo(2), endsAt: hoursAgo(1) })

  const ends = read(aGroup([over, anAlert({ fingerprint: 'b2' })])).filter((fact) => fact.kind === 'incident-event')

  expect(ends).toEqual([
    {
      kind: 'incident-event',
      incidentId: `alertmanager:a1:${hoursAgo(2).toISOString()}`,
      event: 'resolved',
      at: hoursAgo(1),
    },
  ])
})

test('a group that was cut off says so on its first incident', () => {
  const facts = read(aGroup([anAlert({ startsAt: hoursAgo(2) })], { truncatedAlerts: 7 }))

  expect(facts).toContainEqual(
    expect.objectContaining({
      incidentId: id,
      event: 'note',
      value: 'Alertmanager cut 7 more of this group off (max_alerts)',
    }),
  )
})

test('an alert that always fires is a sign of life and no incident', () => {
  expect(read(aGroup([anAlert({ labels: { alertname: 'Watchdog', severity: 'none' } })]))).toEqual([])
})

test('alerts that Prometheus posts itself are the same episodes', () => {
  const labels = {
    alertname: 'InstanceDown',
    cluster: 'demo',
    instance: '127.0.0.1:19101',
    job: 'app',
    datacenter: 'fra1',
    replica: 'a',
    severity: 'critical',
    team: 'platform',
  }
  const firing = {
    labels,
    annotations: {},
    startsAt: hoursAgo(2).toISOString(),
    endsAt: new Date(morning.getTime() + 60_000).toISOString(),
  }
  const facts = read(JSON.stringify([firing, { ...firing, endsAt: hoursAgo(1).toISOString() }]))

  // The fingerprint that Alertmanager 0.25 itself gave to these labels.
  const episode = `alertmanager:509b0e2907baf7ca:${hoursAgo(2).toISOString()}`
  expect(facts.map((fact) => [fact.kind, 'id' in fact ? fact.id : 'incidentId' in fact && fact.incidentId])).toEqual([
    ['incident', episode],
    ['incident', episode],
    ['incident-event', episode],
  ])
})

test.each([
  ['', /^the body is empty: send/],
  ['firing', /^the body is not JSON .*: send JSON$/],
  ['{"alerts":[]}', /^version: must be "4"; send what Alertmanager/],
  ['null', /^the body: .*; send what Alertmanager/],
  [aGroup([], { version: '5' }), /^version: must be "4"/],
  [aGroup([{ ...anAlert(), status: 'suppressed' }]), /^alerts\[0\]\.status: must be firing or resolved; send/],
  [
    aGroup([anAlert(), { ...anAlert(), startsAt: 'yesterday' }]),
    /^alerts\[1\]\.startsAt: must be an ISO 8601 instant with offset; send/,
  ],
  [
    aGroup([{ ...anAlert(), startsAt: '0001-01-01T00:00:00Z' }]),
    /^alerts\[0\]\.startsAt: must say when the alert began/,
  ],
  [aGroup([{ ...anAlert(), status: 'resolved' }]), /^alerts\[0\]\.endsAt: must say when the alert ended/],
  [aGroup([{ ...anAlert(), labels: { service: 7 } }]), /^alerts\[0\]\.labels\.service: /],
  [aGroup([{ ...anAlert(), fingerprint: '' }]), /^alerts\[0\]\.fingerprint: must be the fingerprint/],
  [aGroup([], { truncatedAlerts: '9' }), /^truncatedAlerts: must be a number/],
  [`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, /nested deeper than 64 levels/],
  ['['.repeat(100_000) + ']'.repeat(100_000), /nested deeper than 64 levels|not JSON/],
])('a shape nobody knows is refused whole: %.60s', (body, fault) => {
  expect(faultOf(body)).toMatch(fault)
})

test('whatever a tool sends is read or refused with a sentence', () => {
  const anything = fc.oneof(
    fc.json(),
    fc.string(),
    fc.jsonValue().map((alert) => aGroup([alert])),
    fc.jsonValue().map((labels) => aGroup([{ ...anAlert(), labels }])),
  )

  fc.assert(
    fc.property(anything, (body) => faultOf(body).length > 0),
    { numRuns: 300 },
  )
})
