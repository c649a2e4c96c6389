import type { Fact } from '../record/fact.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import type { Delivery, Source } from './source.ts'
import { changeTold } from './tellings.ts'
import { type Ticket, type TicketEvent, ticketFacts } from './tickets.ts'

const mend = 'send records of the table API (incident, problem, change_request), as README.md shows'

/**
 * ServiceNow: records of the tables incident, problem and change_request, pushed by a business rule, one or as `result` or
 * `records`. Times without zone are UTC, as its API writes them. When something ended is believed only of a record whose
 * state says that it did, for ServiceNow fills those columns early. A change counts once it is being done.
 */
export const servicenow: Source = {
  adapter: 'servicenow',
  title: 'ServiceNow',
  class: 'manual',
  proofs: ['bearer', 'address'],

  read(delivery) {
    const said = saidIn(delivery, mend)
    const wrapped = ['result', 'records', 'record'].find((name) => said.has(name))
    const records = wrapped === undefined ? [said] : said.list(wrapped)
    return records.flatMap((record) => recordFacts(record, delivery))
  },
}

// A column may be a text, or an object with what is shown and what is stored.
function shown(record: Said, column: string): string | undefined {
  return record.text(`${column}.display_value`, column) ?? undefined
}
function stored(record: Said, column: string): string | undefined {
  return record.text(`${column}.value`, column)
}
function instant(record: Said, column: string): Date | undefined {
  return record.instant(`${column}.value`, column)
}

function recordFacts(record: Said, delivery: Delivery): Fact[] {
  const number = stored(record, 'number') ?? record.need(mend, 'number')
  const table = (stored(record, 'sys_class_name') ?? tableOf(number)).toLowerCase().replace(/\s/g, '_')
  if (table === 'change_request' || table === 'change') return changeFacts(record, number, delivery)
  if (table !== 'incident' && table !== 'problem') return []

  const at = instant(record, 'sys_updated_on') ?? instant(record, 'opened_at') ?? delivery.receivedAt
  return ticketFacts({
    kind: table,
    id: `${delivery.source}:${number}`,
    at,
    createdAt: instant(record, 'opened_at') ?? instant(record, 'sys_created_on'),
    title: shown(record, 'short_description') ?? number,
    told: toldOf(record, table),
    severity: shown(record, 'priority'),
    owner: nameIn(record, 'assigned_to'),
    says: [shown(record, 'description'), shown(record, 'correlation_display'), shown(record, 'work_notes')],
    isOpen: table === 'incident' && isOpen(record),
    life: table === 'incident' ? incidentLife(record, at, delivery) : problemLife(record, at),
  })
}

function tableOf(number: string): string {
  return { INC: 'incident', PRB: 'problem', CHG: 'change_request' }[number.slice(0, 3).toUpperCase()] ?? ''
}

function toldOf(record: Said, table: string): Ticket['told'] {
  return {
    service: nameIn(record, 'business_service') ?? nameIn(record, 'cmdb_ci'),
    team: nameIn(record, 'assignment_group'),
    site: nameIn(record, 'location'),
    url: linkTo(record, table),
  }
}

/** Who or what a reference means. An id that nobody can read is no name: the push must ask for display values. */
function nameIn(record: Said, column: string): string | undefined {
  const name = record.text(`${column}.display_value`, `${column}.name`, column) ?? record.text(`${column}.value`)
  return name && !/^[0-9a-f]{32}$/.test(name) ? name : undefined
}

function linkTo(record: Said, table: string): string | undefined {
  const id = stored(record, 'sys_id')
  const told = record.text(
    'url',
    'link',
    'opened_by.link',
    'assigned_to.link',
    'caller_id.link',
    'sys_domain.link',
    'cmdb_ci.link',
    'business_service.link',
    'assignment_group.link',
    'problem_id.link',
  )
  const server = webAddress(told)
  return server && id && /^[0-9a-f]{32}$/.test(id)
    ? `${new URL(server).origin}/nav_to.do?uri=${table}.do?sys_id=${id}`
    : webAddress(record.text('url'))
}

const over = /^(6|7|8|resolved|closed|cancell?ed)$/

function isOpen(record: Said): boolean {
  const state = stateOf(record)
  return state !== '' && !over.test(state)
}

function stateOf(record: Said): string {
  return (shown(record, 'state') ?? shown(record, 'incident_state') ?? '').toLowerCase()
}

function incidentLife(record: Said, at: Date, { source }: Delivery): TicketEvent[] {
  const state = stateOf(record)
  const by = nameIn(record, 'resolved_by') ?? nameIn(record, 'closed_by')
  const [resolved, closed] = [instant(record, 'resolved_at'), instant(record, 'closed_at')]
  const why = shown(record, 'close_code')
  const problem = nameIn(record, 'problem_id')
  const reopened = Number(stored(record, 'reopen_count') ?? 0) > 0 ? instant(record, 'reopened_time') : undefined
  return [
    ...(/^(2|3|in progress|on hold|active|awaiting.*)$/.test(state) ? [{ event: 'acknowledged', at } as const] : []),
    ...(reopened ? [{ event: 'reopened', at: reopened } as const] : []),
    ...(/^(6|7|resolved|closed)$/.test(state)
      ? [{ event: 'resolved', at: resolved ?? closed ?? at, by, why } as const]
      : []),
    ...(/^(7|8|closed|cancell?ed)$/.test(state) ? [{ event: 'closed', at: closed ?? at, by, why } as const] : []),
    ...(problem ? [{ event: 'linked-problem', at, value: `${source}:${problem}` } as const] : []),
  ]
}

// 4 of the older model, 106 and 107 of the newer one.
function problemLife(record: Said, at: Date): TicketEvent[] {
  const state = (shown(record, 'state') ?? shown(record, 'problem_state') ?? '').toLowerCase()
  const ended = instant(record, 'resolved_at') ?? instant(record, 'closed_at')
  return /^(4|106|107|resolved|closed.*)$/.test(state) ? [{ event: 'closed', at: ended ?? at }] : []
}

const doing = /^(-1|0|3|implement|review|closed.*|work in progress)$/

function changeFacts(record: Said, number: string, { source, receivedAt }: Delivery): Fact[] {
  const state = (shown(record, 'state') ?? '').toLowerCase()
  if (!doing.test(state)) return []

  const begun = instant(record, 'work_start') ?? instant(record, 'start_date')
  return [
    changeTold({
      id: `${source}:${number}`,
      at: begun ?? instant(record, 'sys_updated_on') ?? receivedAt,
      what: `${shown(record, 'short_description') ?? number}${/^unsuccessful/i.test(shown(record, 'close_code') ?? '') ? ': failed' : ''}`,
      service: nameIn(record, 'business_service') ?? nameIn(record, 'cmdb_ci'),
      site: nameIn(record, 'location'),
      who: nameIn(record, 'assigned_to'),
      url: linkTo(record, 'change_request'),
      type: shown(record, 'type') ?? 'change',
    }),
  ]
}
