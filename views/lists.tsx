import type { Around } from './around.ts'
import { Layout } from './layout.tsx'

/** A list of one kind, as the address asked for it. Sorting and filtering are the record's; this only shows. */
export interface Listing {
  kind: string // plural, as in the address: incidents, problems, changes, ...
  path: string // its address without a query
  asked: Record<string, string> // the query as it was understood: search, service, owner, open, from, to, sort
  filters: Filter[]
  columns: Column[]
  rows: Row[]
  total: number | null // null = not counted
  next: string | null // address of the next page
  csv: string | null // address of what is shown, as CSV
  about?: string // an empty list's sentence and what to do next
}
export interface Filter {
  name: string
  label: string
  choices?: { value: string; label: string }[] // none = a search field
}
export interface Column {
  key: string
  label: string
  sort?: string // address that sorts by it
  sorted?: 'up' | 'down'
}
/** Cells in the columns' order; a Date is told in words and as an instant, a number is set to the right. */
export interface Row {
  href: string | null
  cells: (string | number | Date | null)[]
}

export interface ListPageProps {
  around: Around
  list: Listing
}

export function ListPage({ around }: ListPageProps) {
  return <Layout around={around} title="ListPage" />
}
