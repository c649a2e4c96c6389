import { describe, expect, test } from 'vitest'
import { redundancy, remainingCapacity, thinAfterLoss } from '../../src/measures/exposure.ts'
import type { SiteStanding } from '../../src/record/shapes.ts'

const since = new Date('2026-11-21T18:48:00+01:00')

// Lanes are sites too (S18): the same rules, told by lane.
describe.each([
  ['sites', 'fra', 'ams'],
  ['lanes', 'lane-a', 'lane-b'],
])('redundancy of %s', (_, one, other) => {
  test('counts those that could each carry the whole peak', () => {
    expect(redundancy([aSite(one, 'serving', 100), aSite(other, 'able', 90)], 85)).toBe(2)
    expect(redundancy([aSite(one, 'serving', 100), aSite(other, 'able', 80)], 85)).toBe(1)
    expect(redundancy([aSite(one, 'serving', 100), aSite(other, 'unable', 100)], 85)).toBe(1)
    expect(redundancy([aSite(one, 'serving', 100), aSite(other, 'unknown', 100)], 85)).toBe(1)
    expect(redundancy([aSite(one, 'serving', 100), aSite(other, 'draining', 100)], null)).toBe(1)
    expect(redundancy([aSite(one, 'serving', null), aSite(other, 'able', 100)], null)).toBe(2)
    expect(redundancy([aSite(one, 'serving', null), aSite(other, 'able', 100)], 85)).toBeNull()
  })

  test('is thin when losing the largest leaves less than the peak', () => {
    expect(thinAfterLoss([aSite(one, 'serving', 100), aSite(other, 'serving', 60)], 85)).toBe(60)
    expect(thinAfterLoss([aSite(one, 'serving', 100), aSite(other, 'serving', 85)], 85)).toBeNull()
    expect(thinAfterLoss([aSite(one, 'serving', 100), aSite(other, 'serving', null)], 85)).toBeNull()
    expect(thinAfterLoss([aSite(one, 'serving', 100)], null)).toBeNull()
    expect(thinAfterLoss([], 85)).toBeNull()
  })

  test('leaves the capacity of those that serve or are able', () => {
    expect(remainingCapacity([aSite(one, 'serving', 60), aSite(other, 'able', 30)])).toBe(90)
    expect(remainingCapacity([aSite(one, 'unable', 60), aSite(other, 'draining', 30)])).toBe(0)
    expect(remainingCapacity([aSite(one, 'unable', 60), aSite(other, 'unknown', 30)])).toBeNull()
    expect(remainingCapacity([])).toBeNull()
  })
})

function aSite(site: string, state: SiteStanding['state'], capacityPercent: number | null): SiteStanding {
  return { site, state, since, capacityPercent }
}
