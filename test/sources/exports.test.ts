import { copyFileSync, existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import { parseRhythm } from '../../src/calendar.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { findPull, savePull } from '../../src/record/pulls.ts'
import { levelDays } from '../../src/record/service-levels.ts'
import { allServices } from '../../src/record/services.ts'
import { exposureClauses } from '../../views/exposure-words.ts'
import { daysAgo, morning } from '../support/morning.ts'
import { aDesk } from './desk.ts'

const shared = '../shared/data'

/** The morning meeting in Paris as it stood at nine that day. */
async function parisAgenda(desk: Awaited<ReturnType<typeof aDesk>>, day: string) {
  const at = new Date(`${day}T09:00:00+02:00`)
  return buildAgenda(await gatherFacts(desk.db, { at, rhythm: parseRhythm('09:00 mon-fri', 'Europe/Paris') }))
}

test.skipIf(!existsSync(`${shared}/gcp-2023-04`))(
  'on the morning of 26 April 2023 the loss in Paris leads the agenda, with its age (skipped without the shared data)',
  async () => {
    const desk = await aDesk()
    for (const name of ['incidents.json', 'data-centers.csv'])
      copyFileSync(`${shared}/gcp-2023-04/${name}`, desk.path(name))

    expect((await desk.import('google-cloud', 'incidents.json')).told).toEqual([
      'google-cloud: read 29, new 29, changed 0, unchanged 0, refused 0',
    ])
    expect((await desk.import('google-cloud', 'incidents.json')).told).toEqual([
      'google-cloud: read 29, new 0, changed 0, unchanged 29, refused 0',
    ])

    const agenda = await parisAgenda(desk, '2023-04-26')
    const [first] = agenda.sections
    const [item] = first?.items ?? []
    expect([first?.topic, item?.title]).toEqual(['exposures', 'Paris (europe-west9)'])
    expect(item?.reason).toMatchObject({ kind: 'alone', since: new Date('2023-04-25T23:46:00Z') })
    const reading = { asOf: new Date('2023-04-26T07:00:00Z'), zone: 'Europe/Paris' }
    const said = item?.reason.kind === 'alone' ? exposureClauses(item.reason, reading) : []
    expect(said[0]).toBe('on other zones alone for 7 h 14 m, since 01:46')

    const flood = await findIncident(desk.db, 'google-cloud:dS9ps52MUnxQfyDGPfkY', reading.asOf)
    expect(flood).toMatchObject({
      site: 'Paris (europe-west9)',
      severity: 'sev2',
      service: 'Google Cloud',
      endedAt: null,
    })
    expect((await parisAgenda(desk, '2023-04-25')).counts.exposures.open).toBe(0)
    expect((await parisAgenda(desk, '2023-04-27')).counts.exposures.open).toBe(0)
  },
)

test.skipIf(!existsSync(`${shared}/uptime-manticore`))(
  'an Upptime history becomes whole days, with the minutes it was down (skipped without the shared data)',
  async () => {
    const desk = await aDesk()
    copyFileSync(`${shared}/uptime-manticore/history-summary.json`, desk.path('summary.json'))
    copyFileSync(`${shared}/uptime-manticore/manual.yml`, desk.path('manual.yml'))

    expect((await desk.import('upptime', 'summary.json')).told[0]).toMatch(
      /^upptime: read 18, new \d+, changed 0, unchanged \d+, refused 0$/,
    )

    const days = await levelDays(desk.db, { from: '2026-01-01', to: '2026-12-31', service: 'Manual' })
    expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 9 }, (_, place) => `2026-08-${12 + place}`))
    expect(days.every(({ good, total, unknown }) => total === 1440 && good <= 1440 && unknown === 0)).toBe(true)
    expect(days.some(({ good }) => good < 1440)).toBe(true)
  },
)

const fromDispatch = {
  items: [
    {
      id: 7,
      name: 'dispatch-default-7',
      title: 'Checkout refuses cards',
      description: 'Cards are declined',
      resolution: 'Rolled back',
      status: 'Closed',
      incident_severity: { name: 'Critical' },
      incident_priority: { name: 'High' },
      incident_type: { name: 'Customer impact' },
      project: { name: 'shop' },
      tags: [{ name: 'checkout', tag_type: { name: 'Service' } }],
      commander: { individual: { name: 'Lea Okafor', email: 'lea@example.com' } },
      reported_at: '2026-11-20T10:00:00',
      stable_at: '2026-11-20T11:30:00',
      closed_at: '2026-11-21T09:00:00',
      events: [{ started_at: '2026-11-20T10:05:00', source: 'Slack', description: 'Commander assigned' }],
      tasks: [
        {
          id: 3,
          description: 'Alarm on declines',
          status: 'Open',
          resolve_by: '2026-12-01T00:00:00',
          assignees: [{ individual: { email: 'sam@example.com' } }],
        },
      ],
      duplicates: [{ name: 'dispatch-default-8' }],
    },
    {
      id: 8,
      name: 'dispatch-default-8',
      title: 'Cards fail too',
      status: 'Active',
      reported_at: '2026-11-20T10:10:00',
    },
    { id: 9, name: 'dispatch-default-9', title: 'No time', status: 'Active' },
  ],
}

