import type { Db } from '../record/db.ts'
import type { Fact, Outcome } from '../record/fact.ts'
import { recordFacts } from '../record/record-facts.ts'
import type { InputClass } from '../record/schema.ts'

/** Who speaks in the room, and when. */
export interface Voice {
  by: string
  at: Date
}

/** Puts what the room says on the record. Its decisions count for no input; what it reports (`as`) does. */
export async function say(db: Db, facts: Fact[], { at, by }: Voice, as: InputClass | null = null): Promise<Outcome[]> {
  return recordFacts(db, facts, { recordedAt: at, source: 'room', origin: 'room', class: as, by })
}
