import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { actionTimeline, findAction } from '../../src/record/actions.ts'
import type { Db } from '../../src/record/db.ts'
import { findHandOver, keepHandOver } from '../../src/record/hand-overs.ts'
import { findMeetingState } from '../../src/record/meeting-events.ts'
import { hoursAgo, minutesAgo, morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { signedIn } from '../support/signed-in.ts'
import { aloneSince, incident, submit, tell, textOf } from './asking.ts'

const ana = 'ana@example.com'

async function openPhone() {
  const { app, db } = await openApp()
  const headers = await signedIn(db, ana, 'contributor')
  await tell(db, [
    incident('checkout', hoursAgo(35), {
      severity: 'sev1',
      service: 'checkout',
      title: 'Checkout lost ams',
      customerMinutes: 5200,
    }),
    ...aloneSince('checkout', hoursAgo(35)),
    { kind: 'action', id: 'A-1', at: hoursAgo(20), told: { title: 'Alarm on replica lag', ownerId: ana } },
    { kind: 'action', id: 'A-2', at: hoursAgo(20), told: { title: 'Not hers', ownerId: 'ben@example.com' } },
  ])
  return { app, db, headers }
}

const aTap =
  (app: Awaited<ReturnType<typeof openPhone>>['app'], headers: Record<string, string>) =>
  (fields: Record<string, string>, accept = 'text/html') =>
    submit(app, '/check-in/taps', fields, { ...headers, accept })

test('thirty seconds, in this order, in one answer under 14 kB, read without a script', async () => {
  const { app, headers } = await openPhone()

  const response = await app.request('/check-in', { headers })
  const html = await response.text()
  const order = [
    'RED: checkout on fra alone',
    'As of 09:00, window',
    'on fra alone, 35 h',
    'Worst service level',
    'Incidents open',
    'SEV1 <bdi>Checkout lost ams',
    'Customer-minutes',
    'For you, ana',
    'Alarm on replica lag',
    'Postmortems this week',
    'Raise at the meeting',
    'Feeds that did not report',
  ]
  const places = order.map((words) => html.indexOf(words))

  expect(places.every((place) => place > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(gzipSync(html).length).toBeLessThan(14 * 1024)
  expect(html).not.toMatch(/<(script|link|img)[^>]+(src|rel="stylesheet")/)
  expect(response.headers.get('content-security-policy')).toMatch(/style-src 'sha256-[\w+/=]{44}'/)
  expect(html).not.toContain('Not hers')
})

test.each([
  ['accept', (a: Awaited<ReturnType<typeof findAction>>) => a?.acknowledgedAt?.getTime() === morning.getTime()],
  ['done', (a: Awaited<ReturnType<typeof findAction>>) => a?.state === 'done'],
  ['return', (a: Awaited<ReturnType<typeof findAction>>) => a?.ownerId === null],
])('one tap on %s does it, two taps do it once', async (deed, stands) => {
  const { app, db, headers } = await openPhone()
  const tapIt = aTap(app, headers)

  const first = await tapIt({ kind: 'action', id: 'A-1', deed })
  const before = (await actionTimeline(db, 'A-1')).length
  await tapIt({ kind: 'action', id: 'A-1', deed })

  expect([first.status, first.headers.get('location')]).toEqual([303, '/check-in#you'])
  expect(stands(await findAction(db, 'A-1'))).toBe(true)
  expect((await actionTimeline(db, 'A-1')).length).toBe(before)
})

test('who needs help says so to the room', async () => {
  const { app, db, headers } = await openPhone()
  const tapIt = aTap(app, headers)

  await tapIt({ kind: 'action', id: 'A-1', deed: 'help' })
  await tapIt({ kind: 'action', id: 'A-1', deed: 'help' })

  expect((await findMeetingState(db, '2026-11-23')).raised.map(({ text, by }) => [text, by])).toEqual([
    ['ana needs help: Alarm on replica lag', ana],
  ])
})

test('a hand-over is accepted, or given back, by whom it was given to', async () => {
  const { app, db, headers } = await openPhone()
  const other = await signedIn(db, 'ben@example.com', 'contributor')
  await give(db, 'H-1')

  const stranger = await aTap(app, other)({ kind: 'hand-over', id: 'H-1', deed: 'accept' }, 'application/json')
  const page = await textOf(app, '/check-in', headers)
  const answer = await aTap(app, headers)({ kind: 'hand-over', id: 'H-1', deed: 'accept' }, 'application/json')
  const again = await aTap(app, headers)({ kind: 'hand-over', id: 'H-1', deed: 'accept' }, 'application/json')

  expect(stranger.status).toBe(409)
  expect(page).toContain('Watch the index')
  expect([answer.status, again.status]).toEqual([200, 200])
  expect((await findHandOver(db, 'H-1'))?.acceptedBy).toBe(ana)
})

test('what was tapped without a network carries its own time, within reason', async () => {
  const { app, db, headers } = await openPhone()
  const tapIt = aTap(app, headers)
  const tapped = { kind: 'action', id: 'A-1', deed: 'accept', at: minutesAgo(40).toISOString() }

  await tapIt(tapped, 'application/json')
  await tapIt(tapped, 'application/json')
  const ahead = await tapIt({ kind: 'action', id: 'A-1', deed: 'done', at: '2031-01-01T00:00:00Z' }, 'application/json')

  expect((await findAction(db, 'A-1'))?.acknowledgedAt).toEqual(minutesAgo(40))
  expect(ahead.status).toBe(200)
  expect((await findAction(db, 'A-1'))?.endedAt).toEqual(morning)
})

test('anybody raises something at the meeting, with or without a name', async () => {
  const { app, db, headers } = await openPhone()
  const tapIt = aTap(app, headers)

  await tapIt({ kind: 'raise', text: 'Who owns the sale?' })
  await tapIt({ kind: 'raise', text: 'Who owns the sale?' })
  await tapIt({ kind: 'raise', text: 'I fear the sale', unnamed: 'yes' })

  const { raised } = await findMeetingState(db, '2026-11-23')
  expect(raised.map(({ text, by }) => [text, by])).toEqual([
    ['Who owns the sale?', ana],
    ['I fear the sale', ''],
  ])
})

test.each([
  [{ kind: 'action', id: 'A-2', deed: 'done' }, 409],
  [{ kind: 'action', id: 'A-9', deed: 'done' }, 409],
  [{ kind: 'action', id: 'A-1', deed: 'explode' }, 422],
  [{ kind: 'raise' }, 422],
  [{}, 422],
])('what is not theirs, gone or unknown, %j, changes nothing', async (fields, status) => {
  const { app, headers } = await openPhone()

  expect((await aTap(app, headers)(fields as Record<string, string>)).status).toBe(status)
})

test('another site cannot tap', async () => {
  const { app, db, headers } = await openPhone()

  const response = await submit(
    app,
    '/check-in/taps',
    { kind: 'action', id: 'A-1', deed: 'done' },
    { ...headers, 'sec-fetch-site': 'cross-site' },
  )

  expect(response.status).toBe(403)
  expect((await findAction(db, 'A-1'))?.endedAt).toBe(null)
})

async function give(db: Db, id: string): Promise<void> {
  await keepHandOver(db, {
    id,
    meetingId: '2026-11-20',
    at: hoursAgo(70),
    by: 'ben@example.com',
    toId: ana,
    issue: 'Watch the index',
    noticed: '',
    plan: 'hourly',
    subjectKind: null,
    subjectId: null,
  })
}
