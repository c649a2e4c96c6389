import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Db } from '../../src/record/db.ts'
import { incidentTimeline } from '../../src/record/incidents.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { incidents } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { minutesAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { send } from './an-alert.ts'

/** What Pingdom says of a check: minutes before the morning, and whether it is down. */
type Word = readonly [minutes: number, down: boolean, importance?: string]

function say(db: Db, check: number, [minutes, down, importance = '']: Word): Promise<string> {
  const body = {
    check_id: check,
    check_name: 'Shop',
    current_state: down ? 'DOWN' : 'UP',
    state_changed_timestamp: minutesAgo(minutes).getTime() / 1000,
    importance_level: importance,
  }
  return send(db, JSON.stringify(body), { source: 'pingdom' })
}

async function heard(words: readonly Word[]): Promise<Db> {
  const { db } = await openTestRecord()
  for (const word of words) {
    await say(db, 7, word)
    await ingestWaiting(db, morning)
  }
  return db
}

/** Each run as minutes before the morning, oldest first; null = it lasts. */
async function runsOf(db: Db, check = 7): Promise<(readonly [number, number | null])[]> {
  const rows = await db.orm.select().from(incidents)
  const minutes = (at: Date) => (morning.getTime() - at.getTime()) / 60_000
  return rows
    .filter(({ id }) => id.startsWith(`pingdom:${check}:`))
    .map(({ startedAt, endedAt }) => [minutes(startedAt), endedAt && minutes(endedAt)] as const)
    .sort(([a], [b]) => b - a)
}

test('each time a check is down is an incident of its own, from down to up', async () => {
  const db = await heard([
    [60, true],
    [50, false],
    [40, true],
    [30, false],
    [20, true],
  ])

  expect(await runsOf(db)).toEqual([
    [60, 50],
    [40, 30],
    [20, null],
  ])
})

test('told again that it is down, it is the same incident; told again that it is up, it ended the first time', async () => {
  expect(
    await runsOf(
      await heard([
        [60, true],
        [55, true],
        [50, false],
        [45, false],
      ]),
    ),
  ).toEqual([[60, 50]])
})

test('an end whose beginning nobody told is over at once; the beginning may come later', async () => {
  expect(await runsOf(await heard([[50, false]]))).toEqual([[50, 50]])
  expect(
    await runsOf(
      await heard([
        [50, false],
        [60, true],
      ]),
    ),
  ).toEqual([[60, 50]])
})

test('an end that was held up parts what was taken for one', async () => {
  const db = await heard([
    [60, true, 'LOW'],
    [40, true, 'HIGH'],
    [30, false],
    [50, false],
  ])

  expect(await runsOf(db)).toEqual([
    [60, 50],
    [40, 30],
  ])
  expect((await db.orm.select().from(incidents)).map(({ severity }) => severity).sort()).toEqual(['sev1', 'sev3'])
})

test('what the room said of an incident stays with it when it turns out to be two', async () => {
  const db = await heard([
    [60, true],
    [40, true],
  ])
  const [one = { id: '' }] = await db.orm.select().from(incidents)
  await recordFacts(
    db,
    [{ kind: 'incident-event', incidentId: one.id, event: 'assigned', at: minutesAgo(35), value: 'ada@example.com' }],
    { recordedAt: morning, source: '', origin: 'room', class: null },
  )

  await say(db, 7, [50, false])
  await ingestWaiting(db, morning)

  const rows = await db.orm.select().from(incidents)
  expect(rows.map(({ id, ownerId, endedAt }) => [id === one.id, ownerId, endedAt])).toEqual([
    [true, 'ada@example.com', minutesAgo(50)],
    [false, null, null],
  ])
  expect((await incidentTimeline(db, one.id)).map(({ at }) => at).filter((at) => at < minutesAgo(50))).toHaveLength(1)
})

test('two alarms do not touch each other, however alike their keys', async () => {
  const { db } = await openTestRecord()
  await say(db, 7, [60, true])
  await say(db, 77, [50, false])
  await ingestWaiting(db, morning)

  expect([await runsOf(db, 7), await runsOf(db, 77)]).toEqual([[[60, null]], [[50, 50]]])
})

test('any history, in any order and with repeats, at once or one by one, leaves the same runs', async () => {
  const history = fc
    .uniqueArray(fc.integer({ min: 1, max: 90 }), { minLength: 2, maxLength: 9 })
    .chain((minutes) => fc.tuple(...minutes.map((one) => fc.tuple(fc.constant(one), fc.boolean(), importance))))
  const told = history.chain((words) =>
    fc.tuple(
      fc.constant(words),
      fc.shuffledSubarray([...words, ...words], { minLength: words.length * 2 }),
      fc.boolean(),
    ),
  )
  const samples = fc.sample(told, { numRuns: 20, seed: 3 })
  const { db } = await openTestRecord()
  for (const [check, [words, shuffled, atOnce]] of samples.entries()) {
    for (const word of shuffled) {
      await say(db, 1000 + check, word)
      if (!atOnce) await ingestWaiting(db, morning)
    }
    const inTurn = words.toSorted(([a], [b]) => b - a)
    for (const word of inTurn) await say(db, 5000 + check, word)
  }
  await ingestWaiting(db, morning)

  for (const [check, [words]] of samples.entries()) {
    expect(await runsOf(db, 1000 + check), JSON.stringify(words)).toEqual(expectedRuns(words))
    expect(await standings(db, 1000 + check)).toEqual(await standings(db, 5000 + check))
  }
}, 120_000)

const importance = fc.constantFrom('', 'HIGH', 'LOW')

// By hand, from the words in order: what the test believes the runs to be.
function expectedRuns(words: readonly Word[]): (readonly [number, number | null])[] {
  const runs: [number, number | null][] = []
  for (const [minutes, down] of words.toSorted(([a], [b]) => b - a)) {
    const last = runs.at(-1)
    if (down && last?.[1] !== null) runs.push([minutes, null])
    if (!down && last === undefined) runs.push([minutes, minutes])
    if (!down && last?.[1] === null) last[1] = minutes
  }
  return runs
}

async function standings(db: Db, check: number): Promise<string[]> {
  const rows = (await db.orm.select().from(incidents)).filter(({ id }) => id.startsWith(`pingdom:${check}:`))
  return rows
    .map(({ startedAt, endedAt, severity, state }) => JSON.stringify([startedAt, endedAt, severity, state]))
    .sort()
}
