import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { closeMeeting } from '../../src/record/closing.ts'
import { findIncident } from '../../src/record/incidents.ts'
import { correctionsOf, openMeeting } from '../../src/record/meetings.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { countSince, planRestoration, planUndoing, restore } from '../../src/record/restoring.ts'
import { saying } from '../../src/record/saying.ts'
import { findSaving, latestSavings, pastOf } from '../../src/record/versions.ts'
import { dice, live, standingOf } from '../faults/random-life.ts'
import { anEmptyRecord, anIncidentFact, instant, told } from './support.ts'

const three = instant('2026-11-23T03:00:00Z')
const noon = instant('2026-11-23T12:00:00Z')
const byAna = { at: noon, by: 'ana@example.com', why: 'brought back' }

test('a table restored to any moment stands as it did, and restored back it stands as before', async () => {
  const db = await anEmptyRecord()
  const moments = await live(db, { operations: 400, remembrances: 4, from: three, roll: dice(11) })
  const table = 'planned_events'
  const now = (await standingOf(db)).get(table)
  for (const [turn, { at, standing }] of moments.entries()) {
    const before = new Date(noon.getTime() + turn * 10_000)
    const after = new Date(before.getTime() + 1)
    await saying({ at: before }, () => db.orm.run(sql`insert into record values (${`mark ${turn}`}, '')`))
    const plan = () => planRestoration(db, { to: at, table })
    for (const { thing } of (await plan()).conflicts)
      await restore(db, () => planRestoration(db, { to: at, table, thing }), { ...byAna, at: after })
    await restore(db, plan, { ...byAna, at: after })
    expect((await standingOf(db, [table])).get(table)).toBe(standing.get(table))

    await restore(db, () => planRestoration(db, { to: before, table }), { ...byAna, at: after })
    expect((await standingOf(db, [table])).get(table)).toBe(now)
  }
})

test('a bad night is taken back, and what the room said since is left as it is and told', async () => {
  const db = await anEmptyRecord()
  const ids = Array.from({ length: 40 }, (_, n) => `INC-${n}`)
  const owned = { ownerId: 'lea@example.com' }
  await recordFacts(
    db,
    ids.map((id) => anIncidentFact(id, '2026-11-23T01:00:00Z', owned)),
    told('2026-11-23T01:00:00Z'),
  )
  const before = await standingOf(db, ['incidents', 'incident_events'])
  await saying({ at: instant('2026-11-23T04:00:00Z') }, () =>
    db.batch([
      db.orm.run(sql`update incidents set owner_id = null`),
      db.orm.run(sql`delete from incident_events where incident_id like '%1%'`),
      db.orm.run(sql`delete from incidents where id like '%1%'`),
    ]),
  )
  const bad = { ...told('2026-11-23T05:00:00Z'), origin: 'import' as const, source: 'import' }
  await recordFacts(
    db,
    ids.slice(0, 9).map((id) => anIncidentFact(id, '2026-11-20T01:00:00Z', { title: 'garbage' })),
    bad,
  )
  await recordFacts(
    db,
    [
      {
        kind: 'incident-event',
        incidentId: 'INC-5',
        at: instant('2026-11-23T08:00:00Z'),
        event: 'assigned',
        value: 'ana',
      },
    ],
    { ...told('2026-11-23T08:00:00Z'), origin: 'room', source: 'room', by: 'ana' },
  )

  const { conflicts } = await restore(db, () => planRestoration(db, { to: three, table: 'incidents' }), byAna)

  expect(conflicts.map(({ thing, later }) => [thing, later?.by])).toEqual([['INC-5', 'ana']])
  expect(await findIncident(db, 'INC-5')).toMatchObject({ ownerId: 'ana' })
  expect(await findIncident(db, 'INC-1')).toMatchObject({ title: 'INC-1 failed', ...owned })
  await restore(db, () => planRestoration(db, { to: three, table: 'incidents', thing: 'INC-5' }), byAna)
  expect(await standingOf(db, ['incidents', 'incident_events'])).toEqual(before)
})

