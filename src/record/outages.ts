import type { Db } from './db.ts'
import { eventsOf } from './incidents.ts'
import { type Outage, outageOf } from './outage-state.ts'
import { groupBy } from './telling.ts'

/** How each of these incidents was run by an instant, in the order asked. */
export async function outagesOf(db: Db, incidentIds: readonly string[], at: Date): Promise<Outage[]> {
  const said = (await eventsOf(db, incidentIds)).filter((event) => event.at <= at)
  const byIncident = groupBy(said, (event) => event.incidentId)
  return incidentIds.map((id) => outageOf(id, byIncident.get(id) ?? []))
}
