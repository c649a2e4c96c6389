import { expect, test } from 'vitest'
import { budgetLine } from '../../src/measures/budget-line.ts'
import { levelDays } from '../support/builders.ts'

test('the budget falls on a bad day and comes back when that day is thirty days ago', () => {
  const days = levelDays(40, (before) => ({ good: before === 38 ? 1400 : 1440 }))
  const line = budgetLine(days, 99.9)

  expect(line[1]).toBeCloseTo(43.2)
  expect(line[2]).toBeCloseTo(3.2)
  expect(line[31]).toBeCloseTo(3.2)
  expect(line[32]).toBeCloseTo(43.2)
})

test('without an objective, or where nothing was counted, there is no budget to tell of', () => {
  expect(budgetLine(levelDays(2), null)).toEqual([null, null])
  expect(
    budgetLine(
      levelDays(1, () => ({ good: 0, total: 0 })),
      99.9,
    ),
  ).toEqual([null])
})
