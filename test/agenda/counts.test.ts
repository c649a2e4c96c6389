import { expect, test } from 'vitest'
import {
  aChange,
  aComplaint,
  anAction,
  anAgenda,
  anExposure,
  anIncident,
  aProblem,
  daysAgo,
  hoursAgo,
  sinceFriday,
  someNews,
} from '../support/builders.ts'

test('opened, touched and resolved are of the window; open and unowned are of the instant', () => {
  const { counts } = anAgenda({
    incidents: [
      anIncident({ ownerId: 'lea@example.com' }),
      anIncident({ resolvedAt: hoursAgo(1) }),
      anIncident({ startedAt: daysAgo(9), resolvedAt: hoursAgo(1) }),
      anIncident({ startedAt: daysAgo(9), news: [someNews({ kind: 'note', at: hoursAgo(5) })] }),
      anIncident({ startedAt: daysAgo(9), news: [] }),
    ],
  })

  expect(counts.incidents).toEqual({
    opened: 2,
    touched: 4,
    resolved: 2,
    open: 3,
    unowned: 2,
    nearMisses: 0,
    late: 0,
  })
})

test('what was resolved and is open again was not resolved', () => {
  const resolvedAt = hoursAgo(5)

  expect(
    anAgenda({ incidents: [anIncident({ resolvedAt, endedAt: null, state: 'open' })] }).counts.incidents,
  ).toMatchObject({
    resolved: 0,
    open: 1,
  })
})

test('what was closed without being resolved was not resolved', () => {
  expect(anAgenda({ incidents: [anIncident({ closedAt: hoursAgo(2) })] }).counts.incidents).toMatchObject({
    resolved: 0,
    open: 0,
  })
})

test('what began in the window was touched in it, whether or not anything more was told', () => {
  expect(anAgenda({ incidents: [anIncident({ news: [] })] }).counts.incidents).toMatchObject({ opened: 1, touched: 1 })
})

test('a late incident is counted as late and never as opened', () => {
  const startedAt = daysAgo(5)
  const late = anIncident({ startedAt, recordedAt: hoursAgo(3), news: [someNews({ at: startedAt, late: true })] })

  expect(anAgenda({ incidents: [late] }).counts.incidents).toMatchObject({ opened: 0, late: 1, touched: 0 })
})

test('a near miss hurt nobody for certain: one that has not said is none', () => {
  const incidents = [anIncident({ customerMinutes: 0 }), anIncident({ customerMinutes: null })]

  expect(anAgenda({ incidents }).counts.incidents).toMatchObject({ opened: 2, nearMisses: 1 })
})

test('the window begins after the last cut-off and ends with this one', () => {
  const { from, to } = sinceFriday
  const changes = [aChange({ at: from }), aChange({ at: to }), aChange({ at: hoursAgo(2), late: false })]
  const complaints = [aComplaint({ at: from }), aComplaint({ at: to })]

  expect(anAgenda({ changes, complaints }).counts).toMatchObject({
    changes: { inWindow: 2 },
    complaints: { inWindow: 1 },
  })
})

test('problems, exposures and actions are counted as they stand', () => {
  const { counts } = anAgenda({
    problems: [aProblem(), aProblem({ openedAt: hoursAgo(3), ownerId: 'x' }), aProblem({ closedAt: hoursAgo(2) })],
    exposures: [anExposure(), anExposure({ until: hoursAgo(1) })],
    actions: [
      anAction({ dueAt: daysAgo(2) }),
      anAction({ acknowledgedAt: null }),
      anAction({ endedAt: hoursAgo(3), acknowledgedAt: null, dueAt: daysAgo(3) }),
    ],
  })

  expect(counts.problems).toEqual({ opened: 1, closed: 1, open: 2, unowned: 1 })
  expect(counts.exposures).toEqual({ open: 1 })
  expect(counts.actions).toEqual({ open: 2, overdue: 1, unacknowledged: 1 })
})
