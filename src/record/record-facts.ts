import { decideActions } from './actions.ts'
import { decideChanges } from './changes.ts'
import { decideComplaints } from './complaints.ts'
import { correctionsFor } from './corrections.ts'
import type { Db } from './db.ts'
import { decideExposureEvents } from './exposures.ts'
import type { Fact, Outcome, Telling } from './fact.ts'
import { decideForecasts, decidePlannedEvents } from './forecasts.ts'
import { decideIncidents } from './incident-facts.ts'
import { noteInputs } from './inputs.ts'
import { decidePeople } from './people.ts'
import { decideProblems } from './problems.ts'
import { type Saying, saying } from './saying.ts'
import { decideLevels } from './service-levels.ts'
import { decideServices } from './services.ts'
import { decideSites } from './sites.ts'
import type { Decided, Placed, Write } from './telling.ts'

/**
 * Puts facts on the record, all of them in one transaction: the only way in. The same fact twice changes nothing, and any
 * order of a tool's facts leaves the same record. `alongside` is written in the same transaction (a delivery's mark, say).
 * @returns what became of each fact, in the order given.
 */
export async function recordFacts(
  db: Db,
  facts: readonly Fact[],
  telling: Telling,
  alongside: readonly Write[] = [],
): Promise<Outcome[]> {
  return saying(voiceOf(facts, telling), () => db.alone(() => decideAndWrite(db, facts, { telling, alongside })))
}

// A tool speaks for itself, whoever's request set it off; what a person says may be said through several hands.
function voiceOf(facts: readonly Fact[], { recordedAt: at, source, origin, by }: Telling): Partial<Saying> {
  const [only] = facts.length === 1 ? facts : []
  const why = only && 'why' in only ? only.why : undefined
  return { at, source, ...(origin === 'tool' ? { by: '' } : by && { by }), ...(why && { why }) }
}

async function decideAndWrite(
  db: Db,
  facts: readonly Fact[],
  { telling, alongside }: { telling: Telling; alongside: readonly Write[] },
): Promise<Outcome[]> {
  const placed = facts.map((fact, place) => ({ place, fact }))
  const decided = await Promise.all([
    decideIncidents(db, ofKinds(placed, 'incident', 'incident-event'), telling),
    decideProblems(db, ofKinds(placed, 'problem', 'problem-event'), telling),
    decideActions(db, ofKinds(placed, 'action', 'action-event'), telling),
    decideSites(db, ofKinds(placed, 'site'), ofKinds(placed, 'service'), telling),
    decideExposureEvents(db, ofKinds(placed, 'exposure-event'), telling),
    decideChanges(db, ofKinds(placed, 'change', 'change-event'), telling),
    decideLevels(db, ofKinds(placed, 'service-level'), telling),
    decideComplaints(db, ofKinds(placed, 'complaint'), telling),
    decideForecasts(db, ofKinds(placed, 'forecast'), telling),
    decidePlannedEvents(db, ofKinds(placed, 'planned-event'), telling),
    decidePeople(db, ofKinds(placed, 'person'), telling),
    decideServices(db, ofKinds(placed, 'service'), telling),
  ])
  const outcomes = facts.map((_, place) => outcomeAt(decided, place))
  await db.batch([
    ...decided.flatMap(({ writes }) => writes),
    ...(await correctionsFor(
      db,
      decided.flatMap(({ shifts }) => shifts),
      telling,
    )),
    ...noteInputs(
      db,
      placed.map(({ fact, place }) => ({ fact, outcome: outcomes[place] ?? 'unchanged' })),
      telling,
    ),
    ...alongside,
  ])
  return outcomes
}

function ofKinds<K extends Fact['kind']>(
  placed: readonly Placed[],
  ...kinds: K[]
): Placed<Extract<Fact, { kind: K }>>[] {
  const wanted: readonly string[] = kinds
  return placed.filter(({ fact }) => wanted.includes(fact.kind)) as Placed<Extract<Fact, { kind: K }>>[]
}

function outcomeAt(decided: readonly Decided[], place: number): Outcome {
  return decided.map(({ outcomes }) => outcomes.get(place)).find((outcome) => outcome !== undefined) ?? 'unchanged'
}
