import { expect, test } from 'vitest'
import type { Reason, Topic } from '../../src/agenda/shapes.ts'
import type { Facts } from '../../src/record/shapes.ts'
import { aChange, anAgenda, anIncident, daysAgo, hoursAgo, sinceFriday, someNews } from '../support/builders.ts'

test('an incident that began since we last met is new, with its suspect', () => {
  const deploy = aChange({ id: 'deploy', at: hoursAgo(4), service: 'search' })
  const reasons = reasonsOf('incidents', { incidents: [anIncident({ service: 'search' })], changes: [deploy] })

  expect(reasons).toMatchObject([{ kind: 'new', suspectId: 'deploy', suspect: { what: deploy.what, at: deploy.at } }])
})

test('one that began and ended since is restored, and so is an old one that ended', () => {
  const old = anIncident({ startedAt: daysAgo(9), resolvedAt: hoursAgo(2) })
  const short = anIncident({ startedAt: hoursAgo(3), resolvedAt: hoursAgo(2) })

  expect(kinds('incidents', { incidents: [old, short] })).toEqual(['restored', 'restored'])
})

test('an event at the cut-off itself belongs to this morning, one at the last cut-off to the last', () => {
  const { from, to } = sinceFriday

  expect(kinds('incidents', { incidents: [anIncident({ startedAt: to })] })).toEqual(['new'])
  expect(kinds('still-open', { incidents: [anIncident({ startedAt: from, news: [] })] })).toEqual(['still open'])
})

test('one that was open already and came back is reopened; one that was only worked on has moved', () => {
  const reopened = anIncident({
    startedAt: daysAgo(5),
    severity: 'sev2',
    news: [someNews({ kind: 'reopened', at: hoursAgo(6) }), someNews({ kind: 'note', at: hoursAgo(5) })],
  })
  const moved = anIncident({ startedAt: daysAgo(5), news: [someNews({ kind: 'assigned', at: hoursAgo(7) })] })

  expect(reasonsOf('incidents', { incidents: [reopened, moved] })).toMatchObject([
    { kind: 'reopened', at: hoursAgo(6) },
    { kind: 'moved', what: 'assigned', at: hoursAgo(7) },
  ])
})

test('one we heard of too late names the day it belongs to', () => {
  const startedAt = daysAgo(4)
  const late = anIncident({
    startedAt,
    recordedAt: hoursAgo(9),
    news: [someNews({ at: startedAt, late: true })],
  })

  expect(reasonsOf('incidents', { incidents: [late] })).toMatchObject([{ kind: 'late', belongsTo: '2026-11-19' }])
})

test('an untouched incident from before is still open, not new', () => {
  const facts = { incidents: [anIncident({ startedAt: daysAgo(20), ownerId: null, news: [] })] }

  expect(kinds('incidents', facts)).toEqual([])
  expect(reasonsOf('still-open', facts)).toMatchObject([{ kind: 'still open', since: daysAgo(20), unowned: true }])
})

function reasonsOf(topic: Topic, given: Partial<Facts>): Reason[] {
  return (anAgenda(given).sections.find((section) => section.topic === topic)?.items ?? []).map(({ reason }) => reason)
}

function kinds(topic: Topic, given: Partial<Facts>): string[] {
  return reasonsOf(topic, given).map(({ kind }) => kind)
}
