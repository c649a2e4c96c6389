import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openRecord } from '../../src/record/db.ts'
import { countDeliveries } from '../../src/record/deliveries.ts'
import { incidentEvents, incidents } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { type Program, runScript } from '../faults/kills.ts'
import { daysAgo, morning } from '../support/morning.ts'
import { aFolder } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'

test('killed between keeping and reading: every acknowledged delivery becomes its incident, once', async () => {
  const folder = await aFolder()
  const acknowledged = await acknowledgedUntilKilled(folder, { round: 0, mode: 'keeping' })

  const db = await openRecord(settingsIn(folder), { now: daysAgo(31), onFatal: console.error })
  expect(await db.orm.select().from(incidents)).toEqual([])
  await ingestWaiting(db, morning)
  const told = await db.orm.select().from(incidentEvents)
  await db.close()

  expect(acknowledged.length).toBeGreaterThan(3)
  expect(lostOf(acknowledged, told)).toEqual([])
  expect(new Set(told.map(({ incidentId }) => incidentId)).size).toBe(told.length)
})

test('killed while reading, again and again: nothing lost, nothing doubled, nobody left waiting', async () => {
  const folder = await aFolder()
  const acknowledged: string[] = []
  for (let round = 1; round <= 6; round++)
    acknowledged.push(...(await acknowledgedUntilKilled(folder, { round, mode: 'ingesting' })))

  const db = await openRecord(settingsIn(folder), { now: daysAgo(31), onFatal: console.error })
  await ingestWaiting(db, morning)
  const told = await db.orm.select().from(incidentEvents)
  const standing = await db.orm.select().from(incidents)
  const counts = await countDeliveries(db)
  await db.close()

  expect(lostOf(acknowledged, told)).toEqual([])
  expect(told.every(({ kind }) => kind === 'told')).toBe(true)
  expect(standing.length).toBe(told.length)
  expect(counts).toEqual({ waiting: 0, unreadable: 0 })
})

async function acknowledgedUntilKilled(
  folder: string,
  { round, mode }: { round: number; mode: 'keeping' | 'ingesting' },
): Promise<string[]> {
  const keeper = await runScript('../sources/keeper.ts', [folder, String(round), mode])
  const heard = listen(keeper)
  await once(keeper.stdout, 'data')
  await pause(100 + 40 * round)
  keeper.kill('SIGKILL')
  await once(keeper, 'close')
  return heard.join('').split('\n').slice(0, -1)
}

function listen(keeper: Program): string[] {
  const heard: string[] = []
  keeper.stdout.setEncoding('utf8').on('data', (text: string) => heard.push(text))
  return heard
}

function lostOf(acknowledged: readonly string[], told: readonly { incidentId: string }[]): string[] {
  const there = new Set(told.map(({ incidentId }) => incidentId.split(':')[1]))
  return acknowledged.filter((fingerprint) => !there.has(fingerprint))
}
