import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Facts } from '../../src/record/shapes.ts'
import {
  anAction,
  anAgenda,
  anExposure,
  anIncident,
  anInput,
  aPlannedEvent,
  aProblem,
  aService,
  aSource,
  daysAgo,
  facts,
  hoursAgo,
  inHours,
  levelDays,
} from '../support/builders.ts'

const owned = { ownerId: 'lea@example.com' }
const promised = { ...owned, plan: 'repair the pair', eta: inHours(2) }
const carried = aPlannedEvent({ peakPercent: 40, valuePerMinute: null })

test.each<[string, Partial<Facts>, string, string]>([
  ['an exposure that climbed past the room', { exposures: [anExposure()] }, 'red', 'alone'],
  [
    'an exposure that cannot carry today',
    { exposures: [anExposure({ ...promised, peaks: [aPlannedEvent()] })] },
    'red',
    'alone',
  ],
  [
    'money at risk and unknown headroom',
    { exposures: [anExposure({ ...promised, peaks: [aPlannedEvent({ peakPercent: null })] })] },
    'red',
    'alone',
  ],
  [
    'a promised exposure with room to spare',
    { exposures: [anExposure({ ...promised, peaks: [carried] })] },
    'amber',
    'alone',
  ],
  ['a young exposure, at once', { exposures: [anExposure({ since: hoursAgo(0.1) })] }, 'amber', 'alone'],
  [
    'a young exposure nobody is sure of',
    { exposures: [anExposure({ since: hoursAgo(1), certain: false })] },
    'amber',
    'unproven',
  ],
  ['an exposure that is over', { exposures: [anExposure({ until: hoursAgo(1) })] }, 'green', 'quiet'],
  ['a sev1 open', { incidents: [anIncident({ ...owned, severity: 'sev1' })] }, 'red', 'grave incident open'],
  ['a sev2 open', { incidents: [anIncident({ ...owned, severity: 'sev2' })] }, 'red', 'grave incident open'],
  ['a sev1 that is over', { incidents: [anIncident({ severity: 'sev1', resolvedAt: hoursAgo(1) })] }, 'green', 'quiet'],
  ['a sev3 without an owner', { incidents: [anIncident()] }, 'amber', 'unowned'],
  ['a sev3 with one', { incidents: [anIncident(owned)] }, 'green', 'open'],
  [
    'an open incident of unknown severity',
    { incidents: [anIncident({ ...owned, severity: null })] },
    'amber',
    'severity unknown',
  ],
  ['a problem without an owner', { problems: [aProblem()] }, 'amber', 'unowned'],
  ['a problem with one', { problems: [aProblem(owned)] }, 'green', 'quiet'],
  [
    'a level off target',
    { services: [aService({ id: 'payments' })], serviceLevels: levelDays(30, () => ({ good: 1400 })) },
    'amber',
    'off target',
  ],
  ['a level on target', { services: [aService({ id: 'payments' })], serviceLevels: levelDays(30) }, 'green', 'quiet'],
  [
    'one bad day in a good month',
    {
      services: [aService({ id: 'payments' })],
      serviceLevels: levelDays(30, (ago) => ({ good: ago === 1 ? 1436 : 1440 })),
    },
    'green',
    'quiet',
  ],
  ['a target nobody measures', { services: [aService({ id: 'payments' })] }, 'amber', 'not measured'],
  ['an overdue action', { actions: [anAction({ dueAt: daysAgo(1) })] }, 'amber', 'overdue'],
  ['an action due today', { actions: [anAction({ dueAt: hoursAgo(2) })] }, 'green', 'quiet'],
  ['a silent source', { sources: [aSource({ silent: true })] }, 'amber', 'silent'],
  [
    'alerts never heard',
    { inputs: [anInput({ lastHeardAt: null, silent: true }), anInput({ class: 'customer' })] },
    'amber',
    'silent',
  ],
  [
    'customers who did not complain for a week',
    { inputs: [anInput(), anInput({ class: 'customer', silent: true })] },
    'green',
    'quiet',
  ],
  ['nothing ever heard', { inputs: [anInput({ lastHeardAt: null })] }, 'amber', 'never heard'],
  ['nothing at all', {}, 'green', 'quiet'],
])('%s', (_, given, level, kind) => {
  expect(anAgenda(given).verdict).toMatchObject({ level, reason: { kind } })
})

test('the most pressing is said first: an exposure before a sev1, a sev1 before what is merely amber', () => {
  const grave = anIncident({ severity: 'sev1', title: 'Checkout is down' })
  const amber = { actions: [anAction({ dueAt: daysAgo(1) })], sources: [aSource({ silent: true })] }

  expect(anAgenda({ ...amber, incidents: [grave], exposures: [anExposure()] }).verdict.reason.kind).toBe('alone')
  expect(anAgenda({ ...amber, incidents: [grave] }).verdict.reason).toMatchObject({
    title: 'Checkout is down',
    others: 0,
  })
  expect(anAgenda(amber).verdict.reason.kind).toBe('silent')
})

test('of two grave incidents the graver is named', () => {
  const incidents = [
    anIncident({ severity: 'sev2', title: 'slow', customerMinutes: 90 }),
    anIncident({ severity: 'sev1', title: 'down' }),
  ]

  expect(anAgenda({ incidents }).verdict.reason).toMatchObject({ title: 'down', severity: 'sev1', others: 1 })
})

test('whatever else is known, a morning on which a source is silent or nothing was heard is never green', () => {
  const pieces: Partial<Facts>[] = [
    { incidents: [anIncident(owned)] },
    { problems: [aProblem(owned)] },
    { serviceLevels: levelDays(30), services: [aService({ id: 'payments' })] },
    { actions: [anAction()] },
    { exposures: [anExposure({ until: hoursAgo(1) })] },
  ]
  const silences: Partial<Facts>[] = [
    { sources: [aSource({ name: 'nagios', silent: true })] },
    { inputs: facts().inputs.map((input) => ({ ...input, lastHeardAt: null, silent: true })) },
    { inputs: facts().inputs.map((input) => ({ ...input, silent: input.class === 'automated' })) },
    { inputs: [] },
  ]

  fc.assert(
    fc.property(fc.subarray(pieces), fc.constantFrom(...silences), (some, silence) => {
      expect(anAgenda(Object.assign({}, ...some, silence)).verdict.level).not.toBe('green')
    }),
  )
})
