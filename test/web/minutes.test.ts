import { expect, test } from 'vitest'
import { revived } from '../../src/agenda/snapshot.ts'
import { findSnapshot, hashOf, outputsOfMeeting } from '../../src/record/closing.ts'
import { snapshots } from '../../src/record/schema.ts'
import { anAlert, ana, diego, lea, mirembe, openRoom, tellRoom } from '../support/a-room.ts'
import { hoursAgo, inHours } from '../support/morning.ts'
import { submit, textOf } from './asking.ts'

const day = '2026-11-23'
const at = (path: string) => `/meetings/${day}/${path}`
const as = (person: string) => ({ cookie: `me=${person}` })

async function closed() {
  const room = await openRoom([
    anAlert('INC-1', hoursAgo(3), { severity: 'sev1', customerMinutes: 900 }),
    anAlert('INC-2', hoursAgo(2), { severity: 'sev4', ownerId: lea }),
    {
      kind: 'problem',
      id: 'PRB-1',
      at: hoursAgo(90),
      told: { title: 'Search is small', openedAt: hoursAgo(90), ownerId: lea },
    },
    { kind: 'service', id: 'search', tier: 'critical', objective: 99.9, sitesRequired: null, team: null, needs: null },
    {
      kind: 'service-level',
      service: 'search',
      indicator: 'availability',
      day: '2026-11-22',
      zone: 'Europe/Berlin',
      good: 1430,
      total: 1440,
      unknown: 3,
    },
  ])
  const { app } = room
  const post = (path: string, fields: Record<string, string>) => {
    room.pass(5_000)
    return submit(app, at(path), fields, as(ana))
  }
  await post('opening', {})
  for (const person of [diego, mirembe]) await post('attendance', { person })
  await post('cards/INC-1', { owner: diego })
  await post('cards/INC-1', { decision: 'yes', why: 'we were surprised' })
  await post('cards/INC-2', { decision: 'no' })
  await post('raised', { text: 'Support was not told', unnamed: 'yes' })
  await post('notes', { text: 'The sale starts at noon' })
  return { ...room, post }
}

test('the minutes say what was decided, whose it is and why, and nothing that was not', async () => {
  const { app, post } = await closed()
  await post('adjournment', {})

  const text = await textOf(app, at('minutes.txt'))

  expect(text).toContain('MINUTES 1, MON 23 NOV 2026')
  const decisions = text.split('Decisions\n')[1]?.split('\n\n')[0]?.split('\n')
  expect(decisions).toEqual([
    '  - Diego Salvatierra takes “INC-1 broke” (INC-1).',
    '  - Postmortem on “INC-1 broke” (INC-1): yes, because we were surprised.',
    '  - Postmortem on “INC-2 broke” (INC-2): no.',
  ])
  for (const told of [
    'Here: Ana Lopez, Diego Salvatierra, Mirembe Achieng',
    'Unnamed: Support was not told',
    'The sale starts at noon',
  ])
    expect(text).toContain(told)
  expect(text).not.toContain('No representative')
})

test('page, Markdown and plain text tell the same lines', async () => {
  const { app, post } = await closed()
  await post('adjournment', {})

  const [page, markdown, text] = await Promise.all(
    [at('minutes'), at('minutes.md'), at('minutes.txt')].map((path) => textOf(app, path)),
  )
  const lines = (text ?? '')
    .split('\n')
    .filter((line) => line.startsWith('  - '))
    .map((line) => line.slice(4))

  expect(lines.length).toBeGreaterThan(20)
  expect(
    (markdown ?? '')
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .map((line) => line.slice(2).replace(/\\(.)/g, '$1')),
  ).toEqual(lines)
  expect(
    [...(page ?? '').matchAll(/<li><bdi>(.*?)<\/bdi><\/li>/g)].map(([, line = '']) =>
      line.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ),
  ).toEqual(lines)
})

test('the close puts out four things and a snapshot', async () => {
  const { db, post } = await closed()
  await post('adjournment', {})

  const { levels, postmortems, problems, lookBack } = await outputsOfMeeting(db, day)
  const snapshot = await findSnapshot(db, day)

  expect(levels).toMatchObject([
    { service: 'search', indicator: 'availability', good: 1430, total: 1440, unknown: 3, objective: 99.9 },
  ])
  expect(postmortems).toMatchObject([{ incidentId: 'INC-1', ownerId: diego, advice: 'yes', for: null }])
  expect(problems).toMatchObject([{ place: 1, problemId: 'PRB-1', title: 'Search is small', ownerId: lea }])
  expect(lookBack).toContainEqual({ meetingId: day, day, figure: 'incidents.opened', value: 2 })
  expect(lookBack).toContainEqual({ meetingId: day, day, figure: 'incidents.customerMinutes', value: 900 })
  expect(snapshot).toMatchObject({ number: 1, by: ana, hash: hashOf(snapshot?.content) })
  expect(revived(snapshot?.content)).toMatchObject({
    counts: { incidents: { opened: 2, unowned: 0 } },
    closedAt: expect.any(Date),
  })
})

