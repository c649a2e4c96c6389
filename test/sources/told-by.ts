import type { Db } from '../../src/record/db.ts'
import { listDeliveries } from '../../src/record/deliveries.ts'
import {
  changeEvents,
  changes,
  forecasts,
  incidentEvents,
  incidentProblems,
  incidents,
  problemEvents,
  problems,
} from '../../src/record/schema.ts'

/** In a few words each: what stands on the record, what was said of something unknown, and why it was refused. */
export async function toldBy(db: Db): Promise<string[]> {
  const [stood, found, made, seen, said, [delivery]] = await Promise.all([
    db.orm.select().from(incidents).orderBy(incidents.startedAt),
    db.orm.select().from(problems),
    db.orm.select().from(changes),
    db.orm.select().from(forecasts),
    db.orm.select().from(incidentEvents),
    listDeliveries(db, { limit: 1 }),
  ])
  if (delivery?.fault) return [`refused: ${delivery.fault}`]
  const lines = [
    ...stood.map((one) => words([one.state, one.severity, 'incident of', one.service], one.title, one.ownerId)),
    ...found.map((one) => words([one.state, one.severity, 'problem of', one.service], one.title, one.ownerId)),
    ...made.map((one) => words([one.kind, 'of', one.service], one.what, one.who)),
    ...seen.map(({ service, what, dueAt }) => `forecast of ${service}: ${what} by ${dueAt.toISOString().slice(0, 10)}`),
    ...said
      .filter(({ kind, incidentId }) => kind === 'note' && !stood.some(({ id }) => id === incidentId))
      .map(({ incidentId, value }) => `note on ${incidentId}: ${value}`),
  ]
  return lines.length > 0 ? lines : ['not for us']
}

function words(parts: readonly (string | null)[], title: string, who: string | null): string {
  return `${parts.map((part) => part ?? '?').join(' ')}: ${title}${who ? ` (${who})` : ''}`
}

const told = [incidentProblems, incidentEvents, incidents, problemEvents, problems, changeEvents, changes, forecasts]

/** Takes away all that any tool told, so that the next telling stands by itself. Quicker than another record. */
export async function takeAllBack(db: Db): Promise<void> {
  await db.batch(told.map((table) => db.orm.delete(table)))
}
