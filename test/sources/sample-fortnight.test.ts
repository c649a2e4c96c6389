import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import type { Agenda } from '../../src/agenda/shapes.ts'
import { aDay, anHour, parseRhythm, type Rhythm } from '../../src/calendar.ts'
import { fillDemo } from '../../src/commands/demo.ts'
import { openRecord } from '../../src/record/db.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { type MorningKind, sampleBirth, sampleFortnight } from '../../src/sources/sample-fortnight.ts'
import { hoursAgo, morning, rhythm } from '../support/morning.ts'
import { aFolder } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']
const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })

test('the same instant tells the same story', () => {
  expect(sampleFortnight(morning, rhythm)).toEqual(sampleFortnight(new Date(morning), rhythm))
})

test('at any hour of any day, nothing in it was known after the end or before the birth, and it is told in order', () => {
  fc.assert(
    fc.property(instants, fc.constantFrom(...zones), (now, zone) => {
      const here = { ...rhythm, zone }
      const heard = sampleFortnight(now, here).map(({ telling }) => telling.recordedAt.getTime())

      expect(heard).toEqual(heard.toSorted((a, b) => a - b))
      expect(heard.at(-1)).toBeLessThanOrEqual(now.getTime())
      expect(heard[0]).toBeGreaterThan(sampleBirth(now, here).getTime())
    }),
    { numRuns: 60 },
  )
})

test('on Monday checkout has been alone since Saturday night, with a sale at noon it could not carry', async () => {
  const agenda = await agendaOf(morning)

  expect(agenda.verdict).toMatchObject({ level: 'red', reason: { kind: 'alone', service: 'checkout' } })
  expect(agenda.exposures[0]).toMatchObject({ headroomPoints: -25, valuePerMinute: 8000, currency: 'EUR' })
  expect(agenda.exposures[0]?.exposure.since).toEqual(hoursAgo(35.2))
})

test('Monday has something for every section, and every kind of work the room does', async () => {
  const agenda = await agendaOf(morning)

  expect(agenda.sections.filter(({ items }) => items.length === 0).map(({ topic }) => topic)).toEqual([])
  const reasons = new Set(agenda.sections.flatMap(({ items }) => items.map(({ reason }) => reason.kind)))
  for (const kind of [
    'alone',
    'overdue',
    'due today',
    'done since',
    'unacknowledged',
    'off target',
    'late',
    'still open',
    'under watch',
    'causes incidents',
    'complained',
    'predicted',
    'changed',
    'to decide',
    'put off',
    'to schedule',
    'scheduled',
    'silent',
  ])
    expect(reasons).toContain(kind)
  expect(agenda.counts.incidents).toMatchObject({ nearMisses: 1, late: 1 })
})

test('the silent source is the one that fell silent, and nobody else', async () => {
  const { sources } = await agendaOf(morning)

  expect(sources.filter(({ silent }) => silent).map(({ name }) => name)).toEqual(['nagios'])
})

test.each([
  ['Sunday noon', '2026-11-22T11:00:00Z'],
  ['Wednesday before the meeting', '2026-11-25T06:30:00Z'],
  ['ten past midnight', '2026-11-26T23:10:00Z'],
  ['the Monday after the clocks went back', '2026-10-26T08:00:00Z'],
])('%s: alone, red, and since the last meeting', async (_, at) => {
  const agenda = await agendaOf(new Date(at))

  expect(agenda.verdict).toMatchObject({
    level: 'red',
    reason: { kind: 'alone', service: 'checkout', headroomPoints: -25 },
  })
  expect(agenda.window.to.getTime() - agenda.window.from.getTime()).toBeLessThan(4 * aDay)
  expect(agenda.counts.incidents.opened).toBeGreaterThanOrEqual(4)
})

test('a quiet morning is quiet, though everybody was heard', async () => {
  const agenda = await agendaOf(morning, 'quiet')

  expect(agenda.verdict).toEqual({ level: 'green', reason: { kind: 'quiet' } })
  expect(agenda.counts.incidents).toMatchObject({ opened: 0, open: 0 })
})

test('a huge morning has its 1,800 alarms', async () => {
  const agenda = await agendaOf(morning, 'huge')

  expect(agenda.counts.incidents.opened).toBeGreaterThan(1800)
})

test('a shop that meets on Sundays has its story too', async () => {
  const agenda = await agendaOf(
    new Date('2026-11-22T07:00:00Z'),
    'ordinary',
    parseRhythm('10:30 sun-thu', 'Asia/Amman'),
  )

  expect(agenda.verdict.level).toBe('red')
})

test('nothing of it is refused', async () => {
  const db = await anEmptyRecord(morning)
  for (const { facts, telling } of sampleFortnight(morning, rhythm)) {
    const outcomes = await recordFacts(db, facts, telling)

    expect(outcomes.filter((outcome) => typeof outcome === 'object')).toEqual([])
  }
  await db.close()
})

test('the meetings of the fortnight were held and closed, one each business day', async () => {
  const db = await anEmptyRecord(morning)
  await fillDemo(db, { rhythm }, morning)
  const friday = await gatherFacts(db, { at: new Date(Date.parse('2026-11-20T09:00:00Z')), rhythm })
  const { window } = await gatherFacts(db, { at: morning, rhythm })
  await db.close()

  expect(friday.meeting).toMatchObject({ day: '2026-11-20', cutOff: window.from })
  expect(friday.meeting?.closedAt?.getTime()).toBeLessThan(window.from.getTime() + anHour)
})

const known = new Map<string, Promise<Agenda>>()
function agendaOf(now: Date, kind: MorningKind = 'ordinary', here = rhythm): Promise<Agenda> {
  const key = `${now.toISOString()} ${kind} ${here.zone}`
  const agenda = known.get(key) ?? tellAgenda(now, kind, here)
  known.set(key, agenda)
  return agenda
}

async function tellAgenda(now: Date, kind: MorningKind, here: Rhythm): Promise<Agenda> {
  const db = await anEmptyRecord(now, here)
  await fillDemo(db, { rhythm: here }, now, kind)
  const agenda = buildAgenda(await gatherFacts(db, { at: now, rhythm: here }))
  await db.close()
  return agenda
}

async function anEmptyRecord(now: Date, here = rhythm) {
  const settings = settingsIn(await aFolder(), { rhythm: here })
  return openRecord(settings, { now: sampleBirth(now, here), onFatal: ({ why }) => expect.unreachable(why) })
}
