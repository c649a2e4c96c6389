import { expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import { aMinute } from '../../src/calendar.ts'
import { queueDigests } from '../../src/post/digests.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { latestRuns } from '../../src/record/ledger.ts'
import { latestLetters, undeliveredSince } from '../../src/record/outbox.ts'
import { daysAgo, hoursAgo, morning, rhythm } from '../support/morning.ts'
import { incident, tell } from '../web/asking.ts'
import { type Behaviour, openOffice, openPostHouse, subscribe } from './post-house.ts'

const seven = hoursAgo(2) // 07:00 in Berlin
const later = (minutes: number) => new Date(seven.getTime() + minutes * aMinute)
const since = { rhythm, startedAt: daysAgo(5) }

test('at seven each gets one digest of the same snapshot, in plain text and HTML, under one id', async () => {
  const { smtpUrl, got } = await openPostHouse()
  const { db, send } = await openOffice(smtpUrl)
  await tell(db, [incident('search', hoursAgo(5), { severity: 'sev2' })])
  for (const name of ['Ana', 'Jonas', 'Lea']) await subscribe(db, name, { changedAt: daysAgo(3) })

  await queueDigests(db, since, seven)
  await queueDigests(db, since, later(1))
  await send()
  await send()

  expect(got.map(({ to }) => (Array.isArray(to) ? to[0] : to)?.text).sort()).toEqual([
    '"Ana" <ana@example.com>',
    '"Jonas" <jonas@example.com>',
    '"Lea" <lea@example.com>',
  ])
  expect(new Set(got.map(({ subject }) => subject))).toEqual(
    new Set(['[OPS RED] Mon 23 Nov: 1 incident (1 SEV2); 1 open (1 SEV2); 1 without an owner']),
  )
  expect(got.every(({ text }) => text?.includes('Snapshot 1: the pre-read of the meeting of Mon 23 Nov'))).toBe(true)
  expect(got[0]?.html).toContain('search broke')
  expect(got.map(({ messageId }) => messageId?.split('.').slice(0, 2).join('.'))).toEqual(
    Array(3).fill('<digest.2026-11-23'),
  )
})

test.each<[Behaviour, number]>([
  [421, 1],
  [450, 1],
  ['hang', 1],
  ['cut after DATA', 1],
])('a server that answers %s is asked again after a minute, and the letter is not lost', async (how, waitMinutes) => {
  const mood: { now: Behaviour } = { now: how }
  const { smtpUrl, got } = await openPostHouse(() => mood.now)
  const { db, send, clock } = await openOffice(smtpUrl)
  await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await queueDigests(db, since, seven)

  await send()
  const [tried] = await latestLetters(db, 1)
  mood.now = 'take'
  clock.at = later(waitMinutes)
  await send()

  expect(tried).toMatchObject({ tries: 1, sentAt: null, failedAt: null, nextAt: later(1) })
  expect(tried?.fault).toBeTruthy()
  expect(new Set(got.map(({ messageId }) => messageId)).size).toBe(1)
  expect(got.length).toBe(how === 'cut after DATA' ? 2 : 1)
  expect(await latestLetters(db, 1)).toMatchObject([{ sentAt: later(1), tries: 2 }])
})

test('a server whose certificate nobody signed is told nothing: the letter waits, and says why', async () => {
  const { smtpUrl, got } = await openPostHouse(() => 'take', 0, ['AUTH'])
  const { db, send } = await openOffice(smtpUrl)
  await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await queueDigests(db, since, seven)

  await send()
  const [tried] = await latestLetters(db, 1)

  expect(tried).toMatchObject({ sentAt: null, failedAt: null, nextAt: later(1) })
  expect(tried?.fault).toMatch(/certificate/)
  expect(got).toEqual([])
})

test('where nobody listens all wait 1, 5, 15 and 60 minutes, and the letter says why it comes late', async () => {
  const { smtpUrl, port, close } = await openPostHouse()
  await close()
  const { db, send, clock } = await openOffice(smtpUrl)
  for (const name of ['Ana', 'Jonas']) await subscribe(db, name, { changedAt: daysAgo(3) })
  await queueDigests(db, since, seven)

  const waits: number[] = []
  for (let tried = 0; tried < 4; tried++) {
    await send()
    const letters = await latestLetters(db, 2)
    expect(new Set(letters.map(({ nextAt }) => nextAt?.getTime())).size).toBe(1)
    const next = letters[0]?.nextAt ?? clock.at
    waits.push((next.getTime() - clock.at.getTime()) / aMinute)
    clock.at = next
  }
  const { got } = await openPostHouse(() => 'take', port)
  await send()

  expect(waits).toEqual([1, 5, 15, 60])
  expect(got.length).toBe(2)
  expect(got[0]?.text).toMatch(/Sent 81 min late because the mail server did not take it: /)
})

test('one bad address of ten is refused and shown; the other nine have their letter', async () => {
  const { smtpUrl, got } = await openPostHouse((to) => (to === 'p3@example.com' ? 550 : 'take'))
  const { db, send } = await openOffice(smtpUrl)
  for (let n = 0; n < 10; n++) await subscribe(db, `P${n}`, { changedAt: daysAgo(3) })
  await queueDigests(db, since, seven)

  await send()

  expect(got.length).toBe(9)
  const agenda = buildAgenda(await gatherFacts(db, { at: morning, rhythm }))
  const told = agenda.sections
    .find(({ topic }) => topic === 'sources')
    ?.items.filter(({ subject }) => subject.kind === 'letter')
  expect(told).toMatchObject([
    { title: 'P3', reason: { kind: 'undelivered', what: 'digest', fault: '550 says the server' } },
  ])
})

test('what is not accepted a quarter of an hour after it was due, somebody hears of', async () => {
  const { db, send } = await openOffice(null)
  await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await queueDigests(db, since, seven)
  await send()

  expect(await undeliveredSince(db, daysAgo(3), later(14))).toEqual([])
  expect(await undeliveredSince(db, daysAgo(3), later(15))).toMatchObject([
    { to: 'ana@example.com', fault: 'no mail server is set: SMTP_URL' },
  ])
})

test('after three days down one catch-up says how late it is and why; the others are written down as skipped', async () => {
  const { smtpUrl, got } = await openPostHouse()
  const { db, send, clock } = await openOffice(smtpUrl)
  await subscribe(db, 'Ana', { digestFrom: daysAgo(4), changedAt: daysAgo(4) })
  clock.at = later(84)

  await queueDigests(db, { rhythm, startedAt: clock.at }, clock.at)
  await send()

  expect(got.length).toBe(1)
  expect(got[0]?.text).toContain('Sent 84 min late because Muster was not running then')
  const runs = await latestRuns(db, 'digest', { at: clock.at, limit: 10 })
  expect(runs.map(({ localDate, outcome, why }) => [localDate, outcome, why])).toEqual([
    ['2026-11-23', 'queued', ''],
    ['2026-11-20', 'skipped', 'down'],
  ])
})

test('a quiet morning is told too, and says on whose word', async () => {
  const { smtpUrl, got } = await openPostHouse()
  const { db, send } = await openOffice(smtpUrl)
  await tell(db, aloneNowhere(), hoursAgo(3))
  await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await queueDigests(db, since, seven)

  await send()

  expect(got[0]?.subject).toBe('[OPS GREEN] Mon 23 Nov: all clear, every source heard')
  expect(got[0]?.text).toMatch(/No incident since Fri 09:00. Alertmanager last spoke 1 h ago/)
})

function aloneNowhere() {
  const site = (name: string) =>
    ({ kind: 'site', service: 'search', site: name, at: hoursAgo(3), state: 'serving', capacityPercent: 100 }) as const
  return [site('fra'), site('ams')]
}
