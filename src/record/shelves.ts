import { eq, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as rowsOf from './rows.ts'
import {
  actions,
  changeEvents,
  changes,
  complaints,
  exposureEvents,
  forecasts,
  incidentEvents,
  incidents,
  people,
  plannedEvents,
  problemEvents,
  problems,
  serviceLevels,
  services,
  siteEvents,
} from './schema.ts'

/** Where a kind lies: in which order, what finds a row, and how it is said in the contract's columns. */
export interface Shelf {
  table: SQLiteTable
  order: SQLiteColumn[]
  key: SQLiteColumn[]
  at?: SQLiteColumn // an instant, or a day
  only?: SQL
  open?: { yes: SQL; no: SQL }
  owner?: SQLiteColumn
  service?: SQLiteColumn | ((service: string) => SQL)
  searched: SQLiteColumn[]
  say(row: never, more: rowsOf.Beside): rowsOf.Row
}

const untold = (kind: SQLiteColumn) => ne(kind, 'told')
const ofIncidents = (service: string) =>
  sql`exists (select 1 from ${incidents} where ${incidents.id} = ${incidentEvents.incidentId} and +${incidents.service} = ${service})`
const ofProblems = (service: string) =>
  sql`exists (select 1 from ${problems} where ${problems.id} = ${problemEvents.problemId} and ${problems.service} = ${service})`

/** Every kind of the contract, and ours. A snapshot is what was told of an incident at one instant. */
export const shelves: Record<string, Shelf> = {
  incidents: {
    table: incidents,
    order: [incidents.startedAt, incidents.id],
    key: [incidents.id],
    at: incidents.startedAt,
    open: { yes: isNull(incidents.endedAt), no: isNotNull(incidents.endedAt) },
    owner: incidents.ownerId,
    service: incidents.service,
    searched: [incidents.title, incidents.id],
    say: rowsOf.incident,
  },
  'incident-events': {
    table: incidentEvents,
    ...happening(incidentEvents, incidentEvents.incidentId),
    only: untold(incidentEvents.kind),
    service: ofIncidents,
    say: rowsOf.incidentEvent,
  },
  'incident-snapshots': {
    table: incidentEvents,
    ...happening(incidentEvents, incidentEvents.incidentId),
    only: eq(incidentEvents.kind, 'told'),
    service: ofIncidents,
    say: rowsOf.incidentSnapshot,
  },
  problems: {
    table: problems,
    order: [problems.openedAt, problems.id],
    key: [problems.id],
    at: problems.openedAt,
    open: { yes: isNull(problems.closedAt), no: isNotNull(problems.closedAt) },
    owner: problems.ownerId,
    service: problems.service,
    searched: [problems.title, problems.id],
    say: rowsOf.problem,
  },
  'problem-events': {
    table: problemEvents,
    ...happening(problemEvents, problemEvents.problemId),
    only: untold(problemEvents.kind),
    service: ofProblems,
    say: rowsOf.problemEvent,
  },
  changes: {
    table: changes,
    order: [changes.at, changes.id],
    key: [changes.id],
    at: changes.at,
    owner: changes.who,
    service: changes.service,
    searched: [changes.what, changes.id],
    say: rowsOf.change,
  },
  'change-events': { table: changeEvents, ...happening(changeEvents, changeEvents.changeId), say: rowsOf.changeEvent },
  'service-levels': {
    table: serviceLevels,
    order: [serviceLevels.day, serviceLevels.service, serviceLevels.indicator],
    key: [serviceLevels.service, serviceLevels.indicator, serviceLevels.day],
    at: serviceLevels.day,
    service: serviceLevels.service,
    searched: [serviceLevels.indicator],
    say: rowsOf.serviceLevel,
  },
  complaints: {
    table: complaints,
    order: [complaints.at, complaints.id],
    key: [complaints.id],
    at: complaints.at,
    service: complaints.service,
    searched: [complaints.text, complaints.id],
    say: rowsOf.complaint,
  },
  forecasts: {
    table: forecasts,
    order: [forecasts.madeAt, forecasts.id],
    key: [forecasts.id],
    at: forecasts.madeAt,
    service: forecasts.service,
    searched: [forecasts.what, forecasts.id],
    say: rowsOf.forecast,
  },
  sites: {
    table: siteEvents,
    order: [siteEvents.service, siteEvents.site, siteEvents.at, siteEvents.state],
    key: [siteEvents.service, siteEvents.site, siteEvents.at, siteEvents.state],
    at: siteEvents.at,
    service: siteEvents.service,
    searched: [siteEvents.site],
    say: rowsOf.site,
  },
  'exposure-events': {
    table: exposureEvents,
    ...happening(exposureEvents, exposureEvents.service),
    service: exposureEvents.service,
    say: rowsOf.exposureEvent,
  },
  events: {
    table: plannedEvents,
    order: [plannedEvents.to, plannedEvents.id],
    key: [plannedEvents.id],
    at: plannedEvents.to,
    service: plannedEvents.service,
    searched: [plannedEvents.title, plannedEvents.id],
    say: rowsOf.plannedEvent,
  },
  people: {
    table: people,
    order: [people.id],
    key: [people.id],
    open: { yes: isNull(people.closedAt), no: isNotNull(people.closedAt) },
    searched: [people.name, people.email],
    say: rowsOf.person,
  },
  services: {
    table: services,
    order: [services.id],
    key: [services.id],
    service: services.id,
    searched: [services.id],
    say: rowsOf.service,
  },
  actions: {
    table: actions,
    order: [actions.openedAt, actions.id],
    key: [actions.id],
    at: actions.openedAt,
    open: { yes: isNull(actions.endedAt), no: isNotNull(actions.endedAt) },
    owner: actions.ownerId,
    searched: [actions.title, actions.id],
    say: rowsOf.action,
  },
}

interface Happening {
  at: SQLiteColumn
  kind: SQLiteColumn
  value: SQLiteColumn
  by: SQLiteColumn
}

function happening({ at, kind, value, by }: Happening, subject: SQLiteColumn) {
  return {
    order: [at, subject, kind, value],
    key: [subject, at, kind, value],
    at,
    owner: by,
    searched: [value, subject],
  }
}
