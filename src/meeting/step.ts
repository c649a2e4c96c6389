import { buildAgenda } from '../agenda/agenda.ts'
import { stopAt, stopsOf } from '../agenda/score.ts'
import { keyOf } from '../agenda/subject.ts'
import type { Rhythm } from '../calendar.ts'
import type { Db } from '../record/db.ts'
import { gatherFacts } from '../record/facts.ts'
import { findMeetingState, noteInMeeting } from '../record/meeting-events.ts'
import { findMeeting } from '../record/meetings.ts'
import { gatherSitting } from '../record/sitting.ts'
import type { Voice } from './say.ts'

export type Step =
  | { outcome: 'there' }
  | { outcome: 'moved on'; screen: string }
  | { outcome: 'no such screen' }
  | { outcome: 'not open' }

/**
 * Moves the room to another screen, and with it the wall and every phone. `from` = where whoever asks believes the room to be:
 * if another facilitator moved it meanwhile, it stays where it is. The item that is looked at is taken up.
 */
export async function step(
  db: Db,
  day: string,
  { to, from, rhythm, ...voice }: Voice & { to: string; from: string | undefined; rhythm: Rhythm },
): Promise<Step> {
  const meeting = await findMeeting(db, day)
  if (!meeting?.cutOff || meeting.closedAt) return { outcome: 'not open' }

  const facts = await gatherFacts(db, { at: voice.at, cutOff: meeting.cutOff, rhythm })
  const agenda = buildAgenda(facts)
  const { state, decisions } = await gatherSitting(db, facts)
  const stop = stopAt(stopsOf(agenda, { raised: state.raised.length, decided: decisions.length }), agenda, to)
  if (!stop) return { outcome: 'no such screen' }

  const isElsewhere = (screen: string) => from !== undefined && screen !== from && screen !== to
  const moved = await noteInMeeting(db, meeting.id, { kind: 'screen', value: to, ...voice }, ({ screen }) =>
    isElsewhere(screen),
  )
  if (stop.item && moved !== null)
    await noteInMeeting(db, meeting.id, { kind: 'taken-up', value: keyOf(stop.item.subject), ...voice })
  const { screen } = await findMeetingState(db, meeting.id)
  return screen === to ? { outcome: 'there' } : { outcome: 'moved on', screen }
}
