import { z } from 'zod'
import { aMinute, anHour } from '../../calendar.ts'
import type { Fact, IncidentEventKind } from '../../record/fact.ts'
import { longest } from '../said.ts'
import { happened } from '../tellings.ts'
import { readAs, sinceOf } from './by-adapter.ts'
import { type Asking, type Fetched, type Puller, PullFault } from './puller.ts'

const named = z.looseObject({ summary: z.string().nullish(), email: z.string().nullish() })
const incident = z.looseObject({
  id: z.string(),
  status: z.string(),
  created_at: z.string(),
  last_status_change_at: z.string().nullish(),
  assignments: z
    .array(z.looseObject({ assignee: named }))
    .optional()
    .default([]),
})
const incidentPage = z.looseObject({ incidents: z.array(incident), more: z.boolean().optional().default(false) })
const entry = z.looseObject({
  id: z.string(),
  type: z.string(),
  created_at: z.string(),
  agent: named.nullish(),
  channel: z
    .looseObject({ type: z.string().nullish(), summary: z.string().nullish(), content: z.string().nullish() })
    .nullish(),
  incident: z.looseObject({ id: z.string() }).nullish(),
  assignees: z.array(named).nullish(),
})
const entryPage = z.looseObject({ log_entries: z.array(entry), more: z.boolean().optional().default(false) })

const pageSize = 100
const mostPages = 4

/**
 * PagerDuty's REST API: incidents that changed since the last round, those that are open whatever their age, and what the log
 * says of them, notes among it. Read like the webhooks, so that what one of them missed the next round mends.
 */
export const pagerdutyRest: Puller = {
  kind: 'pagerduty',
  title: 'PagerDuty: incidents and notes over its REST API',
  class: 'automated',
  everyMinutes: 5,
  options: z.strictObject({ services: z.array(z.string()).optional(), teams: z.array(z.string()).optional() }),
  example: 'teams: [PT54U20]',

  async fetch(asking) {
    const kept = keptIn(asking.cursor)
    const since = sinceOf(kept.at, asking.now)
    const until = new Date(Math.min(asking.now.getTime(), since.getTime() + kept.spanMs))
    const span = { since: since.toISOString(), until: until.toISOString() }
    const changed = await incidentsOf(asking, { ...span, sort_by: 'created_at:asc' })
    const log = await entriesOf(asking, { ...span, 'include[]': ['channels'] })
    if ((changed.isCut || log.isCut) && kept.spanMs > leastSpanMs) return sooner(kept)

    const open = await incidentsOf(asking, { date_range: 'all', 'statuses[]': ['triggered', 'acknowledged'] })
    const known = new Set([...changed.rows, ...open.rows].map(({ id }) => id))
    const untold = new Set(log.rows.flatMap((one) => one.incident?.id ?? []).filter((id) => !known.has(id)))
    const others: Incident[] = []
    for (const id of [...untold].slice(0, mostOthers)) others.push(await incidentBy(asking, id))

    const incidents = new Map([...changed.rows, ...open.rows, ...others].map((one) => [one.id, one]))
    const facts = [
      ...[...incidents.values()].flatMap((one) => readAs('pagerduty', asking, asEvent(one))),
      ...log.rows.flatMap(entryFacts),
    ]
    const next = { at: until.toISOString(), spanMs: Math.min(kept.spanMs * 2, usualSpanMs) }
    return { facts, cursor: JSON.stringify(next), more: until < asking.now }
  },
}

const usualSpanMs = 6 * anHour
const leastSpanMs = 10 * aMinute
const mostOthers = 8

interface Kept {
  at: string | null
  spanMs: number // how much time is asked for at once: less where much happened
}

function keptIn(cursor: string | null): Kept {
  const parsed = z.object({ at: z.string().nullable(), spanMs: z.number() }).safeParse(JSON.parse(cursor ?? '{}'))
  return parsed.success ? parsed.data : { at: null, spanMs: usualSpanMs }
}