test('a saving is undone with its row of events, and the undoing is undone again', async () => {
  const db = await anEmptyRecord()
  await recordFacts(db, [anIncidentFact('INC-1', '2026-11-23T01:00:00Z')], told('2026-11-23T01:00:00Z'))
  const merge = {
    kind: 'incident-event' as const,
    incidentId: 'INC-1',
    at: three,
    event: 'merged-into' as const,
    value: 'INC-0',
  }
  await recordFacts(db, [merge], { ...told('2026-11-23T03:00:00Z'), origin: 'room', source: 'room', by: 'ana' })
  const [merging] = await latestSavings(db, { at: noon })

  await restore(
    db,
    async () => (await planUndoing(db, merging?.number ?? 0)) ?? { differences: [], conflicts: [] },
    byAna,
  )
  expect(await findIncident(db, 'INC-1')).toMatchObject({ mergedInto: null })
  const [undoing] = await latestSavings(db, { at: noon })
  expect(undoing).toMatchObject({ by: 'ana@example.com', source: 'restoration', why: 'brought back' })

  await restore(
    db,
    async () => (await planUndoing(db, undoing?.number ?? 0)) ?? { differences: [], conflicts: [] },
    byAna,
  )
  expect(await findIncident(db, 'INC-1')).toMatchObject({ mergedInto: 'INC-0' })
})

test('a closed morning keeps its figures: what is brought back or undone files a numbered correction', async () => {
  const db = await anEmptyRecord()
  const nine = instant('2026-11-20T08:00:00Z')
  const friday = { day: '2026-11-20', zone: 'Europe/Berlin', from: instant('2026-11-19T08:00:00Z'), cutOff: nine }
  await recordFacts(db, [anIncidentFact('INC-1', '2026-11-19T20:00:00Z')], told('2026-11-19T20:00:00Z'))
  const { id } = await openMeeting(db, { ...friday, by: 'Ana' })
  const figures = { incidents: { opened: 1, resolved: 0 }, changes: { inWindow: 0 }, complaints: { inWindow: 0 } }
  await closeMeeting(db, { id, at: instant('2026-11-20T08:15:00Z'), by: 'Ana', figures })
  const bad = [anIncidentFact('INC-2', '2026-11-19T21:00:00Z'), anIncidentFact('INC-3', '2026-11-19T22:00:00Z')]
  await recordFacts(db, bad, told('2026-11-20T12:00:00Z'))
  const [importing] = await latestSavings(db, { at: noon, tables: ['incidents'] })

  const undo = async () => (await planUndoing(db, importing?.number ?? 0)) ?? { differences: [], conflicts: [] }
  await restore(db, undo, byAna)
  await saying({ at: noon }, () => db.orm.run(sql`delete from incidents`))
  await restore(db, () => planRestoration(db, { to: nine, table: 'incidents', thing: 'INC-1' }), byAna)

  const filed = await correctionsOf(db, '2026-11-20')
  expect(filed.map(({ number, was, is }) => [number, was, is])).toEqual([
    [1, 1, 3],
    [2, 3, 1],
    [3, 1, 2],
  ])
  await expect(planRestoration(db, { to: nine, table: 'meetings' })).rejects.toThrow('stays as it was left')
})

test('what was sent, who came in and what was withdrawn is not turned back row by row', async () => {
  const db = await anEmptyRecord()

  for (const table of ['deliveries', 'tokens', 'audit', 'outbox', 'nothing'])
    await expect(planRestoration(db, { to: three, table })).rejects.toThrow('is not turned back')
})

test('the past of one thing is its own: no other’s whose name begins alike', async () => {
  const db = await anEmptyRecord()
  await recordFacts(
    db,
    ['INC-1', 'INC-10', 'INC-1"', 'INC-1,'].map((id) => anIncidentFact(id, '2026-11-23T01:00:00Z')),
    told('2026-11-23T01:00:00Z'),
  )

  const past = await pastOf(db, { table: 'incidents', thing: 'INC-1', at: noon })
  expect(past.flatMap(({ rows }) => rows.map(({ row }) => JSON.parse(row)[0]))).toEqual(['INC-1', 'INC-1'])
  expect((await findSaving(db, past[0]?.rows[1]?.number ?? 0))?.rows.length).toBeGreaterThan(8)
  expect(await countSince(db, instant('2026-11-23T00:00:00Z'))).toContainEqual({
    table: 'incidents',
    came: 4,
    changed: 0,
    went: 0,
  })
})
