import { expect, test } from 'vitest'
import { incidentTimeline } from '../../src/record/incidents.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { incidentProblems, incidents } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { hoursAgo, minutesAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { send } from './an-alert.ts'
import { documented } from './documented.ts'
import { documentedLives } from './documented-lives.ts'
import { documentedTickets } from './documented-tickets.ts'
import { takeAllBack, toldBy } from './told-by.ts'

const at = hoursAgo(2).toISOString()
const ms = hoursAgo(2).getTime()

test('each shape that a tool documents becomes what people would say of it', async () => {
  const { db } = await openTestRecord()

  for (const [what, source, body, ...becomes] of [...documented, ...documentedTickets, ...documentedLives]) {
    for (const one of Array.isArray(body) ? body : [body]) {
      const isForm = one instanceof URLSearchParams
      const sent = isForm ? { source, contentType: 'application/x-www-form-urlencoded' } : { source }
      await send(db, isForm ? String(one) : JSON.stringify(one), sent)
    }
    await ingestWaiting(db, morning)

    expect.soft(await toldBy(db), what).toEqual(becomes)
    await takeAllBack(db)
  }
})

test.each([
  ['no assignee', [], null],
  ['a person', [{ summary: 'Ada' }], 'Ada'],
  ['an empty name', [{ summary: '' }], null],
  ['a dash', [{ summary: '-' }], null],
  ['a question mark', [{ summary: '?' }], null],
  ['nothing', null, null],
])('an owner that is %s', async (_, assignees, owner) => {
  const { db } = await openTestRecord()
  const data = { id: 'P1', title: 'Disk', assignees, service: { summary: 'db' } }

  await send(db, JSON.stringify({ event: { event_type: 'incident.triggered', occurred_at: at, data } }), {
    source: 'pagerduty',
  })
  await ingestWaiting(db, morning)

  expect((await db.orm.select().from(incidents))[0]?.ownerId).toBe(owner)
})

test('what is known to be linked in Jira is linked here, whichever webhook told of it', async () => {
  const { db } = await openTestRecord()
  const issue = (key: string, type: string, links: object[] = []) =>
    JSON.stringify({
      timestamp: ms,
      issue: { key, fields: { summary: key, issuetype: { name: type }, issuelinks: links } },
    })

  await send(db, issue('P-1', 'Problem'), { source: 'jira-problems' })
  await send(
    db,
    issue('I-1', 'Incident', [{ inwardIssue: { key: 'P-1', fields: { issuetype: { name: 'Problem' } } } }]),
    {
      source: 'jira-incidents',
    },
  )
  await ingestWaiting(db, morning)

  expect(await db.orm.select().from(incidentProblems)).toMatchObject([
    { incidentId: 'jira:I-1', problemId: 'jira:P-1' },
  ])
})

test('a tracker that says again that it is open takes back an end that a tool told, and none that the room told', async () => {
  const { db } = await openTestRecord()
  const say = (state: string, minutes: number) =>
    send(
      db,
      JSON.stringify({
        issue: {
          number: 7,
          title: 'Disk',
          labels: [{ name: 'incident' }],
          state,
          updated_at: minutesAgo(minutes).toISOString(),
        },
        repository: { full_name: 'acme/shop', name: 'shop' },
      }),
      { source: 'github' },
    )
  const standing = async () => (await db.orm.select().from(incidents))[0]?.state
  for (const [state, minutes] of [
    ['open', 50],
    ['open', 30],
    ['closed', 40],
  ] as const)
    await say(state, minutes)
  await ingestWaiting(db, morning)
  expect(await standing()).toBe('open')
  const said = (await incidentTimeline(db, 'github:acme/shop#7')).map(({ kind }) => kind)
  expect(said.filter((kind) => kind !== 'told')).toEqual(['resolved', 'reopened'])

  const room = { recordedAt: morning, source: 'room', origin: 'room', class: null } as const
  const end = {
    kind: 'incident-event',
    incidentId: 'github:acme/shop#7',
    event: 'resolved',
    at: minutesAgo(20),
  } as const
  await recordFacts(db, [end], room)
  await say('open', 10)
  await ingestWaiting(db, morning)
  expect(await standing()).toBe('resolved')
})

test('a ticket that speaks of an incident is part of it, until the room says otherwise', async () => {
  const { db } = await openTestRecord()
  const tree = { content: [{ marks: [{ attrs: { href: 'https://acme.pagerduty.com/incidents/P1' } }] }] }
  const fields = { summary: 'Disk', issuetype: { name: 'Incident' }, description: tree, created: at }
  const address = 'See https://muster.example.org/incidents/pagerduty%3AP1.'
  const repository = { full_name: 'acme/shop', name: 'shop' }
  const issue = { number: 7, title: 'Disk', body: address, labels: [{ name: 'incident' }], created_at: at }

  await send(db, JSON.stringify({ timestamp: ms, issue: { key: 'I-1', fields } }), { source: 'jira' })
  await send(db, JSON.stringify({ action: 'opened', issue, repository }), { source: 'github' })
  await send(
    db,
    JSON.stringify({ action: 'opened', issue: { ...issue, number: 8, body: 'https://x.org/incidents/7' }, repository }),
    {
      source: 'github',
    },
  )
  await ingestWaiting(db, morning)

  expect((await db.orm.select().from(incidents)).map(({ id, mergedInto }) => [id, mergedInto]).sort()).toEqual([
    ['github:acme/shop#7', 'pagerduty:P1'],
    ['github:acme/shop#8', null],
    ['jira:I-1', 'pagerduty:P1'],
  ])
})

test('a note about something long over opens nothing; when its incident is told after all, the note is there', async () => {
  const { db } = await openTestRecord()
  const say = (event_type: string, data: object) => JSON.stringify({ event: { event_type, occurred_at: at, data } })

  await send(db, say('incident.annotated', { incident: { id: 'P1' }, content: 'It was the cache' }), {
    source: 'pagerduty',
  })
  await ingestWaiting(db, morning)
  expect(await db.orm.select().from(incidents)).toEqual([])

  await send(db, say('incident.triggered', { id: 'P1', title: 'Disk', created_at: hoursAgo(3).toISOString() }), {
    source: 'pagerduty',
  })
  await ingestWaiting(db, morning)
  expect((await incidentTimeline(db, 'pagerduty:P1')).map(({ value }) => value)).toContain('It was the cache')
})

test('two monitors of one kind may use the same keys', async () => {
  const { db } = await openTestRecord()
  const body = JSON.stringify({ event_id: '7', status: 'PROBLEM', event_name: 'Disk', host: 'db1' })

  for (const source of ['zabbix', 'zabbix-eu']) await send(db, body, { source })
  await ingestWaiting(db, morning)

  expect((await db.orm.select().from(incidents)).map(({ id }) => id).sort()).toEqual([
    'zabbix-eu:event 7',
    'zabbix:event 7',
  ])
})
