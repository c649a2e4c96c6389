import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Db } from '../../src/record/db.ts'
import { countDeliveries, listDeliveries } from '../../src/record/deliveries.ts'
import { changes, incidents, problems } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { send } from './an-alert.ts'
import type { Story } from './stories/story.ts'
import { stories } from './stories.ts'

const everyOrder = process.env.ORDERS === 'all'
const orders = everyOrder ? permutations([0, 1, 2, 3, 4, 5]) : someOrders(10)
const byName = stories.map((story) => [story.name, story] as const)

test.each(byName)(
  '%s: six deliveries in any order leave the same, and nothing unread',
  async (_, story) => {
    const { db } = await openTestRecord()
    for (const turn of [0, 1, 2, 3, 4, 5]) {
      await Promise.all(orders.map((order, number) => tell(db, story, number, order[turn] ?? 0)))
      await ingestWaiting(db, morning)
    }
    const inOrder = await standing((await told(story, [0, 1, 2, 3, 4, 5])).db)

    const found = await standing(db)
    expect([...inOrder.values()].join('')).not.toBe('')
    expect(new Set(found.values())).toEqual(new Set(inOrder.values()))
    expect(found.size).toBe(orders.length)
    expect(await countDeliveries(db)).toEqual({ waiting: 0, unreadable: 0 })
  },
  300_000,
)

test.each(byName)('%s: told five times over, it is told once', async (_, story) => {
  const once = await told(story, [0, 1, 2, 3, 4, 5])
  const often = await told(
    story,
    [0, 1, 2, 3, 4, 5].flatMap((place) => Array(5).fill(place)),
  )

  expect(await standing(often.db)).toEqual(await standing(once.db))
})

test.each(byName)('%s: the last delivery alone is over, or it is nothing', async (_, story) => {
  const { db } = await told(story, [5])

  const open = (await db.orm.select().from(incidents)).filter(({ endedAt }) => endedAt === null)
  expect(open.filter(() => !story.name.includes('dashboard'))).toEqual([])
  expect(await listDeliveries(db, { unreadable: true, limit: 9 })).toEqual([])
})

async function told(story: Story, places: readonly number[]): Promise<{ db: Db }> {
  const { db } = await openTestRecord()
  for (const place of places) {
    await tell(db, story, 0, place)
    await ingestWaiting(db, morning)
  }
  return { db }
}

function tell(db: Db, story: Story, number: number, place: number): Promise<string> {
  return send(db, JSON.stringify(story.tell(keyOf(number))[place]), { source: story.source })
}

function keyOf(number: number): string {
  return String(1_000_000 + number)
}

/** By the thing that was told of. Ids of runs hold the instant that was heard first, and `changedAt` the last of all: left out. */
async function standing(db: Db): Promise<Map<string, string>> {
  const rows = [
    ...(await db.orm.select().from(incidents)),
    ...(await db.orm.select().from(problems)),
    ...(await db.orm.select().from(changes)),
  ]
  const byThing = new Map<string, string[]>()
  for (const { id, recordedAt: _, ...row } of rows) {
    const key = /1\d{6}/.exec(id)?.[0] ?? 'none'
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