// More happened than a round fetches: half the time is asked for next, and nothing is left out.
function sooner({ at, spanMs }: Kept): Fetched {
  return { facts: [], cursor: JSON.stringify({ at, spanMs: spanMs / 2 }), more: true }
}

type Incident = z.output<typeof incident>
type Entry = z.output<typeof entry>
interface Paged<Row> {
  rows: Row[]
  isCut: boolean // there was more than a round fetches
}
type Words = Record<string, string | readonly string[]>

// As its webhook would tell it: whether it is over is said by its status.
function asEvent({ assignments, ...one }: Incident) {
  const at = one.last_status_change_at ?? one.created_at
  const assignees = assignments.map(({ assignee }) => assignee)
  return { event: { event_type: 'incident.triggered', occurred_at: at, data: { ...one, assignees } } }
}

const kinds: Record<string, IncidentEventKind> = {
  acknowledge_log_entry: 'acknowledged',
  resolve_log_entry: 'resolved',
  annotate_log_entry: 'note',
  assign_log_entry: 'assigned',
  reopen_log_entry: 'reopened',
}

function entryFacts({ type, created_at, agent, channel, incident, assignees }: Entry): Fact[] {
  const event = kinds[type]
  if (event === undefined || !incident) return []
  const value =
    event === 'note'
      ? (channel?.content ?? channel?.summary)
      : event === 'assigned'
        ? (assignees?.[0]?.email ?? assignees?.[0]?.summary)
        : undefined
  if ((event === 'note' || event === 'assigned') && !value) return []
  const more = { value: value?.slice(0, longest.note), by: agent?.summary ?? undefined }
  return happened(`pagerduty:${incident.id}`, event, new Date(created_at), more)
}

async function incidentsOf(asking: Asking, words: Words): Promise<Paged<Incident>> {
  const asked = asking.options as { services?: string[]; teams?: string[] } // as the schema above gave them
  const of = {
    ...(asked.services && { 'service_ids[]': asked.services }),
    ...(asked.teams && { 'team_ids[]': asked.teams }),
  }
  return pages(asking, 'incidents', { ...words, ...of }, (json) => {
    const page = incidentPage.safeParse(json)
    return page.success ? { rows: page.data.incidents, more: page.data.more } : undefined
  })
}

async function entriesOf(asking: Asking, words: Words): Promise<Paged<Entry>> {
  return pages(asking, 'log_entries', words, (json) => {
    const page = entryPage.safeParse(json)
    return page.success ? { rows: page.data.log_entries, more: page.data.more } : undefined
  })
}

async function incidentBy(asking: Asking, id: string): Promise<Incident> {
  const parsed = z
    .looseObject({ incident })
    .safeParse(await asking.get(`incidents/${encodeURIComponent(id)}`, headers(asking)))
  if (!parsed.success) throw new PullFault('this is not what the REST API of PagerDuty answers')
  return parsed.data.incident
}

async function pages<Row>(
  asking: Asking,
  path: string,
  words: Words,
  read: (json: unknown) => { rows: Row[]; more: boolean } | undefined,
): Promise<Paged<Row>> {
  const rows: Row[] = []
  for (let page = 0; page < mostPages; page++) {
    const query = new URLSearchParams([['limit', `${pageSize}`], ['offset', `${page * pageSize}`], ...pairsOf(words)])
    const found = read(await asking.get(`${path}?${query}`, headers(asking)))
    if (!found) throw new PullFault('this is not what the REST API of PagerDuty answers')
    rows.push(...found.rows)
    if (!found.more) return { rows, isCut: false }
  }
  return { rows, isCut: true }
}

function pairsOf(words: Words): [string, string][] {
  return Object.entries(words).flatMap(([name, said]) => [said].flat().map((word): [string, string] => [name, word]))
}

function headers({ token }: Asking): Record<string, string> {
  return { accept: 'application/vnd.pagerduty+json;version=2', authorization: `Token token=${token ?? ''}` }
}
