import { expect, test } from 'vitest'
import { killWhileClosing } from './close-kills.ts'

test('whenever a close is killed, all four outputs and the snapshot are there, or none', async () => {
  const toll = await killWhileClosing({ kills: Number(process.env.KILLS ?? 5), way: 'whole' })

  expect(toll).toMatchObject({ acknowledgedAndLost: 0, halves: [] })
  expect(toll.closed).toBeGreaterThan(0)
}, 120_000)

test('written one by one, the same kills leave halves behind', async () => {
  // Where a kill falls is chance: a few rounds, until one fell between two halves.
  const halves: unknown[] = []
  for (let round = 0; round < 10 && halves.length === 0; round++)
    halves.push(...(await killWhileClosing({ kills: 3, way: 'halves' })).halves)

  expect(halves).not.toEqual([])
}, 120_000)
