import type { Fact, IncidentEventKind, IncidentTold, Theirs } from '../record/fact.ts'
import { asTitle, longest } from './said.ts'

/** An incident as one delivery tells it. `startedAt` undefined = the tool does not say when it began. */
export interface Telling {
  id: string
  at: Date // as of when
  startedAt?: Date | undefined
  told: Loose<IncidentTold> & { title: string }
  theirs?: Loose<Theirs>
}
type Loose<T> = { [Name in keyof T]?: T[Name] | undefined }

/**
 * What it is called is told for its whole life, how it stands as of the delivery: so any morning between is right, in
 * whatever order deliveries come. What is undefined is not told.
 */
export function incidentTold({ id, at, startedAt, told, theirs = {} }: Telling): Fact[] {
  const columns = known({ ...told, title: asTitle(told.title) })
  const words = known(theirs)
  const telling = (when: Date, said: IncidentTold) =>
    ({ kind: 'incident', id: id.slice(0, longest.id), at: when, told: said }) as const
  const standing = (when: Date, said: IncidentTold): Fact =>
    Object.keys(words).length > 0 ? { ...telling(when, said), theirs: words } : telling(when, said)
  if (startedAt === undefined) return [standing(at, columns)]
  if (startedAt >= at) return [standing(startedAt, { ...columns, startedAt })]

  const { title, service, site, team, url, class: spoken } = columns
  const life = known({ title, service, site, team, url, class: spoken, startedAt })
  return [telling(startedAt, life), standing(at, columns)]
}

/** Something that happened to an incident. A note that says nothing did not happen. */
export function happened(
  incidentId: string,
  event: IncidentEventKind,
  at: Date,
  { value, by, why }: { value?: string | undefined; by?: string | undefined; why?: string | undefined } = {},
): Fact[] {
  if (event === 'note' && !value?.trim()) return []
  const more = known({ value: value?.slice(0, longest.note), by, why })
  return [{ kind: 'incident-event', incidentId: incidentId.slice(0, longest.id), event, at, ...more }]
}

export interface ChangeTold {
  id: string
  at: Date
  what: string
  service?: string | undefined
  site?: string | undefined
  who?: string | undefined
  url?: string | undefined
  type: string
}

export function changeTold({ id, at, what, service, site, who, url, type }: ChangeTold): Fact {
  return {
    kind: 'change',
    id: id.slice(0, longest.id),
    at,
    what: asTitle(what),
    service: service ?? null,
    site: site ?? null,
    who: who ?? null,
    url: url ?? null,
    type,
  }
}

/** Without what is undefined: left out says nothing, null says that there is none. */
export function known<T extends object>(columns: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const said = Object.entries(columns).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said) as { [Name in keyof T]: Exclude<T[Name], undefined> } // the same names, but fewer
}
