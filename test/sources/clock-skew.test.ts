import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import { anHour } from '../../src/calendar.ts'
import type { Db } from '../../src/record/db.ts'
import type { Fact } from '../../src/record/fact.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { findIncident, incidentTimeline } from '../../src/record/incidents.ts'
import { settleClock } from '../../src/sources/clock-skew.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { daysAgo, hoursAgo, inHours, minutesAgo, morning, rhythm } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aGroup, anAlert } from './an-alert.ts'
import { post } from './mapping/a-source.ts'

const ahead = 48 * anHour
const fast = (minutes: number) => new Date(minutesAgo(minutes).getTime() + ahead)
const id = `alertmanager:7d5a73ea08fb6d1c:${fast(60).toISOString()}`

async function hear(db: Db, alert: Parameters<typeof anAlert>[0], receivedAt: Date) {
  await post(db, 'alertmanager', aGroup([anAlert(alert)]), receivedAt)
  await ingestWaiting(db, receivedAt)
}
const counts = async (db: Db) => buildAgenda(await gatherFacts(db, { at: morning, rhythm })).counts.incidents

test('what a clock two days ahead says is set back to when we heard of it, and flagged with its own words kept', async () => {
  const { db } = await openTestRecord()

  await hear(db, { startsAt: fast(60) }, minutesAgo(60))

  expect(await findIncident(db, id)).toMatchObject({ startedAt: minutesAgo(60), state: 'open' })
  expect((await incidentTimeline(db, id)).filter(({ kind }) => kind === 'clock-skew')).toMatchObject([
    { at: minutesAgo(60), recordedAt: minutesAgo(60), value: String(ahead) },
  ])
  expect(await counts(db)).toMatchObject({ opened: 1, open: 1 })
})

test('spans stay what they were: its end is set back by as much as its beginning', async () => {
  const { db } = await openTestRecord()
  await hear(db, { startsAt: fast(60) }, minutesAgo(60))

  await hear(db, { startsAt: fast(60), endsAt: fast(20) }, minutesAgo(19))

  expect(await findIncident(db, id)).toMatchObject({
    startedAt: minutesAgo(60),
    resolvedAt: minutesAgo(20),
    state: 'resolved',
  })
})

test('repeats of what a fast clock says change nothing', async () => {
  const { db } = await openTestRecord()
  await hear(db, { startsAt: fast(60) }, minutesAgo(60))
  const before = await incidentTimeline(db, id)

  for (const minutes of [50, 40, 30]) await hear(db, { startsAt: fast(60) }, minutesAgo(minutes))

  expect(await incidentTimeline(db, id)).toEqual(before)
})

test('a clock two days slow, or word two days late, stays as it was said and is heard as late', async () => {
  const { db } = await openTestRecord()
  const startsAt = daysAgo(5)

  await hear(db, { startsAt }, hoursAgo(1))

  const told = (await gatherFacts(db, { at: morning, rhythm })).incidents
  expect(told).toMatchObject([{ startedAt: startsAt, recordedAt: hoursAgo(1) }])
  expect(told[0]?.news.map(({ kind, late }) => [kind, late])).toEqual([['opened', true]])
  expect((await incidentTimeline(db, told[0]?.id ?? '')).some(({ kind }) => kind === 'clock-skew')).toBe(false)
})

test('minutes of difference are none', () => {
  const fact: Fact = {
    kind: 'incident',
    id: 'i',
    at: inHours(4 / 60),
    told: { title: 'x', startedAt: inHours(4 / 60) },
  }

  expect(settleClock([fact], morning, new Map())).toEqual([fact])
})

test('how a site stood tomorrow is how it stood when we heard of it; what is planned for tomorrow stays planned', () => {
  const site: Fact = {
    kind: 'site',
    service: 's',
    site: 'fra',
    at: inHours(24),
    state: 'unable',
    capacityPercent: null,
  }
  const change: Fact = {
    kind: 'change',
    id: 'c',
    at: inHours(24),
    what: 'maintenance',
    service: null,
    site: null,
    who: null,
    url: null,
    type: null,
  }

  expect(settleClock([site, change], morning, new Map())).toEqual([{ ...site, at: morning }, change])
})

test('whatever a clock says, nothing of an incident lies after we heard of it by more than it may, and its order stays', () => {
  const offsets = fc.array(fc.integer({ min: -72 * 60, max: 72 * 60 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(offsets, (minutes) => {
      const facts = minutes.map(
        (offset): Fact => ({
          kind: 'incident-event',
          incidentId: 'i',
          event: 'note',
          at: minutesAgo(-offset),
          value: 'x',
        }),
      )
      const instants = settleClock(facts, morning, new Map())
        .slice(0, facts.length)
        .map((fact) => (fact.kind === 'incident-event' ? fact.at.getTime() : 0))

      for (const at of instants) expect(at).toBeLessThanOrEqual(morning.getTime() + 5 * 60_000)
      const gaps = (list: number[]) => list.slice(1).map((at, place) => at - (list[place] ?? 0))
      expect(gaps(instants)).toEqual(
        gaps(facts.map((fact) => (fact.kind === 'incident-event' ? fact.at.getTime() : 0))),
      )
    }),
  )
})
