import type { Db } from '../record/db.ts'
import type { Fact, Telling } from '../record/fact.ts'
import { groupableAround } from '../record/grouping.ts'
import { recordFacts } from '../record/record-facts.ts'
import type { Grouping } from '../record/schema.ts'
import { groupKeyFacts, mergesAmong } from './grouping.ts'

/** What the rule of a source takes for parts of another incident, now that these facts stand on the record. */
export async function mergesAmongTouched(
  db: Db,
  facts: readonly Fact[],
  { telling, grouping }: { telling: Telling; grouping: Grouping },
): Promise<Fact[]> {
  if (grouping === 'off') return []

  const keys = groupKeyFacts(facts, grouping)
  if (keys.length > 0) await recordFacts(db, keys, { ...telling, class: null })
  const touched = [...new Set(facts.flatMap((fact) => (fact.kind === 'incident' ? fact.id : [])))]
  return mergesAmong(await groupableAround(db, telling.source, touched, grouping), grouping)
}
