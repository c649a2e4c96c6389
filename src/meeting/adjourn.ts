import { buildAgenda } from '../agenda/agenda.ts'
import { offendersOf } from '../agenda/offenders.ts'
import { outputsOf } from '../agenda/outputs.ts'
import { type LeftDespite, type Offender, snapshotOf } from '../agenda/snapshot.ts'
import type { Rhythm } from '../calendar.ts'
import { closeMeeting } from '../record/closing.ts'
import type { Db } from '../record/db.ts'
import { gatherFacts } from '../record/facts.ts'
import { findMeeting } from '../record/meetings.ts'
import { gatherSitting } from '../record/sitting.ts'
import { say, type Voice } from './say.ts'

export type Adjournment =
  | { outcome: 'adjourned'; number: number }
  | { outcome: 'already adjourned' }
  | { outcome: 'not open' }
  | { outcome: 'not settled'; offenders: Offender[] }

/**
 * The room may leave once every open incident and problem has an owner (S8), every hand-over its yes (S41) and every function
 * was heard (S7). Or it says why it leaves all the same, and that stands in the minutes and at each thing nobody owns. The
 * close keeps what happened up to the cut-off, what is open and whose as the room leaves it, and puts out the four outputs.
 */
export async function adjourn(
  db: Db,
  day: string,
  { why, rhythm, ...voice }: Voice & { why: string | undefined; rhythm: Rhythm },
): Promise<Adjournment> {
  const meeting = await findMeeting(db, day)
  if (!meeting?.cutOff) return { outcome: 'not open' }
  if (meeting.closedAt) return { outcome: 'already adjourned' }

  const facts = await gatherFacts(db, { at: voice.at, cutOff: meeting.cutOff, rhythm })
  const sitting = await gatherSitting(db, facts)
  const offenders = offendersOf(facts, sitting)
  if (offenders.length > 0 && why === undefined) return { outcome: 'not settled', offenders }

  const agenda = buildAgenda(facts)
  const leftDespite = offenders.length > 0 && why !== undefined ? { why, offenders } : null
  const number = await closeMeeting(db, {
    id: meeting.id,
    at: voice.at,
    by: voice.by,
    figures: agenda.counts,
    content: snapshotOf({ facts, agenda, sitting, closing: { ...voice, leftDespite } }),
    outputs: outputsOf(facts, agenda, { openedAt: meeting.openedAt ?? meeting.cutOff, closedAt: voice.at }),
  })
  if (number === null) return { outcome: 'already adjourned' }
  if (leftDespite) await noteAt(db, leftDespite, voice)
  return { outcome: 'adjourned', number }
}

async function noteAt(db: Db, { why, offenders }: LeftDespite, { at, by }: Voice): Promise<void> {
  const said = { at, by, event: 'note' as const, value: `The meeting closed without an owner: ${why}` }
  await say(
    db,
    offenders.flatMap(({ kind, id }) => {
      if (kind === 'incident') return { kind: 'incident-event' as const, incidentId: id, ...said }
      return kind === 'problem' ? { kind: 'problem-event' as const, problemId: id, ...said } : []
    }),
    { at, by },
  )
}