test('Dispatch comes over: states, commander, tasks, events and duplicates', async () => {
  const desk = await aDesk()
  await desk.put('dispatch.json', JSON.stringify(fromDispatch))

  expect((await desk.import('dispatch', 'dispatch.json')).told).toEqual([
    'dispatch: read 3, new 2, changed 0, unchanged 0, refused 1',
    'dispatch-default-9: reported_at: is missing, or no instant',
  ])
  expect(await findIncident(desk.db, 'dispatch:dispatch-default-7')).toMatchObject({
    title: 'Checkout refuses cards',
    service: 'checkout',
    severity: 'sev1',
    ownerId: 'lea@example.com',
    state: 'closed',
    mitigatedAt: new Date('2026-11-20T11:30:00Z'),
    resolvedAt: new Date('2026-11-21T09:00:00Z'),
  })
  expect((await findIncident(desk.db, 'dispatch:dispatch-default-8'))?.mergedInto).toBe('dispatch:dispatch-default-7')
  expect(await desk.rows('actions')).toMatchObject([{ title: 'Alarm on declines', owner: 'sam@example.com' }])
  expect((await desk.import('dispatch', 'dispatch.json')).told[0]).toBe(
    'dispatch: read 3, new 0, changed 0, unchanged 2, refused 1',
  )
})

test('Morgue comes over: times in seconds, what was learnt, and that each had its postmortem', async () => {
  const desk = await aDesk()
  const row = {
    id: 12,
    title: 'Search fell over',
    summary: 'The index was gone',
    why_surprised: 'No alarm',
    starttime: 1_795_413_600,
    endtime: 1_795_417_200,
    statustime: 0,
    detecttime: 1_795_414_200,
    severity: 1,
    contact: 'lea',
    deleted: 0,
  }
  const tables = {
    postmortems: [row, { ...row, id: 13, deleted: 1 }],
    tags: [{ id: 1, title: 'index' }],
    postmortem_referenced_tags: [{ postmortem_id: 12, tag_id: 1, deleted: 0 }],
  }
  await desk.put('morgue.json', JSON.stringify(tables))

  expect((await desk.import('morgue', 'morgue.json')).told).toEqual([
    'morgue: read 1, new 1, changed 0, unchanged 0, refused 0',
  ])
  expect(await findIncident(desk.db, 'morgue:12')).toMatchObject({
    severity: 'sev1',
    startedAt: new Date('2026-11-23T06:00:00Z'),
    detectedAt: new Date('2026-11-23T06:10:00Z'),
    resolvedAt: new Date('2026-11-23T07:00:00Z'),
    postmortem: 'yes',
  })
  const notes = (await incidentTimeline(desk.db, 'morgue:12'))
    .filter(({ kind }) => kind === 'note')
    .map(({ value }) => value)
  expect(notes.toSorted()).toEqual(['No alarm', 'Tags: index', 'The index was gone'])
})

test('Opsgenie comes over: alerts, incidents and the people, under the ids of its webhooks', async () => {
  const desk = await aDesk()
  const alert = {
    id: 'a-1',
    tinyId: '77',
    message: 'CPU is hot',
    status: 'closed',
    acknowledged: true,
    priority: 'P2',
    owner: 'lea@example.com',
    createdAt: '2026-11-22T22:00:00Z',
    updatedAt: '2026-11-22T23:00:00Z',
    entity: 'search',
    report: { ackTime: 300_000, closeTime: 1_800_000, closedBy: 'lea@example.com' },
  }
  const incident = {
    id: 'i-1',
    message: 'Shop is down',
    status: 'open',
    priority: 'P1',
    createdAt: '2026-11-22T22:10:00Z',
    impactStartDate: '2026-11-22T22:00:00Z',
    impactedServices: ['checkout'],
  }
  const user = {
    username: 'lea@example.com',
    fullName: 'Lea Okafor',
    role: { name: 'Admin' },
    timeZone: 'Europe/Berlin',
  }
  await desk.put('opsgenie.json', JSON.stringify({ alerts: [alert], incidents: [incident], users: [user] }))

  expect((await desk.import('opsgenie', 'opsgenie.json')).told).toEqual([
    'opsgenie: read 3, new 3, changed 0, unchanged 0, refused 0',
  ])
  expect(await findIncident(desk.db, 'opsgenie:a-1')).toMatchObject({
    severity: 'sev2',
    service: 'search',
    acknowledgedAt: new Date('2026-11-22T22:05:00Z'),
    resolvedAt: new Date('2026-11-22T22:30:00Z'),
  })
  expect(await findIncident(desk.db, 'opsgenie:i-1')).toMatchObject({
    severity: 'sev1',
    state: 'open',
    service: 'checkout',
    startedAt: new Date('2026-11-22T22:00:00Z'),
  })
  expect(await desk.rows('people')).toMatchObject([{ name: 'Lea Okafor', zone: 'Europe/Berlin' }])
})

