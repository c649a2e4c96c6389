import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import type { Db } from '../../src/record/db.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import type { Groupable } from '../../src/record/grouping.ts'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import type { Grouping } from '../../src/record/schema.ts'
import { setGrouping } from '../../src/record/sources.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { mergesAmong } from '../../src/sources/grouping.ts'
import { hoursAgo, minutesAgo, morning, rhythm } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aGroup, anAlert } from './an-alert.ts'
import { post } from './mapping/a-source.ts'

const one = (id: string, minutes: number, given: Partial<Groupable> = {}): Groupable => ({
  id,
  title: id,
  service: 'checkout',
  startedAt: minutesAgo(minutes),
  endedAt: null,
  mergedInto: null,
  groupKeys: [],
  byPeople: false,
  ...given,
})
const merged = (incidents: Groupable[], grouping: Grouping = 'service-and-time') =>
  mergesAmong(incidents, grouping).map((fact) =>
    fact.kind === 'incident-event' ? `${fact.incidentId} into ${fact.value}` : '',
  )

test.each<[string, Groupable[], string[]]>([
  ['what begins while the first lasts', [one('a', 60), one('b', 50), one('c', 40)], ['b into a', 'c into a']],
  ['in whatever order they come', [one('c', 40), one('b', 50), one('a', 60)], ['b into a', 'c into a']],
  ['not what begins after it ended', [one('a', 60, { endedAt: minutesAgo(55) }), one('b', 50)], []],
  [
    'what begins while any of the group lasts',
    [one('a', 60, { endedAt: minutesAgo(45) }), one('b', 50, { endedAt: minutesAgo(35) }), one('c', 40)],
    ['b into a', 'c into a'],
  ],
  ['not another service', [one('a', 60), one('b', 50, { service: 'search' })], []],
  ['not what has no service', [one('a', 60, { service: null }), one('b', 50, { service: null })], []],
  ['not what a person merged or split', [one('a', 60), one('b', 50, { byPeople: true })], []],
  ['not twice', [one('a', 60), one('b', 50, { mergedInto: 'a' })], []],
])('a rule merges %s', (_, incidents, merges) => {
  expect(merged(incidents)).toEqual(merges)
})

test('by group key the service does not matter, the key does', () => {
  const keyed = (id: string, minutes: number, key: string, service: string) =>
    one(id, minutes, { groupKeys: [key], service })

  expect(
    merged(
      [keyed('a', 60, 'k1', 'search'), keyed('b', 50, 'k1', 'checkout'), keyed('c', 40, 'k2', 'search')],
      'group-key',
    ),
  ).toEqual(['b into a'])
})

test('off merges nothing, and a rule says why it merged', () => {
  expect(merged([one('a', 60), one('b', 50)], 'off')).toEqual([])
  expect(mergesAmong([one('a', 60), one('b', 50)], 'service-and-time')).toMatchObject([
    { why: 'same service checkout, begun while “a” lasted', at: minutesAgo(50) },
  ])
})

