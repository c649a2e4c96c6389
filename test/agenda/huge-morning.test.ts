import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Agenda, Section } from '../../src/agenda/shapes.ts'
import { aMinute } from '../../src/calendar.ts'
import { severities } from '../../src/record/schema.ts'
import type { Incident } from '../../src/record/shapes.ts'
import { anAgenda, anIncident, hoursAgo, morning, sinceFriday, someNews } from '../support/builders.ts'

const aStorm = Array.from({ length: 1800 }, (_, n) => stormy(n))

test('a morning with 1,800 new incidents fits on the wall, and its counts are exact', () => {
  const agenda = anAgenda({ incidents: aStorm })
  const incidents = sectionOf(agenda, 'incidents')

  expect(incidents.items.length).toBeLessThanOrEqual(40)
  expect(told(incidents)).toBe(1800)
  expect(agenda.counts.incidents).toMatchObject({
    opened: 1800,
    touched: 1800,
    resolved: 450,
    open: 1350,
    unowned: 1350,
  })
  expect(agenda.sections.every(({ items }) => items.length <= 40)).toBe(true)
  expect(told(sectionOf(agenda, 'postmortems'))).toBe(agenda.counts.postmortems.undecided)
})

test('the gravest stands on top, alone although alarms rain', () => {
  const gravest = anIncident({ id: 'gravest', severity: 'sev1', title: 'Nobody can pay', service: 'payments' })
  const { items } = sectionOf(anAgenda({ incidents: [...aStorm, gravest] }), 'incidents')

  expect(items[0]).toMatchObject({ subject: { id: 'gravest' }, reason: { kind: 'new' } })
  expect(items[1]?.reason).toMatchObject({ kind: 'alike', severity: 'sev2' })
})

test('of two companies the one with somebody still in trouble comes first', () => {
  const over = Array.from({ length: 30 }, () => anIncident({ title: 'over', symptom: 'over', resolvedAt: hoursAgo(1) }))
  const open = over
    .slice(0, 28)
    .map((incident) => ({ ...incident, id: `${incident.id} again`, title: 'open', symptom: 'open' }))
  const stuck = anIncident({ title: 'open', symptom: 'open', customerMinutes: 1 })
  const { items } = sectionOf(anAgenda({ incidents: [...over, ...open, stuck] }), 'incidents')

  expect(items.map(({ title, reason }) => [title, reason.kind])).toEqual([
    ['search: open', 'alike'],
    ['search: over', 'alike'],
  ])
})

test('a shared title keeps what tells one company from another', () => {
  const company = Array.from({ length: 50 }, (_, n) =>
    anIncident({ title: `Node 7: shard ${n}, replica ${n + 100} lost`, symptom: 'node #: shard #, replica # lost' }),
  )
  const worded = company.map((one, n) => ({
    ...one,
    title: n % 2 ? 'Queue "a b" stuck' : 'Queue "c" stuck',
    symptom: 'q',
  }))

  expect(sectionOf(anAgenda({ incidents: company }), 'incidents').items[0]?.title).toBe(
    'search: Node 7: shard …, replica … lost',
  )
  expect(sectionOf(anAgenda({ incidents: worded }), 'incidents').items[0]?.title).toBe('search: Queue … stuck')
})

test('a sev1 is never lost in a company of lesser ones', () => {
  const company = Array.from({ length: 50 }, () => anIncident({ symptom: 'down', severity: 'sev3' }))
  const grave = anIncident({ id: 'grave', symptom: 'down', severity: 'sev1' })

  expect(sectionOf(anAgenda({ incidents: [...company, grave] }), 'incidents').items).toMatchObject([
    { subject: { id: 'grave' }, reason: { kind: 'new', severity: 'sev1' } },
    { reason: { kind: 'alike', severity: 'sev3', count: 50 } },
  ])
})

