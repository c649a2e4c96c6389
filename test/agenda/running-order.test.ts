import { expect, test } from 'vitest'
import type { Agenda, Topic } from '../../src/agenda/shapes.ts'
import {
  aChange,
  aComplaint,
  aForecast,
  anAction,
  anAgenda,
  anExposure,
  anIncident,
  aPlannedEvent,
  aProblem,
  daysAgo,
  hoursAgo,
  inHours,
  minutesAgo,
} from '../support/builders.ts'

test('the room hears of exposures, then of last time, then of what is new', () => {
  const order: Topic[] = [
    'exposures',
    'actions',
    'service-levels',
    'incidents',
    'still-open',
    'problems',
    'complaints',
    'changes',
    'postmortems',
    'sources',
  ]

  expect(anAgenda().sections.map(({ topic }) => topic)).toEqual(order)
  expect(anAgenda({ incidents: [anIncident()], exposures: [anExposure()] }).sections.map(({ topic }) => topic)).toEqual(
    order,
  )
})

test('incidents come gravest first, then open before over, then what hurt more', () => {
  const agenda = anAgenda({
    incidents: [
      anIncident({ id: 'least', severity: 'sev4' }),
      anIncident({ id: 'unknown', severity: null }),
      anIncident({ id: 'over', severity: 'sev2', resolvedAt: hoursAgo(1) }),
      anIncident({ id: 'hurt more', severity: 'sev3', customerMinutes: 900 }),
      anIncident({ id: 'hurt less', severity: 'sev3', customerMinutes: 30 }),
      anIncident({ id: 'open', severity: 'sev2' }),
      anIncident({ id: 'gravest', severity: 'sev1', resolvedAt: hoursAgo(2) }),
    ],
  })

  expect(idsOf(agenda, 'incidents')).toEqual(['gravest', 'open', 'over', 'hurt more', 'hurt less', 'unknown', 'least'])
})

test('actions come as they were promised: overdue, due today, not accepted, then what was done', () => {
  const agenda = anAgenda({
    actions: [
      anAction({ id: 'done', endedAt: hoursAgo(20) }),
      anAction({ id: 'undated', dueAt: null }),
      anAction({ id: 'not accepted', acknowledgedAt: null }),
      anAction({ id: 'today', dueAt: hoursAgo(8) }),
      anAction({ id: 'just overdue', dueAt: daysAgo(1) }),
      anAction({ id: 'long overdue', dueAt: daysAgo(9) }),
      anAction({ id: 'dropped', state: 'dropped', endedAt: hoursAgo(30) }),
    ],
  })

  expect(idsOf(agenda, 'actions')).toEqual([
    'long overdue',
    'just overdue',
    'today',
    'not accepted',
    'undated',
    'done',
    'dropped',
  ])
})

test('an accepted action that is due on a later day is heard once, after it was given', () => {
  const given = (openedAt: Date) => idsOf(anAgenda({ actions: [anAction({ id: 'later', openedAt })] }), 'actions')

  expect(given(hoursAgo(71))).toEqual(['later'])
  expect(given(daysAgo(5))).toEqual([])
})

test('a fix that did not hold comes before a fault that asks for a problem, and both before the rest', () => {
  const agenda = anAgenda({
    alike: [{ service: 'search', symptom: 'search answers slowly', in7Days: 2, in30Days: 2 }],
    incidents: [anIncident({ id: 'again' })],
    problems: [
      aProblem({ id: 'closed', closedAt: hoursAgo(5) }),
      aProblem({ id: 'under watch', fixedAt: daysAgo(1) }),
      aProblem({ id: 'open' }),
      aProblem({ id: 'back', fixedAt: daysAgo(8), state: 'open', news: [{ ...recurrence, at: hoursAgo(4) }] }),
    ],
  })

  expect(idsOf(agenda, 'problems')).toEqual(['back', 'again', 'open', 'under watch', 'closed'])
})

const recurrence = { kind: 'recurred', at: hoursAgo(4), value: '', by: '', late: false }

