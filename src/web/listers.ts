import type { Context } from 'hono'
import type { Row } from '../../views/lists.tsx'
import { severityWord } from '../../views/names.ts'
import { pathTo } from '../../views/paths.ts'
import type { Subject } from '../agenda/shapes.ts'
import { findIncident } from '../record/incidents.ts'
import {
  type Asked,
  listActions,
  listChanges,
  listComplaints,
  listExposures,
  listForecasts,
  listIncidents,
  listPostmortems,
  listProblems,
  type Page,
} from '../record/listing.ts'
import type { Env } from './house.ts'
import { whole } from './listers-whole.ts'

export type FilterName = 'search' | 'service' | 'owner' | 'open' | 'from' | 'to'
type Cells = Row['cells']

/** One kind as its list shows it. `about`: what an empty list says. */
export interface Lister {
  columns: string[]
  filters: FilterName[]
  about: string
  rows(c: Context<Env>, asked: Asked): Promise<{ rows: Row[]; next: string | null }>
}

export const listers = {
  incidents: {
    columns: ['Title', 'Severity', 'Service', 'State', 'Owner', 'Began', 'Over'],
    filters: ['search', 'service', 'owner', 'open', 'from', 'to'],
    about: 'No incident was told to us. Tools report to /sources; by hand it takes one line.',
    rows: async (c, asked) => {
      const found = await listIncidents(c.var.db, asked)
      const rows = await Promise.all(found.rows.map((row) => asItStood(c, row)))
      return shown('incident', { ...found, rows }, (one) => [
        one.title,
        severityWord(one.severity),
        one.service,
        one.state,
        one.ownerId,
        one.startedAt,
        one.endedAt,
      ])
    },
  },
  problems: {
    columns: ['Title', 'Service', 'State', 'Owner', 'Opened', 'Closed'],
    filters: ['search', 'service', 'owner', 'open'],
    about: 'No problem is known. One is opened from an incident’s page.',
    rows: async (c, asked) =>
      shown('problem', await listProblems(c.var.db, asked), (one) => [
        one.title,
        one.service,
        one.state,
        one.ownerId,
        one.openedAt,
        one.closedAt,
      ]),
  },
  changes: {
    columns: ['What', 'Service', 'Site', 'Who', 'Kind', 'When'],
    filters: ['search', 'service', 'owner', 'from', 'to'],
    about: 'No change was told to us. By hand it takes one line: search deploy 4.2 on fra.',
    rows: async (c, asked) =>
      shown('change', await listChanges(c.var.db, asked), (one) => [
        one.what,
        one.service,
        one.site,
        one.who,
        one.kind,
        one.at,
      ]),
  },
  exposures: {
    columns: ['Service', 'Since', 'Until', 'Known for sure'],
    filters: ['service', 'open', 'from', 'to'],
    about: 'No service ran on one site alone, as far as its sites told us.',
    rows: async (c, asked) =>
      shown('exposure', await listExposures(c.var.db, asked), (one) => [
        one.service,
        one.since,
        one.until,
        one.certain ? 'yes' : 'a site has not said how it stands',
      ]),
  },
  complaints: {
    columns: ['Complaint', 'Service', 'From', 'How many', 'Incident', 'When'],
    filters: ['search', 'service', 'open', 'from', 'to'],
    about: 'No complaint was told to us: that is not the same as none.',
    rows: async (c, asked) =>
      shown('complaint', await listComplaints(c.var.db, asked), (one) => [
        one.text,
        one.service,
        one.class,
        one.count,
        one.incidentId,
        one.at,
      ]),
  },
  forecasts: {
    columns: ['What', 'Service', 'Due', 'Confidence', 'Made'],
    filters: ['search', 'service', 'open'],
    about: 'Nobody predicted anything yet.',
    rows: async (c, asked) =>
      shown('forecast', await listForecasts(c.var.db, asked), (one) => [
        one.what,
        one.service,
        one.dueAt,
        one.confidence,
        one.madeAt,
      ]),
  },
  actions: {
    columns: ['What', 'State', 'Owner', 'Due', 'Opened', 'Ended'],
    filters: ['search', 'owner', 'open'],
    about: 'Nothing was promised yet.',
    rows: async (c, asked) =>
      shown('action', await listActions(c.var.db, asked), (one) => [
        one.title,
        one.state,
        one.ownerId,
        one.dueAt,
        one.openedAt,
        one.endedAt,
      ]),
  },
  postmortems: {
    columns: ['Incident', 'Service', 'Decision', 'Owner', 'Decided', 'Held'],
    filters: ['search', 'service', 'open'],
    about: 'No postmortem was decided yet.',
    rows: async (c, asked) =>
      shown('incident', await listPostmortems(c.var.db, asked), (one) => [
        one.title,
        one.service,
        one.postmortem,
        one.ownerId,
        one.postmortemAt,
        one.postmortemFor,
      ]),
  },
  ...whole,
} satisfies Record<string, Lister>
export type ListName = keyof typeof listers

function shown<One extends { id: string }>(
  kind: Subject['kind'],
  { rows, next }: Page<One>,
  cellsOf: (one: One) => Cells,
): { rows: Row[]; next: string | null } {
  return { rows: rows.map((one) => ({ href: pathTo({ kind, id: one.id }), cells: cellsOf(one) })), next }
}

// What was told after the instant asked about is not known there yet.
async function asItStood<One extends { id: string; changedAt: Date }>(c: Context<Env>, row: One) {
  if (row.changedAt <= c.var.asOf) return row
  return { ...row, ...(await findIncident(c.var.db, row.id, c.var.asOf)) }
}