test('the gravest of a company speaks for it', () => {
  const company = Array.from({ length: 50 }, (_, n) =>
    anIncident({ symptom: 'down', severity: n === 31 ? 'sev3' : 'sev4' }),
  )

  expect(sectionOf(anAgenda({ incidents: company }), 'incidents').items[0]).toMatchObject({
    subject: { id: company[31]?.id },
    reason: { kind: 'alike', severity: 'sev3', count: 50 },
  })
})

test('those of one service and symptom are told as one, with what their titles share', () => {
  const disks = Array.from({ length: 60 }, (_, n) =>
    anIncident({
      title: `Disk full on db-${n}`,
      symptom: 'disk full on db-#',
      service: 'accounts',
      ownerId: 'lea@example.com',
      customerMinutes: 2,
    }),
  )

  expect(sectionOf(anAgenda({ incidents: disks }), 'incidents').items).toMatchObject([
    {
      title: 'accounts: Disk full on db-…',
      ownerId: 'lea@example.com',
      reason: { kind: 'alike', count: 60, openCount: 60, customerMinutes: 120 },
    },
  ])
})

test('while they fit, each stands for itself, alike or not', () => {
  const incidents = aStorm.slice(0, 40)

  expect(sectionOf(anAgenda({ incidents }), 'incidents').items.map(({ reason }) => reason.kind)).not.toContain('alike')
})

test('shown, grouped and omitted are together every incident of the section, whatever the morning', () => {
  const incidents = fc.array(anyIncident(), { maxLength: 220, size: 'max' })

  fc.assert(
    fc.property(incidents, (given) => {
      const agenda = anAgenda({ incidents: given })
      const started = given.filter(({ startedAt }) => startedAt > sinceFriday.from)
      const open = given.filter(({ endedAt }) => endedAt === null)

      expect(told(sectionOf(agenda, 'incidents'))).toBe(given.filter(({ news }) => news.length > 0).length)
      expect(told(sectionOf(agenda, 'still-open'))).toBe(open.filter(({ news }) => news.length === 0).length)
      expect(agenda.counts.incidents).toMatchObject({ opened: started.length, open: open.length })
    }),
    { numRuns: 60 },
  )
})

function stormy(n: number): Incident {
  const startedAt = new Date(morning.getTime() - (n % 120) * aMinute)
  return anIncident({
    id: `storm-${n}`,
    title: `Alarm ${n % 50} on host ${n}`,
    symptom: `alarm ${n % 50} on host #`,
    service: ['search', 'payments', 'accounts'][n % 3] ?? null,
    severity: severities[1 + (n % 3)] ?? null,
    startedAt,
    resolvedAt: n % 4 === 0 ? morning : null,
  })
}

function anyIncident(): fc.Arbitrary<Incident> {
  const drawn = {
    symptom: fc.constantFrom('slow', 'down', 'full', 'lost'),
    service: fc.constantFrom('search', 'payments', null),
    severity: fc.constantFrom(...severities, null),
    hours: fc.integer({ min: 0, max: 200 }),
    isOver: fc.boolean(),
    isTouched: fc.boolean(),
  }
  return fc.record(drawn).map(({ hours, isOver, isTouched, ...columns }) => {
    const startedAt = hoursAgo(hours)
    const incident = anIncident({
      ...columns,
      title: columns.symptom,
      startedAt,
      resolvedAt: isOver ? hoursAgo(hours / 2) : null,
    })
    return isTouched ? { ...incident, news: [...incident.news, someNews({ kind: 'note', at: hoursAgo(1) })] } : incident
  })
}

function sectionOf(agenda: Agenda, topic: Section['topic']): Section {
  const found = agenda.sections.find((section) => section.topic === topic)
  if (!found) throw new Error(`no section ${topic}`)
  return found
}

function told({ items, omitted }: Section): number {
  return items.reduce((sum, { reason }) => sum + (reason.kind === 'alike' ? reason.count : 1), omitted)
}
