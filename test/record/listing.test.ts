import { expect, test } from 'vitest'
import type { Fact } from '../../src/record/fact.ts'
import { type Asked, listIncidents } from '../../src/record/listing.ts'
import { page } from '../../src/record/paging.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { incidents, type Severity } from '../../src/record/schema.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'

type Told = Extract<Fact, { kind: 'incident' }>['told']

const shelf = { table: incidents, id: incidents.id, time: incidents.startedAt, text: incidents.title }

test('the gravest first and the costliest first, page by page, each once; what has neither is left out', async () => {
  const grades: (Severity | null)[] = ['sev3', 'sev1', null, 'sev2']
  const db = await aRecord(
    ...Array.from({ length: 40 }, (_, place) =>
      anIncident(`I${place}`, 1 + Math.floor(place / 3), {
        severity: grades[place % 4] ?? null,
        customerMinutes: place % 5,
      }),
    ),
    anIncident('untold', 2, { severity: 'sev4' }),
  )

  const gravest = await everyPage(db, { sort: 'gravest', limit: 7 })
  const costliest = await everyPage(db, { sort: 'costliest', limit: 7 })

  expect(gravest.map(({ severity }) => severity)).toEqual([
    ...Array(10).fill('sev1'),
    ...Array(10).fill('sev2'),
    ...Array(10).fill('sev3'),
    'sev4',
  ])
  expect(new Set(gravest.map(({ id }) => id)).size).toBe(31)
  expect(costliest.map(({ customerMinutes }) => customerMinutes)).toEqual(
    [4, 3, 2, 1, 0].flatMap((cost) => Array(8).fill(cost)),
  )
  expect(new Set(costliest.map(({ id }) => id)).size).toBe(40)
})

test('asked of an earlier instant, all that was whose then is found page by page, whoever has it since', async () => {
  const names = Array.from({ length: 30 }, (_, place) => `I${String(place).padStart(2, '0')}`)
  const db = await aRecord(
    ...names.map((name, place) => anIncident(name, 20 - place / 2, { ownerId: place % 2 ? 'ann' : 'ben' })),
  )
  const given = names.map((incidentId, place) => ({
    ...{ kind: 'incident-event' as const, incidentId, at: hoursAgo(2), event: 'assigned' as const },
    value: place % 3 ? 'cem' : place % 2 ? 'ben' : 'ann',
  }))
  await recordFacts(db, given, { recordedAt: hoursAgo(2), source: 'room', origin: 'room', class: null })
  const ids = async (asked: Partial<Asked>) =>
    (await everyPage(db, { at: hoursAgo(3), looksBack: true, limit: 4, ...asked })).map(({ id }) => id)

  const odd = names.filter((_, place) => place % 2)
  expect(await ids({ owner: 'ann', sort: 'oldest' })).toEqual(odd)
  expect(await ids({ owner: 'ann' })).toEqual(odd.toReversed())
  expect(await ids({ owner: 'cem' })).toEqual([])
  expect(await ids({ owner: 'ben', search: 'I1' })).toEqual(['I18', 'I16', 'I14', 'I12', 'I10'])
})

test('nobody’s are those without an owner, unknown those without a severity', async () => {
  const db = await aRecord(
    anIncident('a', 3, { ownerId: 'ann', severity: 'sev1' }),
    anIncident('b', 2, { resolvedAt: hoursAgo(1) }),
    anIncident('c', 1, { severity: 'sev2' }),
  )
  const ids = async (asked: Partial<Asked>) => (await everyPage(db, asked)).map(({ id }) => id)

  expect(await ids({ owner: 'nobody' })).toEqual(['c', 'b'])
  expect(await ids({ owner: 'nobody', state: 'open' })).toEqual(['c'])
  expect(await ids({ owner: 'ann' })).toEqual(['a'])
  expect(await ids({ severity: 'unknown' })).toEqual(['b'])
  expect(await ids({ severity: 'sev1', service: 'search' })).toEqual(['a'])
  expect(await ids({ state: 'resolved' })).toEqual(['b'])
  expect(await ids({ state: 'over', service: 'search' })).toEqual(['b'])
  expect(await ids({ sort: 'oldest' })).toEqual(['a', 'b', 'c'])
})

test('a search tells how far it has looked, and goes on from there', async () => {
  const db = await aRecord(...Array.from({ length: 12 }, (_, place) => anIncident(`I${place}`, 1 + place)))
  const first = await page<{ id: string }>(db, shelf, { search: 'I11', at: morning, limit: 5 }, 5)
  const second = await page<{ id: string }>(
    db,
    shelf,
    { search: 'I11', at: morning, limit: 5, cursor: first.next ?? '' },
    50,
  )

  expect(first).toMatchObject({ rows: [], searchedTo: hoursAgo(6) })
  expect(second).toMatchObject({ rows: [{ id: 'I11' }], next: null, searchedTo: null })
})

test('who looks for an id finds it at once, however long ago it was', async () => {
  const db = await aRecord(
    anIncident('INC-7', 300, { title: 'Cart is empty' }),
    anIncident('b', 1, { title: 'like INC-7' }),
  )

  expect((await everyPage(db, { search: 'INC-7' })).map(({ id }) => id)).toEqual(['INC-7', 'b'])
})

test('a cursor of another order, or nobody’s, begins anew', async () => {
  const db = await aRecord(anIncident('a', 1, { severity: 'sev1' }))
  for (const cursor of [
    'x',
    '',
    Buffer.from('[1,"a"]').toString('base64url'),
    Buffer.from('[1]').toString('base64url'),
  ])
    expect((await listIncidents(db, { at: morning, limit: 5, sort: 'gravest', cursor })).rows).toHaveLength(1)
})

async function everyPage(db: Awaited<ReturnType<typeof aRecord>>, asked: Partial<Asked>) {
  const rows = []
  for (let cursor: string | undefined; ; ) {
    const found = await listIncidents(db, { at: morning, limit: 50, ...asked, cursor })
    rows.push(...found.rows)
    if (found.next === null) return rows
    cursor = found.next
  }
}

function anIncident(id: string, hours: number, told: Told = {}): Fact {
  const startedAt = hoursAgo(hours)
  return {
    kind: 'incident',
    id,
    at: startedAt,
    told: { title: `Incident ${id}`, service: 'search', startedAt, ...told },
  }
}

async function aRecord(...facts: Fact[]) {
  const { db } = await openTestRecord()
  await recordFacts(db, facts, { recordedAt: morning, source: 'test', origin: 'import', class: 'manual' })
  return db
}
