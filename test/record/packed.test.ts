import { isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { manyRows } from '../../src/record/packed.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { incidentEvents, incidents, services } from '../../src/record/schema.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'

test('rows that come packed are the rows, to the last digit', async () => {
  const { db } = await openTestRecord()
  const told = { title: '“größer” \\ {"a":1}\n', startedAt: hoursAgo(2), customerMinutes: 0.1 + 0.2, service: null }
  const expected = {
    tier: null,
    objective: 99.95,
    sitesRequired: 3,
    team: null,
    needs: null,
    objectives: { p95: 99.9 },
  }
  await recordFacts(
    db,
    [
      { kind: 'incident', id: 'a', at: hoursAgo(2), told },
      { kind: 'incident', id: 'b', at: hoursAgo(1), told: { ...told, customerMinutes: null } },
      { kind: 'service', id: 'shop', ...expected },
    ],
    { recordedAt: morning, source: 'test', origin: 'import', class: null },
  )

  for (const table of [incidents, incidentEvents, services])
    expect(await manyRows(db, table, undefined)).toEqual(await db.orm.select().from(table))
  expect(await manyRows(db, incidents, isNull(incidents.endedAt))).toHaveLength(2)
})
