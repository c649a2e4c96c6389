import { and, eq, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import type { Db } from './db.ts'
import { type Page, page } from './paging.ts'
import { actions, changes, complaints, exposures, forecasts, incidents, problems } from './schema.ts'
import type { Asked } from './wanted.ts'

export type { Page } from './paging.ts'
export type { Asked } from './wanted.ts'

type Listed<Table extends { $inferSelect: unknown }> = Promise<Page<Table['$inferSelect']>>

/** 'gravest' puts the gravest first, 'costliest' what cost its customers most. */
export async function listIncidents(db: Db, asked: Asked): Listed<typeof incidents> {
  const { id, startedAt, title, service, ownerId, severity, state, endedAt, customerMinutes } = incidents
  const sorts = { gravest: { column: severity, up: true }, costliest: { column: customerMinutes, up: false } }
  const columns = { id, time: startedAt, text: title, service, owner: ownerId, severity, state, ended: endedAt }
  return withItsOwn(await page(db, { table: incidents, ...columns, sorts }, asked), asked, async (search) =>
    db.orm.select().from(incidents).where(eq(id, search)),
  )
}

/** Incidents of which the room decided whether to hold a postmortem. Open = to be held, or put off. */
export function listPostmortems(db: Db, { state, ...asked }: Asked): Listed<typeof incidents> {
  const { id, postmortemAt, title, service, ownerId, postmortem } = incidents
  const columns = { id, time: postmortemAt, text: title, service, owner: ownerId, state: postmortem }
  const isToHold = or(eq(postmortem, 'yes'), eq(postmortem, 'later'))
  const only = state === 'open' ? isToHold : state === 'over' ? eq(postmortem, 'no') : isNotNull(postmortem)
  const said = state === 'open' || state === 'over' ? undefined : state
  return page(db, { table: incidents, ...columns, only }, { ...asked, state: said })
}

export function listProblems(db: Db, asked: Asked): Listed<typeof problems> {
  const { id, openedAt, title, service, ownerId, severity, state, closedAt } = problems
  const columns = { id, time: openedAt, text: title, service, owner: ownerId, severity, state, ended: closedAt }
  return page(db, { table: problems, ...columns }, asked)
}

export function listChanges(db: Db, asked: Asked): Listed<typeof changes> {
  const { id, at, what, service, who } = changes
  return page(db, { table: changes, id, time: at, text: what, service, owner: who }, asked)
}

export function listExposures(db: Db, asked: Asked): Listed<typeof exposures> {
  const { id, since, service, until } = exposures
  return page(db, { table: exposures, id, time: since, text: service, service, ended: until }, asked)
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
  const { id, openedAt, title, ownerId, state, endedAt } = actions
  return page(db, { table: actions, id, time: openedAt, text: title, owner: ownerId, state, ended: endedAt }, asked)
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
