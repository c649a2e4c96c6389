import { expect, test } from 'vitest'
import { customerMinutesOf, isNearMiss } from '../../src/measures/customer-minutes.ts'
import { adviceFor } from '../../src/measures/postmortem-advice.ts'
import { isRecurring, recurring } from '../../src/measures/recurrence.ts'
import type { Exposure, Service } from '../../src/record/shapes.ts'

const incident = { id: 'i1', service: 'checkout', symptom: 'timeouts', severity: null, customerMinutes: null }
const nothing = { alike: [], exposures: [], services: [] }

test('nothing known is no reason to learn', () => {
  expect(adviceFor(incident, nothing)).toEqual({ answer: 'no', rules: [] })
})

test.each([
  ['sev1', 'yes'],
  ['sev2', 'yes'],
  ['sev3', 'no'],
  ['sev4', 'no'],
] as const)('%s advises %s', (severity, answer) => {
  expect(adviceFor({ ...incident, severity }, nothing).answer).toBe(answer)
})

test.each([
  ['critical', 100],
  ['standard', 1_000],
  ['experiment', 10_000],
  [null, 1_000],
] as const)('a service of tier %s is worth it from %i customer-minutes on', (tier, threshold) => {
  const known = { ...nothing, services: [aService(tier)] }

  expect(adviceFor({ ...incident, customerMinutes: threshold }, known)).toEqual({
    answer: 'yes',
    rules: ['customer-minutes'],
  })
  expect(adviceFor({ ...incident, customerMinutes: threshold - 1 }, known).answer).toBe('no')
})

test.each([
  [2, 2, 'yes'],
  [1, 3, 'yes'],
  [1, 2, 'no'],
] as const)('%i alike in a week and %i in a month advise %s', (in7Days, in30Days, answer) => {
  const alike = [{ service: 'checkout', symptom: 'timeouts', in7Days, in30Days }]

  expect(adviceFor(incident, { ...nothing, alike }).answer).toBe(answer)
})

test('what struck another service or otherwise is not alike', () => {
  const alike = [
    { service: 'search', symptom: 'timeouts', in7Days: 9, in30Days: 9 },
    { service: 'checkout', symptom: 'disk full', in7Days: 9, in30Days: 9 },
  ]

  expect(adviceFor(incident, { ...nothing, alike }).answer).toBe('no')
})

test('an incident that left a service alone advises yes', () => {
  expect(adviceFor(incident, { ...nothing, exposures: [anExposure(['i1'])] })).toEqual({
    answer: 'yes',
    rules: ['exposure'],
  })
  expect(adviceFor(incident, { ...nothing, exposures: [anExposure(['i2'])] }).answer).toBe('no')
})

test('a near miss is named, and alone advises no', () => {
  const nearMiss = { ...incident, customerMinutes: 0 }

  expect(adviceFor(nearMiss, nothing)).toEqual({ answer: 'no', rules: ['near miss'] })
  expect(adviceFor({ ...nearMiss, severity: 'sev2' }, nothing)).toEqual({
    answer: 'yes',
    rules: ['severity', 'near miss'],
  })
})

test('customer-minutes that nobody told are unknown, not zero', () => {
  expect(customerMinutesOf([{ customerMinutes: 40 }, { customerMinutes: 0 }, { customerMinutes: null }])).toEqual({
    known: 40,
    unknown: 1,
  })
  expect([isNearMiss({ customerMinutes: 0 }), isNearMiss({ customerMinutes: null })]).toEqual([true, false])
})

test('the most frequent recurrence stands first, and what struck once is none', () => {
  const thrice = { service: 'a', symptom: 'x', in7Days: 0, in30Days: 3 }
  const twice = { service: 'b', symptom: 'y', in7Days: 2, in30Days: 2 }
  const once = { service: 'c', symptom: 'z', in7Days: 1, in30Days: 1 }

  expect(recurring([once, twice, thrice])).toEqual([thrice, twice])
  expect(isRecurring({ in7Days: 1, in30Days: 2 })).toBe(false)
})

function aService(tier: Service['tier']): Service {
  return { id: 'checkout', tier, objective: null, sitesRequired: null, team: null, needs: [] }
}

function anExposure(incidentIds: string[]): Exposure {
  const unsaid = { until: null, sites: [], ownerId: null, plan: null, eta: null, notes: [], peaks: [] }
  return {
    id: 'checkout@1',
    service: 'checkout',
    since: new Date('2026-11-21T18:48:00Z'),
    certain: true,
    incidentIds,
    ...unsaid,
  }
}
