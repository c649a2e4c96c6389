import { expect, test } from 'vitest'
import { findIncident, incidentTimeline } from '../../../src/record/incidents.ts'
import { listRows } from '../../../src/record/kinds.ts'
import { registerSource } from '../../../src/record/sources.ts'
import { sourcesHeard } from '../../../src/record/sources-heard.ts'
import { ingestWaiting } from '../../../src/sources/deliveries.ts'
import { hoursAgo, minutesAgo, morning } from '../../support/morning.ts'
import { openTestRecord } from '../../support/open-record.ts'
import { post } from '../mapping/a-source.ts'
import { anApi, aPull } from './a-pull.ts'

/** Incidents of a pager as its REST API and its webhooks know them, all of them in the last night. */
function aNight(count: number) {
  return Array.from({ length: count }, (_, place) => ({
    id: `P${place}`,
    type: 'incident',
    title: `Alarm ${place}`,
    status: place % 3 === 0 ? 'triggered' : 'resolved',
    urgency: 'high',
    created_at: minutesAgo(300 - place).toISOString(),
    last_status_change_at: minutesAgo(place % 3 === 0 ? 300 - place : 200 - place).toISOString(),
    service: { summary: 'checkout' },
    assignments: [{ assignee: { summary: 'Lea Okafor', email: 'lea@example.com' } }],
    html_url: `https://acme.pagerduty.com/incidents/P${place}`,
  }))
}
type Told = ReturnType<typeof aNight>[number]

function asWebhook({ assignments, ...incident }: Told, type: string, at: string) {
  const assignees = assignments.map(({ assignee }) => assignee)
  return {
    event: { id: `${incident.id}-${type}`, event_type: type, occurred_at: at, data: { ...incident, assignees } },
  }
}

function pagerduty(night: readonly Told[], log: readonly object[] = []) {
  return anApi(({ pathname, searchParams: words }) => {
    const [limit, offset] = [Number(words.get('limit') ?? 100), Number(words.get('offset') ?? 0)]
    const page = <Row>(rows: readonly Row[]) => ({
      rows: rows.slice(offset, offset + limit),
      more: rows.length > offset + limit,
    })
    if (pathname === '/incidents') {
      const statuses = words.getAll('statuses[]')
      const within = ({ created_at, status }: Told) =>
        statuses.length > 0
          ? statuses.includes(status)
          : created_at >= (words.get('since') ?? '') && created_at < (words.get('until') ?? '')
      const { rows, more } = page(night.filter(within))
      return { incidents: rows, more }
    }
    if (pathname === '/log_entries') {
      const { rows, more } = page(log)
      return { log_entries: rows, more }
    }
    const one = night.find(({ id }) => pathname === `/incidents/${id}`)
    return one && { incident: one }
  })
}

test('every webhook that was lost is mended by the next rounds: all incidents, and how each ended', async () => {
  const { db } = await openTestRecord()
  const night = aNight(250)
  for (const one of night.filter((_, place) => place % 5 === 0)) {
    const { status, ...triggered } = one
    await post(db, 'pagerduty', asWebhook({ ...triggered, status: 'triggered' }, 'incident.triggered', one.created_at))
  }
  await ingestWaiting(db, hoursAgo(1))
  const heardBefore = (await listRows(db, 'incidents', { limit: 1000 })).rows.length
  const { url } = await pagerduty(night)
  const { tick, standing } = await aPull(db, { kind: 'pagerduty', url, token: 'a-token-of-theirs' })

  for (let rounds = 0; rounds < 40; rounds++) await tick()

  const { rows } = await listRows(db, 'incidents', { limit: 1000 })
  expect([heardBefore, rows.length]).toEqual([50, 250])
  for (const one of night) {
    const standing = await findIncident(db, `pagerduty:${one.id}`)
    const ended = one.status === 'resolved' ? new Date(one.last_status_change_at) : null
    expect([one.id, standing?.startedAt, standing?.endedAt, standing?.ownerId]).toEqual([
      one.id,
      new Date(one.created_at),
      ended,
      'lea@example.com',
    ])
  }
  expect(await standing()).toMatchObject({ fault: null, asOf: morning })
})

test('notes and what else the log says are told once, however often it is fetched', async () => {
  const { db } = await openTestRecord()
  const [one] = aNight(1)
  const entry = (type: string, minutes: number, more: object) => ({
    id: `${type}${minutes}`,
    type,
    created_at: minutesAgo(minutes).toISOString(),
    agent: { summary: 'Lea Okafor' },
    incident: { id: 'P0' },
    ...more,
  })
  const { url } = await pagerduty(one ? [one] : [], [
    entry('acknowledge_log_entry', 290, {}),
    entry('annotate_log_entry', 280, { channel: { type: 'note', content: 'Restarted the pool' } }),
    entry('notify_log_entry', 279, {}),
  ])
  const { tick } = await aPull(db, { kind: 'pagerduty', url })

  await tick(minutesAgo(2))
  await tick()

  const said = (await incidentTimeline(db, 'pagerduty:P0')).filter(({ kind }) => kind !== 'told')
  expect(said.map(({ kind, value, by }) => [kind, value, by])).toEqual([
    ['acknowledged', '', 'Lea Okafor'],
    ['note', 'Restarted the pool', 'Lea Okafor'],
  ])
})

