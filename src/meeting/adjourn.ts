import { buildAgenda } from '../agenda/agenda.ts'
import type { Rhythm } from '../calendar.ts'
import { closeMeeting } from '../record/closing.ts'
import type { Db } from '../record/db.ts'
import { gatherFacts } from '../record/facts.ts'
import { findMeeting } from '../record/meetings.ts'
import type { Facts } from '../record/shapes.ts'
import { say, type Voice } from './say.ts'

export interface Unowned {
  kind: 'incident' | 'problem'
  id: string
  title: string
}
export type Adjournment =
  | { outcome: 'adjourned' }
  | { outcome: 'already adjourned' }
  | { outcome: 'not open' }
  | { outcome: 'without an owner'; unowned: Unowned[] }

/**
 * The room may leave once every open incident and problem has an owner (S8): what nobody owns, nobody does. Or it says why
 * it leaves all the same, and that is written at each of them. The close keeps the figures: what happened up to the
 * cut-off, and what is open and whose as the room leaves it.
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
  const unowned = withoutOwner(facts)
  if (unowned.length > 0 && why === undefined) return { outcome: 'without an owner', unowned }

  const figures = buildAgenda(facts).counts
  const closed = await closeMeeting(db, { id: meeting.id, at: voice.at, by: voice.by, figures })
  if (closed && why !== undefined) await noteAt(db, unowned, { ...voice, why })
  return { outcome: closed ? 'adjourned' : 'already adjourned' }
}

function withoutOwner({ incidents, problems }: Facts): Unowned[] {
  return [
    ...incidents
      .filter(({ endedAt, ownerId }) => endedAt === null && ownerId === null)
      .map(({ id, title }) => ({ kind: 'incident' as const, id, title })),
    ...problems
      .filter(({ closedAt, ownerId }) => closedAt === null && ownerId === null)
      .map(({ id, title }) => ({ kind: 'problem' as const, id, title })),
  ]
}

async function noteAt(db: Db, unowned: Unowned[], { at, by, why }: Voice & { why: string }): Promise<void> {
  const value = `The meeting closed without an owner: ${why}`
  const said = { at, by, event: 'note' as const, value }
  await say(
    db,
    unowned.map(({ kind, id }) =>
      kind === 'incident'
        ? { kind: 'incident-event', incidentId: id, ...said }
        : { kind: 'problem-event', problemId: id, ...said },
    ),
    { at, by },
  )
}
