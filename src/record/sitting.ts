import { chairsBefore, sittingsBefore } from './closing.ts'
import type { Db } from './db.ts'
import { type Decision, decisionsWithin } from './decisions.ts'
import { type HandOver, handOversOf } from './hand-overs.ts'
import { findMeetingState, meetingIdOf } from './meeting-events.ts'
import type { MeetingState } from './meeting-state.ts'
import type { Outage } from './outage-state.ts'
import { outagesOf } from './outages.ts'
import type { Facts, Meeting } from './shapes.ts'

/** The room while it sits: what it did, what it gave out, what it decided. Plain values, beside the facts of its morning. */
export interface Sitting {
  meetingId: string
  meeting: Meeting | null
  state: MeetingState
  handOvers: HandOver[] // given out in this meeting, or still waiting for a yes
  outages: Outage[] // of open sev1 and sev2
  decisions: Decision[] // since the opening
  sittings: { day: string; forMs: number }[] // the last 20, oldest first
  chairs: { by: string; at: Date }[] // who opened the last 20, newest first
}

export async function gatherSitting(db: Db, { meeting, meetingDay, asOf, incidents }: Facts): Promise<Sitting> {
  const meetingId = meeting?.id ?? (await meetingIdOf(db, meetingDay))
  const grave = incidents.filter(
    ({ endedAt, severity }) => endedAt === null && (severity === 'sev1' || severity === 'sev2'),
  )
  const [state, handOvers, outages, decisions, sittings, chairs] = await Promise.all([
    findMeetingState(db, meetingId),
    handOversOf(db, meetingId),
    outagesOf(
      db,
      grave.map(({ id }) => id),
      asOf,
    ),
    meeting?.openedAt ? decisionsWithin(db, { from: meeting.openedAt, to: meeting.closedAt ?? asOf }) : [],
    sittingsBefore(db, asOf, 20),
    chairsBefore(db, asOf, 20),
  ])
  return { meetingId, meeting, state, handOvers, outages, decisions, sittings, chairs }
}