test('what is not settled keeps the meeting open; a typed reason closes it and stands in the minutes', async () => {
  const { app, post } = await openAndBare()
  const refused = await post('adjournment', {})
  const page = await refused.text()
  const still = await app.request(at('minutes.txt'))

  await post('adjournment', { why: 'fire alarm' })
  const text = await textOf(app, at('minutes.txt'))

  expect(refused.status).toBe(409)
  expect(page).toContain('INC-1 broke')
  expect(still.status).toBe(404)
  for (const told of [
    'The room left all the same: fire alarm',
    'Nobody owns the incident “INC-1 broke”.',
    'No representative for support.',
  ])
    expect(text).toContain(told)
})

async function openAndBare() {
  const room = await openRoom([anAlert('INC-1', hoursAgo(3), { severity: 'sev1' })])
  const post = (path: string, fields: Record<string, string>) => submit(room.app, at(path), fields, as(ana))
  await post('opening', {})
  return { ...room, post }
}

test('closing twice, or from two laptops at once, closes once', async () => {
  const { db, post } = await closed()

  await Promise.all([post('adjournment', {}), post('adjournment', {})])
  const again = await post('adjournment', {})

  expect(again.headers.get('location')).toBe(at('minutes'))
  expect(await db.orm.select({ number: snapshots.number }).from(snapshots)).toEqual([{ number: 1 }])
})

test('what is learnt later never edits the minutes: it is a numbered correction below, and any state can be read again', async () => {
  const { app, db, clock, post } = await closed()
  await post('adjournment', {})
  const before = await textOf(app, at('minutes.txt'))
  clock.at = inHours(5)
  await tellRoom(db, [anAlert('INC-9', hoursAgo(4), { severity: 'sev3' })], clock.at)
  await post('remarks', { text: 'Lea was in the room too' })

  const after = await textOf(app, at('minutes.txt'))

  expect(after.startsWith(before.trimEnd())).toBe(true)
  expect(after).toContain('Correction 1, Mon 23 Nov 14:00: incidents opened was told as 2, is 3 (INC-9).')
  expect(after).toContain('Remark 1, Mon 23 Nov 14:00, Ana Lopez: Lea was in the room too')
  expect(await textOf(app, at('minutes.txt?correction=0'))).not.toMatch(/Correction 1|Remark 1/)

  await tellRoom(db, [anAlert('INC-10', hoursAgo(3), { severity: 'sev3' })], inHours(6))
  const compared = await textOf(app, at('minutes?since=0&correction=2'))
  expect(compared).toMatch(/incidents opened.*<del>2<\/del>.*<ins>4<\/ins>.*2 corrections/)
  expect(compared).toContain('<ins><bdi>Lea was in the room too</bdi></ins>')
  expect(await textOf(app, at('minutes?since=1&correction=2'))).toMatch(/<del>3<\/del>.*<ins>4<\/ins>/)
})

test('what is raised after the close is heard by the next meeting', async () => {
  const { app, clock, post } = await closed()
  await post('adjournment', {})
  await post('raised', { text: 'And the invoices?' })
  clock.at = inHours(24)
  await submit(app, '/meetings/2026-11-24/opening', {}, as(ana))
  await submit(app, '/meetings/2026-11-24/screen', { to: 'voices' }, as(ana))

  expect(await textOf(app, '/meetings/2026-11-24/projector')).toContain('And the invoices?')
})

test('a change during a deploy lock that nobody called part of the response stands in the minutes', async () => {
  const { app, db, post } = await openAndBare()
  const change = { kind: 'change' as const, site: null, who: null, url: null, type: null, service: 'search' }
  await tellRoom(db, [
    { ...change, id: 'CHG-1', at: hoursAgo(2), what: 'new ranking' },
    { ...change, id: 'CHG-2', at: hoursAgo(1), what: 'roll back' },
    { kind: 'change-event', changeId: 'CHG-2', at: hoursAgo(1), event: 'in-response', value: 'INC-1' },
  ])
  await post('adjournment', { why: 'a test' })

  const text = await textOf(app, at('minutes.txt'))

  expect(text).toMatch(/new ranking, while INC-1 held the lock/)
  expect(text).not.toMatch(/roll back, while INC-1 held the lock/)
})

test('marks in a title stay what they are', async () => {
  const { app, post } = await openRoom([
    anAlert('INC-1', hoursAgo(3), { title: '# **x** <b>[y](javascript:z)', severity: 'sev4' }),
  ]).then((room) => ({
    ...room,
    post: (path: string, fields: Record<string, string>) => submit(room.app, at(path), fields, as(ana)),
  }))
  await post('opening', {})
  await post('adjournment', { why: 'a test' })

  const markdown = await textOf(app, at('minutes.md'))

  expect(markdown).toContain('\\# \\*\\*x\\*\\* \\<b\\>\\[y\\](javascript:z)')
  expect(await textOf(app, at('minutes'))).not.toContain('<b>[y]')
})
