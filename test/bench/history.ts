import { sql } from 'drizzle-orm'
import { aMinute } from '../../src/calendar.ts'
import { type Db, openRecord } from '../../src/record/db.ts'
import type { Fact } from '../../src/record/fact.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { settingsIn } from '../support/settings.ts'
import { emptyFolder } from './folders.ts'
import { atMost, type Figure, percentile } from './table.ts'

const rounds = 7
const from = Date.parse('2026-11-23T08:00:00Z')

/** A write with its versions against the same write without, in turns on two records of one run. */
export async function history(): Promise<Figure[]> {
  const [kept, bare] = [await aRecord(), await aRecord()]
  for (const row of await bare.orm.values<[string]>(sql`select name from sqlite_schema where type = 'trigger'`))
    await bare.orm.run(sql`drop trigger ${sql.identifier(row[0])}`)
  const ones: number[] = []
  const many: number[] = []
  for (let round = 0; round < rounds; round++) {
    const one = {
      kept: await msOf(kept, round, { tellings: 150, facts: 1 }),
      bare: await msOf(bare, round, { tellings: 150, facts: 1 }),
    }
    const lot = {
      bare: await msOf(bare, round, { tellings: 5, facts: 300 }),
      kept: await msOf(kept, round, { tellings: 5, facts: 300 }),
    }
    ones.push(one.kept / one.bare)
    many.push(lot.kept / lot.bare)
  }
  await Promise.all([kept.close(), bare.close()])
  return [
    atMost('a write with its history against one without, one fact a time', percentile(ones, 50), 2, 'times'),
    atMost('the same, three hundred facts a time', percentile(many, 50), 2, 'times'),
  ]
}

async function aRecord(): Promise<Db> {
  return openRecord(settingsIn(await emptyFolder()), { now: new Date(from), onFatal: ({ why }) => console.error(why) })
}

async function msOf(db: Db, round: number, { tellings, facts }: { tellings: number; facts: number }): Promise<number> {
  const begun = performance.now()
  for (let telling = 0; telling < tellings; telling++) {
    const told = Array.from({ length: facts }, (_, n) => aFact(`${round}-${facts}-${telling}-${n}`, telling))
    const recordedAt = new Date(from + round * aMinute)
    await recordFacts(db, told, { recordedAt, source: 'bench', origin: 'tool', class: 'automated' })
  }
  return performance.now() - begun
}

function aFact(id: string, n: number): Fact {
  const at = new Date(from - n * aMinute)
  const told = { title: `Alarm ${n % 50}`, service: `service-${n % 20}`, severity: 'sev3' as const, startedAt: at }
  return { kind: 'incident', id, at, told: { ...told, ownerId: 'lea@example.com', customerMinutes: n * 1.5 } }
}