const page = { id: 'p', name: 'Acme' }
const onPage = (id: string, more: object = {}) => ({
  id,
  name: `Trouble ${id}`,
  status: 'investigating',
  impact: 'major',
  created_at: minutesAgo(90).toISOString(),
  updated_at: minutesAgo(80).toISOString(),
  shortlink: `https://stspg.io/${id}`,
  incident_updates: [
    { id: `${id}1`, status: 'investigating', body: 'We look', created_at: minutesAgo(90).toISOString() },
  ],
  ...more,
})

test('what is gone from a status page was resolved when we saw it gone', async () => {
  const { db } = await openTestRecord()
  const now = { incidents: [onPage('a'), onPage('b')] }
  const { url } = await anApi(({ pathname }) =>
    pathname === '/api/v2/summary.json' ? { page, components: [], ...now } : undefined,
  )
  const { tick } = await aPull(db, { kind: 'statuspage', url })
  await tick(minutesAgo(60))
  expect(await findIncident(db, 'statuspage:a')).toMatchObject({ title: 'Trouble a', severity: 'sev2', endedAt: null })

  now.incidents = [onPage('b')]
  await tick(minutesAgo(30))

  expect((await findIncident(db, 'statuspage:a'))?.endedAt).toEqual(minutesAgo(30))
  expect((await findIncident(db, 'statuspage:b'))?.endedAt).toBeNull()
})

test('a status page that does not answer resolves nothing', async () => {
  const { db } = await openTestRecord()
  const now: { answer: unknown } = { answer: { page, incidents: [onPage('a')] } }
  const { url } = await anApi(() => now.answer)
  const { tick, standing } = await aPull(db, { kind: 'statuspage', url })
  await tick(minutesAgo(60))

  for (const [minutes, answer] of [
    [50, 503],
    [40, { page }],
    [30, 'down for repair'],
    [20, { incidents: [] }],
  ] as const) {
    now.answer = answer
    await tick(minutesAgo(minutes))
  }

  expect((await findIncident(db, 'statuspage:a'))?.endedAt).toBeNull()
  expect((await standing())?.asOf).toEqual(minutesAgo(60))
})

test('a tracker is asked page by page for what changed, and goes on where it was broken off', async () => {
  const { db } = await openTestRecord()
  const issues = Array.from({ length: 200 }, (_, place) => ({
    number: place + 1,
    title: `Outage ${place + 1}`,
    state: 'open',
    labels: [{ name: 'incident' }],
    created_at: minutesAgo(1000 - place).toISOString(),
    updated_at: minutesAgo(1000 - place).toISOString(),
    html_url: `https://github.com/acme/shop/issues/${place + 1}`,
  }))
  const { url, asked } = await anApi(({ pathname, searchParams: words }) => {
    if (pathname !== '/repos/acme/shop/issues') return undefined
    const since = issues.filter(({ updated_at }) => updated_at >= (words.get('since') ?? ''))
    const [size, place] = [Number(words.get('per_page')), Number(words.get('page')) - 1]
    return since.slice(place * size, (place + 1) * size)
  })
  const { tick, standing } = await aPull(db, {
    kind: 'github',
    url,
    options: { repositories: ['acme/shop'] },
    everyMinutes: 5,
  })

  await tick(minutesAgo(1))
  const afterOne = (await listRows(db, 'incidents', { limit: 1000 })).rows.length
  await tick()

  expect(afterOne).toBe(150)
  expect((await listRows(db, 'incidents', { limit: 1000 })).rows).toHaveLength(200)
  expect(asked.length).toBeLessThanOrEqual(8)
  expect((await standing())?.fault).toBeNull()
})

