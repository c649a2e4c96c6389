import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Db } from '../../src/record/db.ts'
import { exposuresOf } from '../../src/record/exposures.ts'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { incidents } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { hoursAgo, minutesAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aGroup, anAlert, send, sendInTurn } from './an-alert.ts'

const first = `alertmanager:7d5a73ea08fb6d1c:${hoursAgo(2).toISOString()}`
const second = `alertmanager:7d5a73ea08fb6d1c:${minutesAgo(50).toISOString()}`

const firing = aGroup([anAlert({ startsAt: hoursAgo(2) })])
const retold = aGroup([anAlert({ startsAt: hoursAgo(2), annotations: { summary: 'checkout errors at 8%' } })])
const resolved = aGroup([anAlert({ startsAt: hoursAgo(2), endsAt: hoursAgo(1) })])
const again = aGroup([anAlert({ startsAt: minutesAgo(50) })])
const truncated = aGroup([anAlert({ startsAt: hoursAgo(2) })], { truncatedAlerts: 1 })
const calmed = aGroup([anAlert({ startsAt: minutesAgo(50), endsAt: minutesAgo(20) })])
const story = [firing, truncated, retold, resolved, again, calmed]

test('a resolve that arrives first leaves a resolved incident', async () => {
  const { db } = await openTestRecord()

  await sendInTurn(db, [resolved, firing])

  expect(await findIncident(db, first)).toMatchObject({
    state: 'resolved',
    resolvedAt: hoursAgo(1),
    startedAt: hoursAgo(2),
  })
})

test('an alert that begins anew ends the episode before it, whose end nobody told', async () => {
  const { db } = await openTestRecord()

  await sendInTurn(db, [firing, again])

  expect(await findIncident(db, first)).toMatchObject({ state: 'resolved', resolvedAt: minutesAgo(50) })
  expect(await findIncident(db, second)).toMatchObject({ state: 'open' })
  const ends = (await incidentTimeline(db, first)).filter(({ kind }) => kind === 'resolved')
  expect(ends.map(({ why }) => why)).toEqual(['the same alert began anew'])
})

test('the end of an episode stands where it was told, though the next one was heard of first', async () => {
  const { db } = await openTestRecord()

  await sendInTurn(db, [again, firing, resolved])

  expect(await findIncident(db, first)).toMatchObject({ state: 'resolved', resolvedAt: hoursAgo(1) })
})

test('a repeat of what was told changes nothing', async () => {
  const { db } = await openTestRecord()
  await sendInTurn(db, story)
  const before = await standingByAlert(db)

  await sendInTurn(db, [...story, ...story.toReversed()], minutesAgo(-5))

  expect(await standingByAlert(db)).toEqual(before)
})

test('all 720 orders of six tellings leave the same incidents', async () => {
  const orders = permutations([0, 1, 2, 3, 4, 5])

  const { db } = await liveThrough(orders)

  expect(orders).toHaveLength(720)
  expect(new Set((await standingByAlert(db)).values())).toEqual(new Set([await inOrder()]))
})

test('so do random orders with repeats', async () => {
  const random = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], { minLength: 12 })
  const orders = fc.sample(random, { numRuns: 60, seed: 7 })

  const { db } = await liveThrough(orders)

  expect(new Set((await standingByAlert(db)).values())).toEqual(new Set([await inOrder()]))
})

test('an alert of lost redundancy opens an exposure, and its end closes it', async () => {
  const { db } = await openTestRecord()
  const labels = { alertname: 'SingleDatacenter', service: 'payments', active_dc: 'ams' }

  await sendInTurn(db, [aGroup([anAlert({ labels, startsAt: hoursAgo(2) })])])
  expect(await exposuresOf(db, 'payments', morning)).toMatchObject([{ since: hoursAgo(2), until: null }])

  await sendInTurn(db, [aGroup([anAlert({ labels, startsAt: hoursAgo(2), endsAt: hoursAgo(1) })])])
  expect(await exposuresOf(db, 'payments', morning)).toMatchObject([{ since: hoursAgo(2), until: hoursAgo(1) }])
})

test('a label may tell of lost redundancy as well as a name', async () => {
  const { db } = await openTestRecord()
  const labels = { redundancy: 'lost', datacenter: 'ams' }

  await sendInTurn(db, [aGroup([anAlert({ labels, startsAt: hoursAgo(2) })])])

  expect(await exposuresOf(db, 'checkout', morning)).toMatchObject([{ since: hoursAgo(2), until: null }])
})

/** Every order happens to an alert of its own, side by side on one record: one telling of each, then the next. */
async function liveThrough(orders: readonly (readonly number[])[]): Promise<{ db: Db }> {
  const { db } = await openTestRecord()
  for (const turn of orders[0]?.keys() ?? []) {
    await Promise.all(orders.map((order, number) => send(db, toldOf(`order${number}`, order[turn] ?? 0))))
    await ingestWaiting(db, morning)
  }
  return { db }
}

async function inOrder(): Promise<string> {
  const { db } = await openTestRecord()
  await sendInTurn(db, story)
  const [only] = (await standingByAlert(db)).values()
  return only ?? ''
}

function toldOf(fingerprint: string, place: number): string {
  return story[place]?.replaceAll('7d5a73ea08fb6d1c', fingerprint) ?? ''
}

// When it last changed is left out: an end that was inferred and one that was told are two events, both on the record.
async function standingByAlert(db: Db): Promise<Map<string, string>> {
  const byAlert = new Map<string, string>()
  for (const { id, recordedAt: _, changedAt: __, ...row } of await db.orm
    .select()
    .from(incidents)
    .orderBy(incidents.id)) {
    const [, fingerprint = '', ...startsAt] = id.split(':')
    byAlert.set(fingerprint, `${byAlert.get(fingerprint) ?? ''}${startsAt.join(':')} ${JSON.stringify(row)}\n`)
  }
  return byAlert
}

function permutations(of: readonly number[]): number[][] {
  if (of.length < 2) return [[...of]]
  return of.flatMap((one) => permutations(of.filter((other) => other !== one)).map((rest) => [one, ...rest]))
}
