import type { Fact, IncidentEventKind, IncidentTold, Theirs } from '../../record/fact.ts'
import { severityFrom } from '../severities.ts'

type Told = Extract<Fact, { kind: 'incident' }>
/** What a delivery says of an incident beside its columns. */
export interface Said {
  state: string | undefined
  at: Date | null // since when it stands so
  note: string | undefined
  groupKey: string | undefined
  severity: string | undefined // in the tool's own words
}

/**
 * An incident as one delivery tells it. Its beginning is told for the whole of its life; how it stands is told as of `at`
 * (else of the latest instant the delivery names), so that deliveries may come in any order and more than once.
 */
export function incidentFactsOf(fact: Fact, said: Said): Fact[] {
  if (fact.kind !== 'incident') return [fact]

  const { id, told, at: startedAt } = fact
  const { acknowledgedAt, mitigatedAt, resolvedAt, ...columns } = told
  const at = said.at ?? latest([startedAt, acknowledgedAt, mitigatedAt, resolvedAt])
  const severity = said.severity === undefined ? undefined : severityFrom(said.severity)
  const standing: IncidentTold = { ...columns, ...(severity && { severity }) }
  const { startedAt: _, ...asOfThen } = standing
  return [
    ...(at.getTime() === startedAt.getTime()
      ? [tellingOf(id, startedAt, standing, said)]
      : [
          tellingOf(id, startedAt, lasting(id, told, startedAt), said),
          tellingOf(id, at, isOpen(said, told) ? { ...asOfThen, resolvedAt: null } : asOfThen, said),
        ]),
    ...lifeOf(id, { acknowledged: acknowledgedAt, mitigated: mitigatedAt, resolved: resolvedAt }),
    ...standingAs(id, said, { at, told }),
    ...(said.note === undefined ? [] : [event(id, 'note', at, said.note)]),
  ]
}

// What rarely changes in the life of an incident; its severity and its owner do.
function lasting(id: string, { title = id, service, site, team, url }: IncidentTold, startedAt: Date): IncidentTold {
  const places = Object.entries({ service, site, team, url }).filter(([, said]) => said !== undefined)
  return { title, startedAt, ...Object.fromEntries(places) }
}

function tellingOf(id: string, at: Date, told: IncidentTold, { severity, groupKey }: Said): Told {
  const theirs: Theirs = {
    ...(severity === undefined ? {} : { severity }),
    ...(groupKey === undefined ? {} : { groupKey }),
  }
  return { kind: 'incident', id, at, told, ...(Object.keys(theirs).length > 0 ? { theirs } : {}) }
}

function lifeOf(id: string, times: Partial<Record<IncidentEventKind, Date | null | undefined>>): Fact[] {
  return Object.entries(times).flatMap(([kind, at]) => (at ? [event(id, kind as IncidentEventKind, at)] : [])) // its keys
}

// A word for how it stands counts where no column names the instant.
function standingAs(id: string, { state }: Said, { at, told }: { at: Date; told: IncidentTold }): Fact[] {
  const kind = stateWords.get(plain(state))
  if (kind === undefined || kind === 'open') return []
  const { acknowledgedAt, mitigatedAt, resolvedAt } = told
  const isTimed = { acknowledged: acknowledgedAt, mitigated: mitigatedAt, resolved: resolvedAt, reopened: null }[kind]
  return isTimed ? [] : [event(id, kind, at)]
}

// A tool that says that it is open takes back what it said of an end before.
function isOpen({ state }: Said, { resolvedAt }: IncidentTold): boolean {
  const kind = stateWords.get(plain(state))
  return kind !== undefined && kind !== 'resolved' && !resolvedAt
}

function plain(state = ''): string {
  return state.toLowerCase().replace(/[^a-z]/g, '')
}

const stateWords = new Map<string, 'open' | 'acknowledged' | 'mitigated' | 'resolved' | 'reopened'>([
  ...words(
    'open',
    'open opened new triggered firing active started alerting problem down unresolved ongoing fixing live',
  ),
  ...words('acknowledged', 'acknowledged acked ack inprogress investigating identified'),
  ...words('mitigated', 'mitigated monitoring stable'),
  ...words('reopened', 'reopened'),
  ...words(
    'resolved',
    'resolved closed done ok recovered recovery up ended completed postmortem learning canceled cancelled',
  ),
])

function words<State extends string>(state: State, said: string): [string, State][] {
  return said.split(' ').map((word) => [word, state])
}

function event(incidentId: string, kind: IncidentEventKind, at: Date, value?: string): Fact {
  return { kind: 'incident-event', incidentId, event: kind, at, ...(value === undefined ? {} : { value }) }
}

function latest(instants: readonly (Date | null | undefined)[]): Date {
  return new Date(Math.max(...instants.map((at) => at?.getTime() ?? 0)))
}