test('the customer is heard first, then colleagues, then forecasts, then plans', () => {
  const agenda = anAgenda({
    complaints: [
      aComplaint({ id: 'colleague', class: 'internal', count: 9 }),
      aComplaint({ id: 'explained', incidentId: 'incident', count: 90 }),
      aComplaint({ id: 'few', count: 2 }),
      aComplaint({ id: 'many', count: 31 }),
    ],
    forecasts: [aForecast({ id: 'later', dueAt: inHours(400) }), aForecast({ id: 'sooner', dueAt: inHours(40) })],
    plannedEvents: [aPlannedEvent({ id: 'sale' })],
  })

  expect(idsOf(agenda, 'complaints')).toEqual(['many', 'few', 'explained', 'colleague', 'sooner', 'later', 'sale'])
})

test('changes come newest first; one from before the window only when it is suspected', () => {
  const agenda = anAgenda({
    incidents: [anIncident({ id: 'slow', service: 'search', startedAt: hoursAgo(70) })],
    changes: [
      aChange({ id: 'before, suspected', service: 'search', at: hoursAgo(73) }),
      aChange({ id: 'before', service: 'payments', at: hoursAgo(73) }),
      aChange({ id: 'older', service: 'payments', at: hoursAgo(20) }),
      aChange({ id: 'newest', service: 'payments', at: minutesAgo(20) }),
    ],
  })

  expect(idsOf(agenda, 'changes')).toEqual(['newest', 'older', 'before, suspected'])
  expect(reasonsOf(agenda, 'changes')).toMatchObject([{ suspectOf: [] }, { suspectOf: [] }, { suspectOf: ['slow'] }])
})

test('on a day of many changes the suspects stay and the oldest others are held back', () => {
  const others = Array.from({ length: 60 }, (_, n) => aChange({ service: 'payments', at: minutesAgo(n) }))
  const agenda = anAgenda({
    incidents: [anIncident({ service: 'search' })],
    changes: [...others, aChange({ id: 'suspect', service: 'search', at: hoursAgo(5) })],
  })

  expect(section(agenda, 'changes').items).toHaveLength(40)
  expect(idsOf(agenda, 'changes').at(-1)).toBe('suspect')
  expect(section(agenda, 'changes')).toMatchObject({ omitted: 21 })
})

test('a hundred complaints do not fill the morning: the rest is held back and said', () => {
  const complaints = Array.from({ length: 100 }, () => aComplaint())

  expect(section(anAgenda({ complaints }), 'complaints')).toMatchObject({ omitted: 60 })
})

test('of problems alike in reason the one that caused most comes first', () => {
  const problems = [aProblem({ id: 'few', incidentCount: 1 }), aProblem({ id: 'many', incidentCount: 4 })]

  expect(idsOf(anAgenda({ problems }), 'problems')).toEqual(['many', 'few'])
})

test('postmortems advised yes are decided first, of those the gravest', () => {
  const agenda = anAgenda({
    alike: [{ service: 'payments', symptom: 'again', in7Days: 3, in30Days: 5 }],
    incidents: [
      anIncident({ id: 'advised no', severity: 'sev3', resolvedAt: hoursAgo(1) }),
      anIncident({ id: 'repeated', severity: 'sev4', service: 'payments', symptom: 'again', resolvedAt: hoursAgo(1) }),
      anIncident({ id: 'grave', severity: 'sev2', resolvedAt: hoursAgo(1), customerMinutes: 90 }),
      anIncident({ id: 'grave, open', severity: 'sev2' }),
      anIncident({ id: 'gravest, over', severity: 'sev1', resolvedAt: hoursAgo(1) }),
    ],
  })

  expect(idsOf(agenda, 'postmortems')).toEqual(['gravest, over', 'grave, open', 'grave', 'repeated', 'advised no'])
})

test('two incidents of one name are told apart by their service', () => {
  const agenda = anAgenda({
    incidents: [
      anIncident({ title: 'High error rate', service: 'search' }),
      anIncident({ title: 'High error rate', service: 'payments' }),
      anIncident({ title: 'Checkout is down', service: 'checkout' }),
    ],
  })

  expect(section(agenda, 'incidents').items.map(({ title }) => title)).toEqual(
    expect.arrayContaining(['search: High error rate', 'payments: High error rate', 'Checkout is down']),
  )
})

function section(agenda: Agenda, topic: Topic) {
  return agenda.sections.find((each) => each.topic === topic) ?? { items: [] }
}

function idsOf(agenda: Agenda, topic: Topic): string[] {
  return section(agenda, topic).items.map(({ subject }) => subject.id)
}

function reasonsOf(agenda: Agenda, topic: Topic) {
  return section(agenda, topic).items.map(({ reason }) => reason)
}
