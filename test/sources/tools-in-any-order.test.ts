import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Db } from '../../src/record/db.ts'
import { countDeliveries } from '../../src/record/deliveries.ts'
import { changes, incidents, problems } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { send } from './an-alert.ts'
import { stories } from './stories.ts'

// All of them take minutes: npm run orders.
const orders = process.env.ORDERS === 'all' ? permutations([0, 1, 2, 3, 4, 5]) : someOrders(3)
const inOrder = [0, 1, 2, 3, 4, 5]

test(`six deliveries of each tool, in ${orders.length} orders, leave what they leave in order`, async () => {
  const { db } = await openTestRecord()
  await tell(db, [inOrder])
  await tell(db, orders, 1)

  const found = await standings(db)
  for (const [place, { name }] of stories.entries()) {
    const [reference, ...others] = [0, ...orders.map((_, number) => number + 1)].map((number) =>
      found.get(keyOf(place, number)),
    )
    expect(reference, name).toBeDefined()
    expect(new Set(others), name).toEqual(new Set([reference]))
  }
  expect(await countDeliveries(db)).toEqual({ waiting: 0, unreadable: 0 })
}, 900_000)

test('each delivery of each tool told five times over is told once', async () => {
  const { db } = await openTestRecord()
  await tell(db, [inOrder, inOrder.flatMap((place) => Array(5).fill(place))])

  const found = await standings(db)
  for (const [place, { name }] of stories.entries())
    expect(found.get(keyOf(place, 1)), name).toBe(found.get(keyOf(place, 0)))
}, 60_000)

test('the last delivery of a tool alone is over, and never an incident that stays open', async () => {
  const { db } = await openTestRecord()
  await tell(db, [[5]])

  const open = (await db.orm.select().from(incidents)).filter(({ endedAt }) => endedAt === null)
  const lasting = stories.findIndex(({ name }) => name.includes('dashboard')) // it tells no end at all
  expect(open.map(({ id }) => keyIn(id))).toEqual([keyOf(lasting, 0)])
})

/** Every order is of a thing of its own, for each tool; one telling of each, then the next. */
async function tell(db: Db, all: readonly (readonly number[])[], first = 0): Promise<void> {
  const longest = Math.max(...all.map((order) => order.length))
  for (let turn = 0; turn < longest; turn++) {
    const sent = stories.flatMap((story, place) =>
      all.flatMap((order, number) => {
        const body = story.tell(keyOf(place, first + number))[order[turn] ?? -1]
        return body ? [send(db, JSON.stringify(body), { source: story.source })] : []
      }),
    )
    await Promise.all(sent)
    await ingestWaiting(db, morning)
  }
}

function keyOf(story: number, number: number): string {
  return String(1_000_000 + story * 1_000 + number)
}

function keyIn(id: string): string {
  return /1\d{6}/.exec(id)?.[0] ?? id
}

/** By the thing that was told of. Ids of runs hold the instant that was heard first, and `changedAt` the last of all: left out. */
async function standings(db: Db): Promise<Map<string, string>> {
  const rows = [
    ...(await db.orm.select().from(incidents)),
    ...(await db.orm.select().from(problems)),
    ...(await db.orm.select().from(changes)),
  ]
  const byThing = new Map<string, string[]>()
  for (const { id, recordedAt: _, ...row } of rows) {
    const key = keyIn(id)
    const plain = JSON.stringify({ ...row, changedAt: undefined }).replaceAll(key, 'KEY')
    byThing.set(key, [...(byThing.get(key) ?? []), plain])
  }
  return new Map([...byThing].map(([key, lines]) => [key, lines.sort().join('\n')]))
}

function someOrders(count: number): number[][] {
  return fc.sample(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), { numRuns: count, seed: 5 })
}

function permutations(of: readonly number[]): number[][] {
  if (of.length < 2) return [[...of]]
  return of.flatMap((one) => permutations(of.filter((other) => other !== one)).map((rest) => [one, ...rest]))
}
