import { expect, test } from 'vitest'
import { isUnowned } from '../../src/measures/ownership.ts'
import { riskiestFirst, riskOf } from '../../src/measures/risk.ts'

test('risk is severity times probability times inability to detect', () => {
  expect(riskOf({ severity: 9, probability: 4, inabilityToDetect: 7 })).toBe(252)
  expect(riskOf({ severity: 10, probability: 10, inabilityToDetect: 10 })).toBe(1_000)
})

test.each([
  { severity: null, probability: 4, inabilityToDetect: 7 },
  { severity: 0, probability: 4, inabilityToDetect: 7 },
  { severity: 9, probability: 11, inabilityToDetect: 7 },
  { severity: 9, probability: 4, inabilityToDetect: Number.NaN },
])('an unjudged factor or one off the scale leaves the risk unknown', (factors) => {
  expect(riskOf(factors)).toBeNull()
})

test('the riskiest comes first, ties by severity, the unjudged last', () => {
  const risks = [
    { severity: null, probability: 4, inabilityToDetect: 7 },
    { severity: 4, probability: 9, inabilityToDetect: 7 },
    { severity: 9, probability: 4, inabilityToDetect: 7 },
    { severity: 10, probability: 10, inabilityToDetect: 10 },
  ]

  expect(risks.toSorted(riskiestFirst).map(({ severity }) => severity)).toEqual([10, 9, 4, null])
})

test('what has no owner, or one who left, is unowned', () => {
  const leavers = new Set(['ana@muster.example'])

  expect([isUnowned(null), isUnowned(' '), isUnowned('Ana@muster.example', leavers)]).toEqual([true, true, true])
  expect([isUnowned('network team'), isUnowned('bo@muster.example', leavers)]).toEqual([false, false])
})
