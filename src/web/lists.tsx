import type { Context } from 'hono'
import { type Column, ListPage } from '../../views/lists.tsx'
import { paths, withWords } from '../../views/paths.ts'
import { dayOf } from '../calendar.ts'
import { allServices } from '../record/services.ts'
import { csvLine } from '../sources/sheets/formulas.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { type Env, factory } from './house.ts'
import { askedWords, filtersFor, understood } from './list-asking.ts'
import { type Lister, type ListName, listers } from './listers.ts'
import { unfit } from './wanting.ts'

const aScreenful = 50
/** A sheet of what is shown ends here: whoever needs the whole record exports it. */
const mostOfASheet = 10_000

/** GET of a kind's list: filtered, searched and sorted by its query, page by page, or as CSV. */
export function list(name: ListName) {
  return factory.createHandlers(async (c) => {
    const lister: Lister = listers[name]
    const words = askedWords(c)
    const asked = understood(c, words)
    if ('field' in asked) return unfit(c, asked)
    if (c.req.query('as') === 'csv') return sheet(c, name, asked)

    const [surroundings, services, { searchedTo, ...listed }] = await Promise.all([
      around(c),
      lister.filters.includes('service') ? allServices(c.var.db) : [],
      lister.rows(c, { ...asked, limit: aScreenful }),
    ])
    const path = addresses[name]
    const { cursor: _, ...whole } = words
    return show(
      c,
      <ListPage
        around={surroundings}
        list={{
          kind: name,
          path,
          asked: whole,
          filters: filtersFor(lister, { people: surroundings.people, services, asked: whole }),
          columns: lister.columns.map((label) => asColumn(label, lister, { path, words: whole })),
          rows: listed.rows,
          total: null,
          next: listed.next && withWords(path, { ...words, cursor: listed.next }),
          searchedTo: searchedTo ?? null,
          csv: withWords(path, { ...whole, as: 'csv' }),
          about: lister.about,
        }}
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

function asColumn(
  label: string,
  { sorts = {} }: Lister,
  { path, words }: { path: string; words: Record<string, string> },
): Column {
  const by = sorts[label]
  const { sort = 'newest', search } = words
  const to = (next: string) => withWords(path, { ...words, sort: next === 'newest' ? null : next })
  if (by === 'time') {
    const sorted = sort === 'oldest' ? ('up' as const) : sort === 'newest' || search ? ('down' as const) : null
    return {
      key: label.toLowerCase(),
      label,
      sort: to(sorted === 'down' ? 'oldest' : 'newest'),
      ...(sorted && { sorted }),
    }
  }
  // A search goes by time: it could not stop half-way in another order.
  if (by === undefined || search) return { key: label.toLowerCase(), label }
  return {
    key: label.toLowerCase(),
    label,
    sort: to(by),
    ...(sort === by && { sorted: by === 'gravest' ? ('up' as const) : ('down' as const) }),
  }
}

type Asked = Parameters<Lister['rows']>[1]

/** The columns and rows of the list as it was asked for, every page of it; no cell of it is a formula. */
async function sheet(c: Context<Env>, name: ListName, asked: Asked): Promise<Response> {
  const lister: Lister = listers[name]
  const lines = [csvLine(lister.columns)]
  for (let cursor = asked.cursor; lines.length <= mostOfASheet; ) {
    const { rows, next } = await lister.rows(c, { ...asked, cursor, limit: 500 })
    lines.push(...rows.map(({ cells }) => csvLine(cells.map(asText))))
    if (next === null) break
    cursor = next
  }
  const file = `${name}-${dayOf(c.var.asOf, c.var.settings.rhythm.zone)}.csv`
  return c.body(`${lines.slice(0, mostOfASheet + 1).join('\r\n')}\r\n`, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${file}"`,
  })
}

function asText(cell: string | number | Date | null): string {
  return cell instanceof Date ? cell.toISOString() : `${cell ?? ''}`
}
