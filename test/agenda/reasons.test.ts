import { expect, test } from 'vitest'
import type { Reason, Topic } from '../../src/agenda/shapes.ts'
import type { Facts } from '../../src/record/shapes.ts'
import {
  anAgenda,
  anExposure,
  anIncident,
  aPlannedEvent,
  aProblem,
  aService,
  aSite,
  aSource,
  daysAgo,
  hoursAgo,
  inHours,
  levelDays,
  minutesAgo,
} from '../support/builders.ts'

test('an exposure says how long, on what, with how much to spare and what is missing', () => {
  const peak = aPlannedEvent({ title: 'Flash sale', peakPercent: 85, valuePerMinute: 8000, currency: 'EUR' })

  expect(reasonsOf('exposures', { exposures: [anExposure({ peaks: [peak] })] })).toMatchObject([
    {
      kind: 'alone',
      sites: ['fra'],
      escalation: 'director',
      headroomPoints: -25,
      peak: { title: 'Flash sale' },
      valueAtRiskPerMinute: 8000,
      missing: ['owner', 'plan', 'eta'],
    },
  ])
})

test('what is short today comes before what is only longer alone, and what is over comes last', () => {
  const short = anExposure({ service: 'short', since: hoursAgo(2), peaks: [aPlannedEvent({ peakPercent: 85 })] })
  const long = anExposure({ service: 'long', since: hoursAgo(90) })
  const unproven = anExposure({
    service: 'unproven',
    since: hoursAgo(99),
    certain: false,
    sites: [aSite({ site: 'fra' }), aSite({ site: 'ams', state: 'unknown' })],
  })
  const over = anExposure({ service: 'over', until: hoursAgo(3) })

  expect(reasonsOf('exposures', { exposures: [over, unproven, long, short] })).toMatchObject([
    { kind: 'alone', service: 'short' },
    { kind: 'alone', service: 'long' },
    { kind: 'unproven', service: 'unproven', silentSites: ['ams'] },
    { kind: 'redundant again', service: 'over' },
  ])
})

test('a later peak that what is left cannot carry is told while there is time', () => {
  const friday = aPlannedEvent({
    id: 'friday',
    title: 'Black Friday',
    from: inHours(96),
    to: inHours(110),
    peakPercent: 90,
  })
  const small = aPlannedEvent({ id: 'small', from: inHours(50), to: inHours(51), peakPercent: 60 })

  expect(reasonsOf('exposures', { exposures: [anExposure()], plannedEvents: [friday, small] })).toMatchObject([
    { kind: 'alone' },
    { kind: 'thin', plannedEventId: 'friday', peakPercent: 90, remainingPercent: 60 },
  ])
})

test('a level is off target by the month, burning by the week, and not measured by yesterday', () => {
  const services = ['worst', 'missed', 'burning', 'blind', 'fine'].map((id) =>
    aService({ id, objective: id === 'blind' ? null : 99.9 }),
  )
  const serviceLevels = [
    ...levelDays(30, () => ({ service: 'worst', good: 1300 })),
    ...levelDays(30, () => ({ service: 'missed', good: 1430, unknown: 2 })),
    ...levelDays(30, (daysBefore) => ({ service: 'burning', good: daysBefore <= 7 ? 1435 : 1440 })),
    ...levelDays(30, () => ({ service: 'blind' })).slice(0, -1),
    ...levelDays(30, () => ({ service: 'fine' })),
  ]

  expect(reasonsOf('service-levels', { services, serviceLevels })).toMatchObject([
    { kind: 'off target', service: 'worst', days: 30 },
    { kind: 'off target', service: 'missed', days: 30, unknownMinutes: 60 },
    { kind: 'burning', service: 'burning' },
    { kind: 'not measured', service: 'blind', lastDay: '2026-11-21' },
  ])
})

test('a service with a target that nobody measures is told', () => {
  expect(reasonsOf('service-levels', { services: [aService({ id: 'search' })] })).toMatchObject([
    { kind: 'not measured', service: 'search', lastDay: null },
  ])
})