const slothFile = `
version: prometheus/v1
service: checkout
labels: { owner: shop-team }
slos:
  - name: latency
    objective: 95
    sli:
      events:
        error_query: sum(rate(slow_total[{{.window}}]))
        total_query: sum(rate(requests_total[{{.window}}]))
  - name: requests-availability
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(errors_total[{{.window}}]))
        total_query: sum(rate(requests_total[{{.window}}]))
---
version: prometheus/v1
service: search
slos: [ { name: a, objective: 120 } ]
`

test('Sloth sets objectives, and a Prometheus that is asked counts by its queries', async () => {
  const desk = await aDesk()
  await desk.put('slo.yaml', slothFile)
  await savePull(desk.db, {
    source: 'prometheus',
    kind: 'prometheus',
    url: 'https://p.example.org',
    options: { levels: [] },
    everyMs: 60_000,
    recordedAt: daysAgo(1),
    by: '',
  })

  expect((await desk.import('sloth', 'slo.yaml')).told).toEqual([
    'sloth: read 3, new 1, changed 1, unchanged 0, refused 1',
    'search a: objective: is no percentage between 0 and 100',
    '2 are counted by prometheus from its next round',
  ])
  expect(await allServices(desk.db)).toMatchObject([
    { objective: 99.9, objectives: { latency: 95, 'requests-availability': 99.9 }, team: 'shop-team' },
  ])
  expect((await findPull(desk.db, 'prometheus'))?.options).toMatchObject({
    levels: [
      { service: 'checkout', indicator: 'latency' },
      {
        events: 'sum(rate(requests_total[$window]))',
        goodEvents: '(sum(rate(requests_total[$window]))) - ((sum(rate(errors_total[$window]))) or vector(0))',
      },
    ],
  })
})

const opensloFile = `
apiVersion: openslo/v1
kind: SLI
metadata: { name: search-good }
spec:
  ratioMetric:
    counter: true
    good: { metricSource: { type: Prometheus, spec: { query: 'sum(increase(ok_total[5m]))' } } }
    total: { metricSource: { type: Prometheus, spec: { query: 'sum(increase(all_total[5m]))' } } }
---
apiVersion: openslo/v1
kind: SLO
metadata: { name: search-availability, displayName: Search availability, labels: { team: search } }
spec:
  service: search
  indicatorRef: search-good
  budgetingMethod: Occurrences
  objectives: [ { target: 0.995 } ]
---
apiVersion: openslo/v2alpha
kind: SLO
metadata: { name: tomorrow }
spec: { service: search, objectives: [ { target: 0.9 } ] }
`

test('OpenSLO sets objectives, by reference or inline, and says where its queries would be counted', async () => {
  const desk = await aDesk()
  await desk.put('slo.yaml', opensloFile)

  expect((await desk.import('openslo', 'slo.yaml')).told).toEqual([
    'openslo: read 2, new 1, changed 0, unchanged 0, refused 1',
    'tomorrow: apiVersion: “openslo/v2alpha” is not openslo/v1',
    '1 of them have queries, but prometheus is no Prometheus that is asked: set it up at /sources/prometheus/pull and import again',
  ])
  expect(await allServices(desk.db)).toMatchObject([{ id: 'search', objective: 99.5, team: 'search' }])
})

test.each([
  ['dispatch', 'not json', 'it is not JSON'],
  ['sloth', 'a: [', 'it is not YAML'],
  ['google-cloud', '[{"id": 1}]', undefined],
])('a file that is not what it should be is refused: %s', async (kind, text, complaint) => {
  const desk = await aDesk()
  await desk.put('file', text)

  const { exit, told, complained } = await desk.import(kind, 'file')

  expect(exit).toBe(1)
  expect([...told, ...complained].join()).toContain(complaint ?? 'refused 1')
})

test('a dry run writes nothing', async () => {
  const desk = await aDesk()
  await desk.put('dispatch.json', JSON.stringify(fromDispatch))

  const { told } = await desk.import('dispatch', 'dispatch.json', '--dry-run')

  expect(told.at(-1)).toBe('nothing was written: this was a dry run')
  expect(await findIncident(desk.db, 'dispatch:dispatch-default-7', morning)).toBeUndefined()
})
