import type { Context } from 'hono'
import type { Filter } from '../../views/lists.tsx'
import { severityWord } from '../../views/names.ts'
import type { Asked } from '../record/listing.ts'
import { severities } from '../record/schema.ts'
import type { Person, Service } from '../record/shapes.ts'
import type { Wrong } from './faults.tsx'
import type { Env } from './house.ts'
import type { FilterName, Lister } from './listers.ts'
import { instantOrFault } from './moments.ts'
import { dueOrFault } from './wanting.ts'

const known = ['search', 'service', 'owner', 'state', 'severity', 'from', 'to', 'sort', 'cursor', 'at']

/** What a list's address asks for, empty words left out. `open=true` is what `state=open` was called once. */
export function askedWords(c: Context<Env>): Record<string, string> {
  const { open, ...query } = c.req.query()
  const state = open === 'true' ? 'open' : open === 'false' ? 'over' : undefined
  const said = Object.entries({ ...(state && { state }), ...query })
  return Object.fromEntries(said.filter(([name, word]) => known.includes(name) && word !== ''))
}

/** The words as the record is asked; else what is wrong with one of them. */
export function understood(c: Context<Env>, words: Record<string, string>): Asked | Wrong {
  const { asOf, now, settings } = c.var
  const { search, service, owner, state, severity, from, to, sort, cursor } = words
  const since = from === undefined ? undefined : instantOrFault(from, settings.rhythm.zone)
  const until = to === undefined ? undefined : dueOrFault(to, settings.rhythm.zone)
  const mend = 'Write a day, 2026-11-23, or an instant'
  if (typeof since === 'string') return { field: 'from', fault: since, mend }
  if (typeof until === 'string') return { field: 'to', fault: until, mend }

  return {
    search,
    service,
    owner,
    state,
    severity,
    from: since,
    to: until,
    sort,
    cursor,
    at: asOf,
    looksBack: asOf < now,
    limit: 1,
  }
}

interface Choosing {
  people: Person[]
  services: Service[]
  asked: Record<string, string>
}

export function filtersFor({ filters, states = [] }: Lister, { people, services, asked }: Choosing): Filter[] {
  const choices = (first: string, more: { value: string; label: string }[], name: FilterName) => {
    const said = asked[name]
    const stray = said && !more.some(({ value }) => value === said) ? [{ value: said, label: said }] : []
    return [{ value: '', label: first }, ...more, ...stray]
  }
  const owners = [{ value: 'nobody', label: 'Nobody’s' }, ...people.map(({ id, name }) => ({ value: id, label: name }))]
  const grades = [
    ...severities.map((severity) => ({ value: severity, label: severityWord(severity) })),
    { value: 'unknown', label: 'Unknown' },
  ]
  const filterFor: Record<FilterName, Filter> = {
    search: { name: 'search', label: 'Search' },
    service: { name: 'service', label: 'Service', suggestions: services.map(({ id }) => id) },
    owner: { name: 'owner', label: 'Owner', choices: choices('Anybody’s', owners, 'owner') },
    state: { name: 'state', label: 'State', choices: choices('All', [...states], 'state') },
    severity: { name: 'severity', label: 'Severity', choices: choices('All', grades, 'severity') },
    from: { name: 'from', label: 'From' },
    to: { name: 'to', label: 'To' },
  }
  return filters.map((name) => filterFor[name])
}
