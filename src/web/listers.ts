import type { Context } from 'hono'
import type { Row } from '../../views/lists.tsx'
import { decisionWord, incidentStateWord, problemStateWord, severityWord } from '../../views/names.ts'
import { pathTo } from '../../views/paths.ts'
import type { Subject } from '../agenda/shapes.ts'
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
import { allPeople } from '../record/people.ts'
import type { Env } from './house.ts'
import { whole } from './listers-whole.ts'

export type FilterName = 'search' | 'service' | 'owner' | 'state' | 'severity' | 'from' | 'to'
type Cells = Row['cells']

/** One kind as its list shows it. `states`: what a thing of it may be, 'open' and 'over' aside. `about`: what an empty list says. */
export interface Lister {
  columns: string[]
  sorts?: Readonly<Record<string, string>> // a column to the word by which the record orders it; 'time' goes both ways
  filters: FilterName[]
  states?: readonly { value: string; label: string }[]
  about: string
  rows(c: Context<Env>, asked: Asked): Promise<Shown>
}
/** `searchedTo`: so far back a search has looked; there is more. */
export interface Shown {
  rows: Row[]
  next: string | null
  searchedTo?: Date | null
}

const openOrOver = [
  { value: 'open', label: 'Open' },
  { value: 'over', label: 'Over' },
]

export const listers = {
  incidents: {
    columns: ['Title', 'Severity', 'Service', 'State', 'Owner', 'Began', 'Over', 'Customer-minutes'],
    sorts: { Severity: 'gravest', Began: 'time', 'Customer-minutes': 'costliest' },
    filters: ['search', 'service', 'owner', 'state', 'severity', 'from', 'to'],
    states: [
      ...openOrOver,
      { value: 'mitigated', label: 'Service back, not resolved' },
      { value: 'resolved', label: 'Resolved' },
      { value: 'closed', label: 'Closed' },
    ],
    about: 'No incident was told to us. Tools report to /sources; by hand it takes one line.',
    rows: async (c, asked) => {
      const name = await names(c)
      return shown('incident', await listIncidents(c.var.db, asked), (one) => [
        one.title,
        severityWord(one.severity),
        one.service,
        incidentStateWord(one.state),
        name(one.ownerId),
        one.startedAt,
        one.endedAt,
        one.customerMinutes,
      ])
    },
  },
  problems: {
    columns: ['Title', 'Service', 'State', 'Owner', 'Opened', 'Closed'],
    sorts: { Opened: 'time' },
    filters: ['search', 'service', 'owner', 'state', 'severity'],
    states: [
      ...openOrOver,
      { value: 'known-error', label: 'Cause known' },
      { value: 'fix-deployed', label: 'Fix out, under watch' },
    ],
    about: 'No problem is known. One is opened from an incident’s page.',
    rows: async (c, asked) => {
      const name = await names(c)
      return shown('problem', await listProblems(c.var.db, asked), (one) => [
        one.title,
        one.service,
        problemStateWord(one.state),
        name(one.ownerId),
        one.openedAt,
        one.closedAt,
      ])
    },
  },
  changes: {
    columns: ['What', 'Service', 'Site', 'Who', 'Kind', 'When'],
    sorts: { When: 'time' },
    filters: ['search', 'service', 'owner', 'from', 'to'],
    about: 'No change was told to us. By hand it takes one line: search deploy 4.2 on fra.',
    rows: async (c, asked) => {
      const name = await names(c)
      return shown('change', await listChanges(c.var.db, asked), (one) => [
        one.what,
        one.service,
        one.site,
        name(one.who),
        one.kind,
        one.at,
      ])
    },
  },
  exposures: {
    columns: ['Service', 'Since', 'Until', 'Known for sure'],
    sorts: { Since: 'time' },
    filters: ['service', 'state', 'from', 'to'],
    states: openOrOver,
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
    sorts: { When: 'time' },
    filters: ['search', 'service', 'state', 'from', 'to'],
    states: [
      { value: 'open', label: 'Linked to no incident' },
      { value: 'over', label: 'Linked to an incident' },
    ],
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
    sorts: { Made: 'time' },
    filters: ['search', 'service', 'state'],
    states: [
      { value: 'open', label: 'To come' },
      { value: 'over', label: 'Past' },
    ],
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
    sorts: { Opened: 'time' },
    filters: ['search', 'owner', 'state'],
    states: [...openOrOver, { value: 'done', label: 'Done' }, { value: 'dropped', label: 'Dropped' }],
    about: 'Nothing was promised yet.',
    rows: async (c, asked) => {
      const name = await names(c)
      return shown('action', await listActions(c.var.db, asked), (one) => [
        one.title,
        one.state,
        name(one.ownerId),
        one.dueAt,
        one.openedAt,
        one.endedAt,
      ])
    },
  },
  postmortems: {
    columns: ['Incident', 'Service', 'Decision', 'Owner', 'Decided', 'Held'],
    sorts: { Decided: 'time' },
    filters: ['search', 'service', 'owner', 'state'],
    states: [
      { value: 'open', label: 'To be held, or put off' },
      { value: 'yes', label: 'To be held' },
      { value: 'later', label: 'Put off' },
      { value: 'no', label: 'None' },
    ],
    about: 'No postmortem was decided yet.',
    rows: async (c, asked) => {
      const name = await names(c)
      return shown('incident', await listPostmortems(c.var.db, asked), (one) => [
        one.title,
        one.service,
        decisionWord(one.postmortem),
        name(one.ownerId),
        one.postmortemAt,
        one.postmortemFor,
      ])
    },
  },
  ...whole,
} satisfies Record<string, Lister>
export type ListName = keyof typeof listers

function shown<One extends { id: string }>(
  kind: Subject['kind'],
  { rows, ...more }: Page<One>,
  cellsOf: (one: One) => Cells,
): Shown {
  return { rows: rows.map((one) => ({ href: pathTo({ kind, id: one.id }), cells: cellsOf(one) })), ...more }
}

/** What people are called; whoever is on no list goes by what was told. */
async function names(c: Context<Env>): Promise<(id: string | null) => string | null> {
  const known = new Map((await allPeople(c.var.db)).map(({ id, name }) => [id, name]))
  return (id) => (id === null ? null : (known.get(id) ?? id))
}
