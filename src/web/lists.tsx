import type { Context } from 'hono'
import { type Column, type Filter, ListPage } from '../../views/lists.tsx'
import { paths, withWords } from '../../views/paths.ts'
import type { Asked } from '../record/listing.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import type { Wrong } from './faults.tsx'
import { type Env, factory } from './house.ts'
import { type FilterName, type Lister, type ListName, listers } from './listers.ts'
import { instantOrFault } from './moments.ts'
import { dueOrFault, unfit } from './wanting.ts'

const aScreenful = 50

/** GET of a kind's list, filtered and searched by its query, page by page. */
export function list(name: ListName) {
  return factory.createHandlers(async (c) => {
    const { columns, filters, about, rows }: Lister = listers[name]
    const words = askedWords(c)
    const asked = understood(c, words)
    if ('field' in asked) return unfit(c, asked)

    const listed = await rows(c, asked)
    const path = addresses[name]
    const next = listed.next && withWords(path, { ...words, cursor: listed.next })
    const shown = { kind: name, path, asked: words, rows: listed.rows, total: null, next, csv: null }
    return show(
      c,
      <ListPage
        around={await around(c)}
        list={{ ...shown, columns: columns.map(asColumn), filters: filters.map((filter) => filterFor[filter]), about }}
      />,
    )
  })
}

const addresses: Record<ListName, string> = {
  incidents: paths.incidents,
  problems: paths.problems,
  changes: paths.changes,
  exposures: paths.exposures,
  'service-levels': paths.serviceLevels,
  complaints: paths.complaints,
  forecasts: paths.forecasts,
  actions: paths.actions,
  postmortems: paths.postmortems,
}

const filterFor: Record<FilterName, Filter> = {
  search: { name: 'search', label: 'Search' },
  service: { name: 'service', label: 'Service' },
  owner: { name: 'owner', label: 'Owner' },
  open: {
    name: 'open',
    label: 'State',
    choices: [
      { value: '', label: 'All' },
      { value: 'true', label: 'Open' },
      { value: 'false', label: 'Over' },
    ],
  },
  from: { name: 'from', label: 'From' },
  to: { name: 'to', label: 'To' },
}

function askedWords(c: Context<Env>): Record<string, string> {
  const known = ['search', 'service', 'owner', 'open', 'from', 'to', 'cursor', 'at']
  return Object.fromEntries(Object.entries(c.req.query()).filter(([name, said]) => known.includes(name) && said !== ''))
}

function understood(
  c: Context<Env>,
  { search, service, owner, open, from, to, cursor }: Record<string, string>,
): Asked | Wrong {
  const { asOf, settings } = c.var
  const since = from === undefined ? undefined : instantOrFault(from, settings.rhythm.zone)
  const until = to === undefined ? undefined : dueOrFault(to, settings.rhythm.zone)
  const mend = 'Write a day, 2026-11-23, or an instant'
  if (typeof since === 'string') return { field: 'from', fault: since, mend }
  if (typeof until === 'string') return { field: 'to', fault: until, mend }

  const isOpen = open === undefined ? undefined : open === 'true'
  return { search, service, owner, open: isOpen, from: since, to: until, cursor, at: asOf, limit: aScreenful }
}

function asColumn(label: string): Column {
  return { key: label.toLowerCase(), label }
}
