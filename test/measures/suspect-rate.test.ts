import { expect, test } from 'vitest'
import { suspectRate } from '../../src/measures/suspect-rate.ts'

test('scores the suspect against what the room found, 25 of 41', () => {
  const verdicts = Array.from({ length: 41 }, (_, n) => ({
    suspectId: `c${n}`,
    causeId: n < 25 ? `c${n}` : n % 2 ? 'other' : null,
  }))

  expect(suspectRate(verdicts)).toEqual({ hits: 25, verdicts: 41 })
})

test('an incident without a suspect scores nothing: nothing was guessed', () => {
  expect(suspectRate([{ suspectId: null, causeId: 'c1' }])).toEqual({ hits: 0, verdicts: 0 })
})
