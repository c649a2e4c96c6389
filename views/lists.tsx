import { type Around, readingAt } from './around.ts'
import { figure, sentence, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Moment } from './parts/moment.tsx'
import { paths } from './paths.ts'

export interface ListPageProps {
  around: Around
  list: Listing
}

/** A list of one kind, as the address asked for it. Sorting and filtering are the record's; this only shows. */
export interface Listing {
  kind: string // plural, as in the address: incidents, problems, changes, ...
  path: string // its address without a query
  asked: Record<string, string> // the query as it was understood: search, service, owner, state, severity, from, to, sort
  filters: Filter[]
  columns: Column[]
  rows: Row[]
  total: number | null // null = not counted
  next: string | null // address of the next page
  searchedTo: Date | null // so far back a search has looked; `next` looks further
  csv: string | null // address of what is shown, as CSV
  about?: string // an empty list's sentence and what to do next
}
export interface Filter {
  name: string
  label: string
  choices?: { value: string; label: string }[] // none = a search field
  suggestions?: string[]
}
export interface Column {
  key: string
  label: string
  sort?: string // address that sorts by it
  sorted?: 'up' | 'down'
}
/** Cells in the columns' order; a Date is told in words and as an instant, a number is set to the right. The first cell leads to href. */
export interface Row {
  href: string | null
  cells: (string | number | Date | null)[]
}

export function ListPage({ around, list }: ListPageProps) {
  const name = sentence(list.kind.replaceAll('-', ' '))
  return (
    <Layout around={around} title={name}>
      <main id="page">
        <header class="page-head">
          <h1>{name}</h1>
          {list.total !== null && <p class="quiet">{figure(list.total)} in all</p>}
        </header>
        {list.filters.length > 0 && <Filters list={list} />}
        {list.rows.length === 0 ? <Empty list={list} /> : <Rows list={list} around={around} name={name} />}
        <Pager list={list} around={around} />
      </main>
    </Layout>
  )
}

function Pager({ list, around }: { list: Listing; around: Around }) {
  return (
    <nav class="pager" aria-label="Pages">
      {list.next ? (
        <a class="button" href={list.next} rel="next">
          {list.searchedTo ? 'Look further back' : 'Next page'}
        </a>
      ) : (
        <span class="quiet">{list.rows.length > 0 && 'This is the end of the list.'}</span>
      )}
      {list.searchedTo && <span class="quiet">Searched back to {when(list.searchedTo, readingAt(around))}.</span>}
      {list.csv && list.rows.length > 0 && <a href={list.csv}>As CSV</a>}
    </nav>
  )
}

function Filters({ list }: { list: Listing }) {
  return (
    <search>
      <form class="filters" action={list.path}>
        {['sort', 'at'].map((name) => list.asked[name] && <input type="hidden" name={name} value={list.asked[name]} />)}
        {list.filters.map((filter) => (
          <FilterField filter={filter} said={list.asked[filter.name] ?? ''} />
        ))}
        <button type="submit">Show</button>
        {Object.keys(list.asked).length > 0 && (
          <a class="button" href={list.path}>
            Show all
          </a>
        )}
      </form>
    </search>
  )
}

function FilterField({ filter, said }: { filter: Filter; said: string }) {
  const { name, label, choices, suggestions } = filter
  return choices ? (
    <label>
      {label}
      <select name={name}>
        {choices.map((choice) => (
          <option value={choice.value} selected={choice.value === said}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  ) : (
    <label>
      {label}
      <input
        type={name === 'from' || name === 'to' ? 'date' : 'search'}
        name={name}
        value={said}
        list={suggestions && `known-${name}`}
      />
      {suggestions && (
        <datalist id={`known-${name}`}>
          {suggestions.map((one) => (
            <option value={one} />
          ))}
        </datalist>
      )}
    </label>
  )
}

function Rows({ list, around, name }: { list: Listing; around: Around; name: string }) {
  return (
    <div class="scroll">
      <table class="cards">
        <caption class="unseen">{name}</caption>
        <thead>
          <tr>
            {list.columns.map((column) => (
              <th scope="col" aria-sort={column.sorted && (column.sorted === 'up' ? 'ascending' : 'descending')}>
                {column.sort ? <a href={column.sort}>{column.label}</a> : column.label}
                {column.sorted && (column.sorted === 'up' ? ' ↑' : ' ↓')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <tr>
              {row.cells.map((cell, index) => (
                <Cell
                  cell={cell}
                  label={list.columns[index]?.label ?? ''}
                  href={index === 0 ? row.href : null}
                  around={around}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  cell: string | number | Date | null
  label: string
  href: string | null
  around: Around
}

function Cell({ cell, label, href, around }: CellProps) {
  const content =
    cell instanceof Date ? (
      <Moment at={cell} reading={readingAt(around)} />
    ) : typeof cell === 'number' ? (
      figure(cell)
    ) : (
      cell && <bdi>{cell}</bdi>
    )
  if (href) {
    return (
      <th scope="row">
        <a href={href}>{content || 'without a name'}</a>
      </th>
    )
  }
  return (
    <td data-label={label} class={typeof cell === 'number' ? 'number' : undefined}>
      {content}
    </td>
  )
}

function Empty({ list }: { list: Listing }) {
  const asked = Object.keys(list.asked).length > 0
  return (
    <div class="empty">
      {asked ? (
        <p>
          {list.searchedTo ? 'Nothing so far.' : 'Nothing fits what was asked.'} <a href={list.path}>Show all</a>.
        </p>
      ) : (
        <p>{list.about ?? `No ${list.kind.replaceAll('-', ' ')} are on the record yet.`}</p>
      )}
      <p>
        <a href={paths.byHand}>Say it in one line</a> or <a href={paths.sources}>let a tool tell it</a>.
      </p>
    </div>
  )
}
