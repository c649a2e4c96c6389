import type { Db } from '../record/db.ts'
import type { Fact, Outcome, Telling } from '../record/fact.ts'
import { recordFacts } from '../record/record-facts.ts'
import type { InputClass } from '../record/schema.ts'
import { factsFromSnapshots } from './incident-snapshots.ts'
import type { Snapshot } from './kinds/incidents.ts'
import type { Checked, KindName } from './kinds.ts'

export type CheckedRow = Exclude<Checked, { faults: unknown }>

/** Puts checked rows of one kind on the record, the way an import and the API do. One outcome for each row, in order. */
export async function recordRows(
  db: Db,
  name: KindName,
  rows: readonly CheckedRow[],
  telling: Telling,
): Promise<Outcome[]> {
  if (name !== 'incident-snapshots')
    return recordEach(
      db,
      rows.map(({ facts }) => facts),
      telling,
    )

  const told = await factsFromSnapshots(db, asSnapshots(rows), telling.source)
  const births = await recordEach(
    db,
    told.map(({ birth }) => birth),
    telling,
  )
  // As a tool's words they are all kept, so that their order never matters; of no class, for the births were counted.
  const lives = await recordEach(
    db,
    told.map(({ life }) => life),
    { ...telling, origin: 'tool', class: null },
  )
  return births.map((birth, place) => gravest([birth, lives[place] ?? 'unchanged']))
}

/** Which of the six inputs a row of this kind counts for when it does not say itself. */
export function classOf(name: KindName): InputClass | null {
  switch (name) {
    case 'complaints':
      return 'customer'
    case 'forecasts':
      return 'predictive'
    case 'service-levels':
      return 'service-level'
    case 'people':
    case 'services':
    case 'events':
    case 'actions':
      return null
    default:
      return 'manual'
  }
}

async function recordEach(db: Db, facts: readonly Fact[][], telling: Telling): Promise<Outcome[]> {
  const outcomes = facts.some((some) => some.length > 0) ? await recordFacts(db, facts.flat(), telling) : []
  const place = { next: 0 }
  return facts.map((some) => {
    const start = place.next
    place.next += some.length
    return gravest(outcomes.slice(start, place.next))
  })
}

function gravest(outcomes: readonly Outcome[]): Outcome {
  const refused = outcomes.find((outcome) => typeof outcome === 'object')
  return refused ?? (['new', 'changed'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'unchanged'
}

// Their kind's schema has judged them.
function asSnapshots(rows: readonly CheckedRow[]): Snapshot[] {
  return rows.map(({ row }) => row as Snapshot)
}