test('ServiceNow, GitLab and Jira are read as if they had pushed', async () => {
  const { db } = await openTestRecord()
  const record = {
    number: 'INC0017',
    short_description: 'Checkout refuses cards',
    state: { display_value: 'In Progress', value: '2' },
    priority: { display_value: '1 - Critical', value: '1' },
    opened_at: { display_value: '22.11.2026 23:00:00', value: '2026-11-22 22:00:00' },
    sys_updated_on: { display_value: '22.11.2026 23:30:00', value: '2026-11-22 22:30:00' },
  }
  const issue = {
    iid: 7,
    title: 'Search is slow',
    state: 'opened',
    issue_type: 'incident',
    labels: ['service::search'],
    assignees: [{ username: 'lea' }],
    created_at: minutesAgo(60).toISOString(),
    updated_at: minutesAgo(50).toISOString(),
    web_url: 'https://gitlab.com/acme/shop/-/issues/7',
    severity: 'HIGH',
  }
  const ticket = {
    key: 'OPS-9',
    fields: {
      summary: 'Payments fail',
      updated: '2026-11-23T08:30:00.000+0100',
      created: '2026-11-23T08:00:00.000+0100',
      issuetype: { name: 'Incident' },
      status: { name: 'Open', statusCategory: { key: 'new' } },
      priority: { name: 'Highest' },
      labels: [],
    },
  }
  const api = await anApi(({ pathname }, { headers }) => {
    if (pathname === '/api/now/table/incident')
      return headers.authorization === `Basic ${btoa('muster:secret')}` ? { result: [record] } : 401
    if (pathname === '/api/v4/projects/acme%2Fshop/issues')
      return headers['private-token'] === 'glpat-1' ? [issue] : 401
    if (pathname === '/rest/api/3/search/jql') return { issues: [ticket] }
    return undefined
  })
  const pulls = [
    await aPull(db, { kind: 'servicenow', url: api.url, options: { tables: ['incident'] }, token: 'muster:secret' }),
    await aPull(db, { kind: 'gitlab', url: api.url, options: { projects: ['acme/shop'] }, token: 'glpat-1' }),
    await aPull(db, { kind: 'jira', url: api.url, options: { jql: 'project = OPS' } }),
  ]

  await pulls[0]?.tick()

  for (const { standing } of pulls) expect((await standing())?.fault).toBeNull()
  expect(await findIncident(db, 'servicenow:INC0017')).toMatchObject({
    severity: 'sev1',
    startedAt: new Date('2026-11-22T22:00:00Z'),
  })
  expect(await findIncident(db, 'gitlab:acme/shop#7')).toMatchObject({
    title: 'Search is slow',
    service: 'search',
    ownerId: 'lea',
  })
  expect(await findIncident(db, 'jira:OPS-9')).toMatchObject({ title: 'Payments fail', severity: 'sev1' })
})

test('sources that hang stop nobody, rest after three faults, and say so', async () => {
  const { db } = await openTestRecord()
  const hanging = await Promise.all(Array.from({ length: 5 }, () => anApi(() => null)))
  const well = await anApi(() => ({ page, incidents: [onPage('a')] }))
  const dead = await Promise.all(
    hanging.map(({ url }, place) => aPull(db, { source: `dead-${place}`, kind: 'statuspage', url })),
  )
  const { tick, standing } = await aPull(db, { kind: 'statuspage', url: well.url })

  for (const minutes of [10, 9, 8]) await tick(minutesAgo(minutes))
  const askedOften = hanging[0]?.asked.length
  await tick(minutesAgo(7.5))

  expect(await standing()).toMatchObject({ fault: null, asOf: minutesAgo(8) })
  expect(await dead[0]?.standing()).toMatchObject({
    failures: 3,
    openUntil: minutesAgo(7),
    asOf: null,
    fault: expect.stringContaining('did not answer in time'),
  })
  expect(askedOften).toBe(3)
  expect(hanging[0]?.asked.length).toBe(3)
})

test('a tool that answers with nothing new is heard all the same', async () => {
  const { db } = await openTestRecord()
  await registerSource(db, { name: 'statuspage', adapter: 'statuspage', class: 'manual', recordedAt: hoursAgo(99) })
  const { url } = await anApi(() => ({ page, incidents: [] }))
  const { tick } = await aPull(db, { kind: 'statuspage', url })

  await tick(minutesAgo(3))

  expect(await sourcesHeard(db, morning)).toMatchObject([
    { name: 'statuspage', lastHeardAt: minutesAgo(3), silent: false },
  ])
})

test('no token leaves without its key, and a tool cannot lead elsewhere', async () => {
  const { db } = await openTestRecord()
  const { url, asked } = await anApi(() => 200)
  const { tick, standing } = await aPull(db, { kind: 'pagerduty', url, token: 'a-token-of-theirs' })
  const { savePull, findPull } = await import('../../../src/record/pulls.ts')
  const kept = await findPull(db, 'pagerduty')
  if (kept) await savePull(db, { ...kept, token: `v1.${'A'.repeat(60)}` })

  await tick()

  expect((await standing())?.fault).toContain('cannot be opened with this MUSTER_KEY')
  expect(asked).toEqual([])
  expect(JSON.stringify(kept)).not.toContain('a-token-of-theirs')
})
