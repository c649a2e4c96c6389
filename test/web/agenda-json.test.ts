import { expect, test } from 'vitest'
import { topics } from '../../src/agenda/shapes.ts'
import { agendaJson } from '../../src/web/agenda-json.ts'
import { anAgenda, anExposure, anIncident, aSource, hoursAgo, morning } from '../support/builders.ts'

test('the agenda as data has every part of the contract', () => {
  const told = agendaJson(anAgenda({ incidents: [anIncident({ id: 'slow' })], exposures: [anExposure()] }))

  expect(told).toMatchObject({
    asOf: morning.toISOString(),
    zone: 'Europe/Berlin',
    window: { from: '2026-11-20T08:02:00.000Z', to: morning.toISOString() },
    verdict: { level: 'red', reason: { kind: 'alone' } },
    sources: [{ name: 'alertmanager', class: 'automated', lastHeardAt: hoursAgo(1).toISOString(), silent: false }],
    counts: {
      incidents: { opened: 1, touched: 1, resolved: 0, open: 1, unowned: 1 },
      problems: { opened: 0, closed: 0, open: 0, unowned: 0 },
      exposures: { open: 1 },
      changes: { inWindow: 0 },
      complaints: { inWindow: 0 },
      actions: { open: 0, overdue: 0, unacknowledged: 0 },
      postmortems: { undecided: 0, toSchedule: 0, scheduled: 0 },
    },
  })
  expect(told.sections.map(({ topic }) => topic)).toEqual([...topics])
  expect(told.sections[3]).toMatchObject({
    items: [
      {
        subject: { kind: 'incident', id: 'slow' },
        title: 'Search answers slowly',
        reason: { kind: 'new', startedAt: hoursAgo(3).toISOString() },
        ownerId: null,
      },
    ],
    omitted: 0,
  })
})

test('it survives the wire unchanged, and every instant in it is UTC', () => {
  const told = agendaJson(
    anAgenda({ exposures: [anExposure()], sources: [aSource({ lastHeardAt: null, silent: true })] }),
  )
  const text = JSON.stringify(told)

  expect(JSON.parse(text)).toEqual(told)
  expect(text.match(/\d{4}-\d\d-\d\dT[^"]*/g)?.every((instant) => instant.endsWith('Z'))).toBe(true)
})

test('a class nobody ever told of stands among the inputs, not as a source', () => {
  const told = agendaJson(anAgenda({ sources: [] }))

  expect(told.sources).toEqual([])
  expect(told.inputs).toHaveLength(6)
})