test('whatever overlaps, nothing is merged into what is merged itself, nor into what began later', () => {
  const any = fc.array(
    fc.record({ minutes: fc.integer({ min: 0, max: 500 }), lasts: fc.option(fc.integer({ min: 0, max: 200 })) }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(any, (spans) => {
      const incidents = spans.map(({ minutes, lasts }, place) =>
        one(`i${place}`, minutes, { endedAt: lasts === null ? null : minutesAgo(minutes - lasts) }),
      )
      const parts = new Map(
        mergesAmong(incidents, 'service-and-time').map((fact) =>
          fact.kind === 'incident-event' ? [fact.incidentId, fact.value ?? ''] : ['', ''],
        ),
      )
      for (const [part, whole] of parts) {
        expect(parts.has(whole)).toBe(false)
        const [later, earlier] = [part, whole].map(
          (id) => incidents.find((incident) => incident.id === id)?.startedAt.getTime() ?? 0,
        )
        expect(later).toBeGreaterThanOrEqual(earlier ?? 0)
      }
    }),
  )
})

const alert = (fingerprint: string, minutes: number, endsMinutes?: number) =>
  anAlert({
    fingerprint: fingerprint.repeat(16),
    startsAt: minutesAgo(minutes),
    ...(endsMinutes === undefined ? {} : { endsAt: minutesAgo(endsMinutes) }),
  })
const idOf = (fingerprint: string, minutes: number) =>
  `alertmanager:${fingerprint.repeat(16)}:${minutesAgo(minutes).toISOString()}`

async function aNight(grouping: Grouping) {
  const { db } = await openTestRecord()
  await post(db, 'alertmanager', aGroup([]))
  await ingestWaiting(db, hoursAgo(3))
  await setGrouping(db, 'alertmanager', grouping)
  for (const alerts of [[alert('a', 90)], [alert('b', 80)], [alert('c', 70)]])
    await post(db, 'alertmanager', aGroup(alerts))
  await ingestWaiting(db, minutesAgo(60))
  return db
}

async function counts(db: Db, at = morning) {
  const { incidents } = buildAgenda(await gatherFacts(db, { at, rhythm })).counts
  return { opened: incidents.opened, open: incidents.open, resolved: incidents.resolved }
}

test('the alerts of one night are one incident where the source says so, and three where it does not', async () => {
  expect(await counts(await aNight('off'))).toEqual({ opened: 3, open: 3, resolved: 0 })
  expect(await counts(await aNight('service-and-time'))).toEqual({ opened: 1, open: 1, resolved: 0 })
})

test('one incident lasts as long as its last part', async () => {
  const db = await aNight('service-and-time')

  await post(db, 'alertmanager', aGroup([alert('a', 90, 50)]))
  await ingestWaiting(db, minutesAgo(40))
  expect(await counts(db)).toEqual({ opened: 1, open: 1, resolved: 0 })

  await post(db, 'alertmanager', aGroup([alert('b', 80, 45), alert('c', 70, 44)]))
  await ingestWaiting(db, minutesAgo(30))
  expect(await counts(db)).toEqual({ opened: 1, open: 0, resolved: 1 })
})

test('a person splits what a rule merged, the rule does not merge it again, and the evidence stays', async () => {
  const db = await aNight('service-and-time')
  const room = { recordedAt: minutesAgo(20), source: '', origin: 'room', class: null } as const
  const [whole, part] = [idOf('a', 90), idOf('b', 80)]
  expect((await findIncident(db, part))?.mergedInto).toBe(whole)

  await recordFacts(
    db,
    [
      {
        kind: 'incident-event',
        incidentId: part,
        at: minutesAgo(20),
        event: 'split-from',
        value: whole,
        by: 'lea@example.com',
      },
    ],
    room,
  )
  await post(db, 'alertmanager', aGroup([alert('b', 80), alert('d', 60)]))
  await ingestWaiting(db, minutesAgo(10))

  expect((await findIncident(db, part))?.mergedInto).toBeNull()
  expect((await findIncident(db, idOf('d', 60)))?.mergedInto).toBe(whole)
  expect(await counts(db)).toEqual({ opened: 2, open: 2, resolved: 0 })
  const said = (await incidentTimeline(db, part)).filter(({ kind }) => /merged|split/.test(kind))
  expect(said.map(({ kind, by, why }) => [kind, by, why])).toEqual([
    ['merged-into', '', 'same service checkout, begun while “checkout answers with errors” lasted'],
    ['split-from', 'lea@example.com', ''],
  ])
})

test('a past morning stays as it was counted before a person merged', async () => {
  const db = await aNight('off')
  const room = { recordedAt: minutesAgo(20), source: '', origin: 'room', class: null } as const

  await recordFacts(
    db,
    [
      {
        kind: 'incident-event',
        incidentId: idOf('b', 80),
        at: minutesAgo(20),
        event: 'merged-into',
        value: idOf('a', 90),
      },
    ],
    room,
  )

  expect((await counts(db, minutesAgo(21))).open).toBe(3)
  expect((await counts(db)).open).toBe(2)
})

test('alerts that come in any order become the same one incident', async () => {
  const orders = [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
    ['b', 'a', 'c'],
  ]
  const minutes: Record<string, number> = { a: 90, b: 80, c: 70 }
  for (const order of orders) {
    const { db } = await openTestRecord()
    await post(db, 'alertmanager', aGroup([]))
    await ingestWaiting(db, hoursAgo(3))
    await setGrouping(db, 'alertmanager', 'service-and-time')
    for (const name of order) {
      await post(db, 'alertmanager', aGroup([alert(name, minutes[name] ?? 0)]))
      await ingestWaiting(db, minutesAgo(60))
    }
    expect([order, await counts(db)]).toEqual([order, { opened: 1, open: 1, resolved: 0 }])
  }
})
