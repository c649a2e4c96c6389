import type { Db } from '../record/db.ts'
import { exposuresBlocking } from '../record/exposures.ts'
import type { Exposure } from '../record/shapes.ts'
import { say, type Voice } from './say.ts'

export type Settlement = { outcome: 'settled' } | { outcome: 'still exposed'; exposures: Exposure[] }

/**
 * Resolved means that redundancy is back, not only the service (S16): while an exposure linked to it is open, an incident
 * is neither resolved nor closed by the room.
 */
export async function settle(
  db: Db,
  incidentId: string,
  { as, why = '', ...voice }: Voice & { as: 'resolved' | 'closed'; why?: string | undefined },
): Promise<Settlement> {
  const exposures = await exposuresBlocking(db, incidentId, voice.at)
  if (exposures.length > 0) return { outcome: 'still exposed', exposures }

  await say(db, [{ kind: 'incident-event', incidentId, at: voice.at, event: as, by: voice.by, why }], voice)
  return { outcome: 'settled' }
}
