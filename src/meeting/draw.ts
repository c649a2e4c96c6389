import { drawDeepDive } from '../measures/fairness.ts'
import type { Db } from '../record/db.ts'
import { lastSaid, noteInMeeting } from '../record/meeting-events.ts'
import { allServices } from '../record/services.ts'
import type { Voice } from './say.ts'

/** Draws the service that is looked at more deeply this week (A11). `chance` from 0 to below 1. Drawn once a meeting. */
export async function draw(db: Db, meetingId: string, { chance, ...voice }: Voice & { chance: number }): Promise<void> {
  const [services, turns] = await Promise.all([allServices(db), lastSaid(db, ['deep-dive'], 100)])
  const drawn = drawDeepDive(
    services.map(({ id }) => id),
    turns.map(({ value, at }) => ({ service: value, at })),
    { now: voice.at, draw: chance },
  )
  if (drawn !== null) await noteInMeeting(db, meetingId, { kind: 'deep-dive', value: drawn, ...voice })
}
