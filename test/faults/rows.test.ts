import { expect, test } from 'vitest'
import { rows } from './rows.ts'

test('every fault of the plan is tried, and what could be had for nothing has its control', () => {
  const ids = rows.map(({ id }) => id)
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, n) => `${letter}${n + 1}`)

  expect([...numbered('D', 19), ...numbered('S', 9), ...numbered('L', 8)].filter((id) => !ids.includes(id))).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id, fault } of rows.filter(({ fault }) => fault.startsWith('control')))
    expect([id, fault]).toEqual([expect.stringMatching(/c$/), expect.stringMatching(/\(must .*\)$/)])
})
