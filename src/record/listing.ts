import { and, eq, gt, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { actionsAsTheyStood, incidentsAsTheyStood, problemsAsTheyStood } from './as-they-stood.ts'
import type { Db } from './db.ts'
import { type Page, page } from './paging.ts'
import { actions, changes, complaints, exposures, forecasts, incidents, problems } from './schema.ts'
import type { Asked } from './wanted.ts'

export type { Page } from './paging.ts'
export type { Asked } from './wanted.ts'

type IncidentRow = typeof incidents.$inferSelect
type ProblemRow = typeof problems.$inferSelect
type ActionRow = typeof actions.$inferSelect
type ExposureRow = typeof exposures.$inferSelect
type Listed<Table extends { $inferSelect: unknown }> = Promise<Page<Table['$inferSelect']>>

/** 'gravest' puts the gravest first, 'costliest' what cost its customers most. */
export async function listIncidents(db: Db, asked: Asked): Listed<typeof incidents> {
  const { id, startedAt, title, service, ownerId, severity, state, endedAt, customerMinutes } = incidents
  const sorts = { gravest: { column: severity, up: true }, costliest: { column: customerMinutes, up: false } }
  const columns = { id, time: startedAt, text: title, service, owner: ownerId, severity, state, ended: endedAt }
  // By the index of what was said: of a million, few have moved.
  const movedSince = (at: Date) => sql`${id} in (select incident_id from incident_events where at > ${at.getTime()})`
  const past = { movedSince, asTheyStood: incidentsThen(db) }
  return withItsOwn(await page(db, { table: incidents, ...columns, sorts, ...past }, asked), asked, async (search) =>
    incidentsAsTheyStood(db, await db.orm.select().from(incidents).where(eq(incidents.id, search)), asked.at),
  )
}

/** Incidents of which the room decided whether to hold a postmortem. Open = to be held, or put off. */
export function listPostmortems(db: Db, { state, ...asked }: Asked): Listed<typeof incidents> {
  const { id, postmortemAt, title, service, ownerId, postmortem } = incidents
  const columns = { id, time: postmortemAt, text: title, service, owner: ownerId, state: postmortem }
  const isToHold = or(eq(postmortem, 'yes'), eq(postmortem, 'later'))
  const only = state === 'open' ? isToHold : state === 'over' ? eq(postmortem, 'no') : isNotNull(postmortem)
  const said = state === 'open' || state === 'over' ? undefined : state
  return page(db, { table: incidents, ...columns, only, asTheyStood: incidentsThen(db) }, { ...asked, state: said })
}

export function listProblems(db: Db, asked: Asked): Listed<typeof problems> {
  const { id, openedAt, title, service, ownerId, severity, state, closedAt, changedAt } = problems
  const columns = { id, time: openedAt, text: title, service, owner: ownerId, severity, state, ended: closedAt }
  const asTheyStood = (rows: ProblemRow[], at: Date) => problemsAsTheyStood(db, rows, at)
  return page(db, { table: problems, ...columns, movedSince: (at) => gt(changedAt, at), asTheyStood }, asked)
}

export function listChanges(db: Db, asked: Asked): Listed<typeof changes> {
  const { id, at, what, service, who } = changes
  return page(db, { table: changes, id, time: at, text: what, service, owner: who }, asked)
}

export function listExposures(db: Db, asked: Asked): Listed<typeof exposures> {
  const { id, since, service, until } = exposures
  const asTheyStood = async (rows: ExposureRow[], at: Date) =>
    rows.map((row) => (row.until && row.until > at ? { ...row, until: null } : row))
  return page(db, { table: exposures, id, time: since, text: service, service, ended: until, asTheyStood }, asked)
}

/** Open = linked to no incident. */
export function listComplaints(db: Db, { state, ...asked }: Asked): Listed<typeof complaints> {
  const { id, at, text, service, incidentId, by } = complaints
  const only = linked(state, { open: isNull(incidentId), over: isNotNull(incidentId) })
  return page(db, { table: complaints, id, time: at, text, service, owner: by, only }, asked)
}

export function listForecasts(db: Db, asked: Asked): Listed<typeof forecasts> {
  const { id, madeAt, what, service, dueAt } = forecasts
  return page(db, { table: forecasts, id, time: madeAt, text: what, service, ended: dueAt }, asked)
}

export function listActions(db: Db, asked: Asked): Listed<typeof actions> {
  const { id, openedAt, title, ownerId, state, endedAt, changedAt } = actions
  const columns = { id, time: openedAt, text: title, owner: ownerId, state, ended: endedAt }
  const asTheyStood = (rows: ActionRow[], at: Date) => actionsAsTheyStood(db, rows, at)
  return page(db, { table: actions, ...columns, movedSince: (at) => gt(changedAt, at), asTheyStood }, asked)
}

function linked(state: string | undefined, when: Record<'open' | 'over', SQL>): SQL | undefined {
  return state === 'open' || state === 'over' ? and(when[state]) : undefined
}

/** Whoever looks for an id means that one, however long ago it was: it comes first. */
async function withItsOwn<Row extends { id: string }>(
  listed: Page<Row>,
  { search, cursor }: Asked,
  find: (search: string) => Promise<Row[]>,
): Promise<Page<Row>> {
  if (search === undefined || cursor !== undefined) return listed

  const named = await find(search)
  return { ...listed, rows: [...named, ...listed.rows.filter(({ id }) => id !== named[0]?.id)] }
}

function incidentsThen(db: Db): (rows: IncidentRow[], at: Date) => Promise<IncidentRow[]> {
  return (rows, at) => incidentsAsTheyStood(db, rows, at)
}
