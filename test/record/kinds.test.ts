import { expect, test } from 'vitest'
import type { Fact } from '../../src/record/fact.ts'
import { type Asking, CursorError, findRow, listRows } from '../../src/record/kinds.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { kindNames, kinds } from '../../src/sources/kinds.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'

type Told = Extract<Fact, { kind: 'incident' }>['told']

function incident(id: string, hours: number, told: Told = {}): Fact {
  const startedAt = hoursAgo(hours)
  return { kind: 'incident', id, at: startedAt, told: { title: `Incident ${id}`, startedAt, ...told } }
}

async function aRecord(...facts: Fact[]) {
  const { db } = await openTestRecord()
  await recordFacts(db, facts, { recordedAt: morning, source: 'test', origin: 'import', class: 'manual' })
  return db
}

async function idsOf(db: Awaited<ReturnType<typeof aRecord>>, name: string, asking: Asking): Promise<string[]> {
  return (await listRows(db, name, asking)).rows.map(({ id }) => id)
}

test('lists the newest first, a page at a time, though rows of one instant are many and new ones come in', async () => {
  const ids = Array.from({ length: 25 }, (_, place) => `I${String(place).padStart(2, '0')}`)
  const db = await aRecord(...ids.map((id, place) => incident(id, 1 + Math.floor(place / 10))))
  const seen: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listRows(db, 'incidents', { limit: 4, ...(cursor ? { cursor } : {}) })
    seen.push(...page.rows.map(({ id }) => id))
    cursor = page.next
    const late = incident(`Z${seen.length}`, 0)
    await recordFacts(db, [late], { recordedAt: morning, source: 'test', origin: 'import', class: null })
  }

  expect(seen).toHaveLength(25)
  expect([...seen].sort()).toEqual(ids)
  expect(seen[0]).toBe('I09')
  expect((await idsOf(db, 'incidents', { order: 'oldest', limit: 1 }))[0]).toBe('I20')
})

test('says which, like a window: after from, up to and including to', async () => {
  const db = await aRecord(
    incident('A', 3, { service: 'search', ownerId: 'ann', resolvedAt: hoursAgo(1) }),
    incident('B', 2, { service: 'pay_1', title: '100% of payments' }),
    incident('C', 1, { service: 'search', problemId: 'P1' }),
  )

  expect(await idsOf(db, 'incidents', { from: hoursAgo(3), to: hoursAgo(1) })).toEqual(['C', 'B'])
  expect(await idsOf(db, 'incidents', { open: true })).toEqual(['C', 'B'])
  expect(await idsOf(db, 'incidents', { open: false })).toEqual(['A'])
  expect(await idsOf(db, 'incidents', { owner: 'ann' })).toEqual(['A'])
  expect(await idsOf(db, 'incidents', { service: 'search' })).toEqual(['C', 'A'])
  expect(await idsOf(db, 'incidents', { search: '100%' })).toEqual(['B'])
  expect(await idsOf(db, 'incidents', { search: '_' })).toEqual([])
  expect((await findRow(db, 'incidents', 'C'))?.row).toMatchObject({
    id: 'C',
    problem: 'P1',
    startedAt: hoursAgo(1).toISOString(),
  })
  expect(await findRow(db, 'incidents', 'D')).toBeUndefined()
})

test.each(['newest', 'oldest'] as const)(
  'a search, the %s first, reads so many rows a page and goes on from there to the end',
  async (order) => {
    const db = await aRecord(
      ...Array.from({ length: 23 }, (_, place) => incident(`I${place}`, 1 + Math.floor(place / 2))),
    )
    const seen: string[] = []
    const pages: number[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listRows(db, 'incidents', { search: '1', order, ...(cursor ? { cursor } : {}) }, 5)
      seen.push(...page.rows.map(({ id }) => id))
      pages.push(page.rows.length)
      cursor = page.next
    }

    expect(seen.toSorted()).toEqual(['I1', 'I21', ...Array.from({ length: 10 }, (_, place) => `I1${place}`)].toSorted())
    expect(pages.length).toBeGreaterThan(3)
  },
)

test('a row of several keys is found under the id it was listed with', async () => {
  const at = hoursAgo(1)
  const db = await aRecord(
    incident('A~1', 2),
    { kind: 'incident-event', incidentId: 'A~1', at, event: 'note', value: 'half ~ way, 50 %', by: 'ann' },
    {
      kind: 'service-level',
      service: 's/1',
      indicator: 'up',
      day: '2026-11-20',
      zone: 'UTC',
      good: 1,
      total: 2,
      unknown: 0,
    },
  )
  for (const name of ['incident-events', 'service-levels', 'incident-snapshots']) {
    const [listed] = (await listRows(db, name)).rows

    expect(listed).toBeDefined()
    expect(await findRow(db, name, listed?.id ?? '')).toEqual(listed)
  }
  expect(await findRow(db, 'incident-events', 'A~1')).toBeUndefined()
  expect(await findRow(db, 'incident-events', 'A~not an instant~note~x')).toBeUndefined()
  expect(await findRow(db, 'incident-events', '%~%~%~%')).toBeUndefined()
})

test.each(kindNames)('%s are listed in the columns of their kind, with every filter', async (name) => {
  const db = await aRecord()
  const asking = { from: hoursAgo(9), to: morning, open: true, owner: 'ann', service: 's', search: 'x', limit: 1 }

  expect(await listRows(db, name, asking)).toEqual({ rows: [], next: null })
  expect(kinds[name].columns.length).toBeGreaterThan(1)
})

test('a cursor nobody gave is refused', async () => {
  const db = await aRecord()
  for (const cursor of [
    '',
    'x',
    Buffer.from('[1]').toString('base64url'),
    Buffer.from('["a","b"]').toString('base64url'),
  ])
    await expect(listRows(db, 'incidents', { cursor })).rejects.toThrow(CursorError)
})

test('the lists that grow are read by index, without sorting', async () => {
  const db = await aRecord(incident('A', 1))
  const explained = async (query: string) => JSON.stringify(await db.orm.all(`explain query plan ${query}`))

  expect(
    await explained(
      'select * from incidents where (started_at, id) < (1, 2) order by started_at desc, id desc limit 9',
    ),
  ).toContain('incidents_by_start')
  expect(
    await explained(
      "select * from incident_events where kind <> 'told' and (at, incident_id, kind, value) < (1, 2, 3, 4) order by at desc, incident_id desc limit 9",
    ),
  ).toContain('incident_events_by_time')
})
