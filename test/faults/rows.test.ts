import { expect, test } from 'vitest'
import { drillDamaged } from './drills.ts'
import { rows } from './rows.ts'
import { lostUpdates } from './two-browsers.ts'

test('every fault of the plan is tried, and what could be had for nothing has its control', () => {
  const ids = rows.map(({ id }) => id)
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n + 1}`)

  expect([...numbered('D', 19), ...numbered('S', 9), ...numbered('L', 8)].filter((id) => !ids.includes(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, fault } of rows.filter(({ fault }) => fault.startsWith('control')))
    expect([id, fault]).toEqual([expect.stringMatching(/c$/), expect.stringMatching(/\(must .*\)$/)])
})

test('whoever decides after another is told of both; a browser that does not say what it saw overwrites', async () => {
  expect(await lostUpdates(2, false)).toMatchObject({ survived: 2, asMeant: true })
  expect(await lostUpdates(1, true)).toMatchObject({ survived: 0, asMeant: true })
})

test('a damaged backup is found by its drill, and told by house, agenda and digest', async () => {
  expect(await drillDamaged(1)).toMatchObject({ survived: 1, asMeant: true })
}, 30_000)