test('a recurring fault is a candidate until its incidents belong to a problem', () => {
  const slow = { service: 'search', symptom: 'search answers slowly' }
  const alike = [{ ...slow, in7Days: 2, in30Days: 3 }]

  expect(kinds('problems', { alike, incidents: [anIncident()] })).toEqual(['recurring'])
  expect(kinds('problems', { alike, incidents: [anIncident({ problemIds: ['merge stalls'] })] })).toEqual([])
  expect(kinds('problems', { alike: [{ ...slow, in7Days: 1, in30Days: 2 }], incidents: [anIncident()] })).toEqual([])
})

test('a problem stays on the agenda when all its incidents are over', () => {
  const incidents = [1, 2, 3, 4].map((hours) =>
    anIncident({ resolvedAt: hoursAgo(hours), startedAt: hoursAgo(hours + 1) }),
  )

  expect(reasonsOf('problems', { incidents, problems: [aProblem({ incidentCount: 4 })] })).toMatchObject([
    { kind: 'causes incidents', incidentCount: 4 },
  ])
})

test('a postmortem is to decide once an incident is over, and at once when it is grave', () => {
  const incidents = [
    anIncident({ id: 'over', severity: 'sev4', resolvedAt: hoursAgo(1) }),
    anIncident({ id: 'grave', severity: 'sev1' }),
    anIncident({ id: 'small', severity: 'sev3' }),
    anIncident({ id: 'no', severity: 'sev1', resolvedAt: hoursAgo(1), postmortem: 'no', postmortemAt: hoursAgo(1) }),
    anIncident({ id: 'later', resolvedAt: hoursAgo(1), postmortem: 'later', postmortemAt: hoursAgo(1) }),
    anIncident({ id: 'yes', resolvedAt: hoursAgo(1), postmortem: 'yes', postmortemAt: hoursAgo(1) }),
    anIncident({ id: 'dated', postmortem: 'yes', postmortemAt: hoursAgo(1), postmortemFor: inHours(30) }),
    anIncident({ id: 'held', postmortem: 'yes', postmortemAt: daysAgo(3), postmortemFor: daysAgo(1) }),
  ]
  const agenda = anAgenda({ incidents })
  const told = agenda.sections.find(({ topic }) => topic === 'postmortems')?.items ?? []

  expect(told.map(({ subject, reason }) => `${subject.id}: ${reason.kind}`)).toEqual([
    'grave: to decide',
    'over: to decide',
    'later: put off',
    'yes: to schedule',
    'dated: scheduled',
  ])
  expect(agenda.counts.postmortems).toEqual({ undecided: 3, toSchedule: 1, scheduled: 1 })
})

test('silence, what we could not read and corrected figures are told by name', () => {
  const agenda = anAgenda({
    sources: [aSource({ name: 'nagios', silent: true, lastHeardAt: daysAgo(6) }), aSource()],
    deliveries: { waiting: 0, unreadable: 2 },
    corrections: [
      {
        meetingId: '2026-11-20',
        number: 1,
        recordedAt: minutesAgo(90),
        subjectKind: 'incident',
        subjectId: 'x',
        figure: 'incidents.opened',
        was: 2,
        is: 3,
      },
    ],
  })

  expect(agenda.sections.at(-1)?.items.map(({ title, reason }) => `${title}: ${reason.kind}`)).toEqual([
    'nagios: silent',
    'deliveries: unreadable deliveries',
    '2026-11-20: correction',
  ])
})

function reasonsOf(topic: Topic, given: Partial<Facts>): Reason[] {
  return (anAgenda(given).sections.find((section) => section.topic === topic)?.items ?? []).map(({ reason }) => reason)
}

function kinds(topic: Topic, given: Partial<Facts>): string[] {
  return reasonsOf(topic, given).map(({ kind }) => kind)
}
