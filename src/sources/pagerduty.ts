import type { Fact, IncidentEventKind } from '../record/fact.ts'
import { messagesOf } from './pagerduty-former.ts'
import { asSaid, type Said, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import type { Source } from './source.ts'
import { happened, incidentTold } from './tellings.ts'

const mend = 'send what a v3 webhook subscription of PagerDuty posts'

/**
 * PagerDuty: webhook subscriptions v3, and the generic webhooks v2 and v1 before them. The severity is the priority's; where
 * an incident has none, high urgency is sev2 and low urgency sev4. Services, workflows and conference bridges are not for us.
 */
export const pagerduty: Source = {
  adapter: 'pagerduty',
  title: 'PagerDuty',
  class: 'automated',
  proofs: ['pagerduty', 'bearer'],

  read(delivery) {
    const said = eventIn(saidIn(delivery, mend))
    return said.has('messages') ? said.list('messages').flatMap(messagesOf) : factsOf(said, delivery.receivedAt)
  },
}

// These tell the whole incident. What is not listed here is not for us, and harmless.
const events: Record<string, IncidentEventKind | null> = {
  'incident.triggered': null,
  'incident.acknowledged': 'acknowledged',
  'incident.unacknowledged': 'note',
  'incident.resolved': 'resolved',
  'incident.reopened': 'reopened',
  'incident.reassigned': 'assigned',
  'incident.delegated': 'assigned',
  'incident.escalated': 'assigned',
  'incident.priority_updated': 'severity',
  'incident.service_updated': null,
  'incident.incident_type.changed': null,
}

function factsOf(said: Said, receivedAt: Date): Fact[] {
  const type = said.need(mend, 'event.event_type')
  const at = said.instant('event.occurred_at') ?? receivedAt
  if (type === 'incident.annotated' || type === 'incident.status_update_published') return noteOf(said, at)
  if (!Object.hasOwn(events, type)) return []

  const id = idOf(said.need(mend, 'event.data.id'))
  const owner = ownerOf(said)
  const severity = severityFrom(said.text('event.data.priority.summary')) ?? byUrgency(said)
  const facts = incidentTold({
    id,
    at,
    startedAt: said.instant('event.data.created_at'),
    told: {
      title: said.text('event.data.title', 'event.data.summary') ?? id,
      service: said.text('event.data.service.summary'),
      severity,
      ownerId: type === 'incident.resolved' ? undefined : owner, // resolving takes everybody off: whose it was stays told
      team: said.text('event.data.teams.0.summary'),
      url: webAddress(said.text('event.data.html_url')),
      class: 'automated',
    },
    theirs: { severity: said.text('event.data.priority.summary'), groupKey: said.text('event.data.incident_key') },
  })
  return [...facts, ...lifeOf(said, { type, id, at, owner, severity })]
}

// A bare resource, as its API gives it, is what an event about it would carry.
const bare: Record<string, string> = {
  incident: 'incident.incident_type.changed',
  incident_note: 'incident.annotated',
  incident_status_update: 'incident.status_update_published',
  service: 'service.updated',
}

function eventIn(said: Said): Said {
  const type = said.text('type') ?? ''
  if (said.has('event') || !Object.hasOwn(bare, type)) return said
  const occurred_at = said.text('resolved_at', 'last_status_change_at', 'reopened_at', 'created_at')
  return asSaid({ event: { event_type: bare[type], occurred_at, data: said.at('') } })
}

interface Life {
  type: string
  id: string
  at: Date
  owner: string | null
  severity: string | undefined
}

function lifeOf(said: Said, { type, id, at, owner, severity }: Life): Fact[] {
  const by = said.text('event.agent.summary')
  const event = events[type] ?? null
  const isOver = said.text('event.data.status') === 'resolved' && event !== 'resolved' && event !== 'reopened'
  const reopenedAt = said.instant('event.data.reopened_at')
  const over = [
    ...(isOver ? happened(id, 'resolved', at) : []),
    ...(reopenedAt && event !== 'reopened' ? happened(id, 'reopened', reopenedAt) : []),
  ]
  switch (event) {
    case null:
      return over
    case 'assigned':
      return [...happened(id, event, at, { value: owner ?? '', by }), ...over]
    case 'severity':
      return severity === undefined ? over : [...happened(id, event, at, { value: severity, by }), ...over]
    case 'note':
      return happened(id, event, at, { value: 'Unacknowledged', by })
    default:
      return [...happened(id, event, at, { by, why: reasonIn(said) }), ...mergeOf(said, { id, at, by })]
  }
}

// 'Merge' resolves an incident of PagerDuty's: it is one with another from then on.
function mergeOf(said: Said, { id, at, by }: { id: string; at: Date; by: string | undefined }): Fact[] {
  const whole = said.text('event.data.resolve_reason.incident.id')
  return whole === undefined ? [] : happened(id, 'merged-into', at, { value: idOf(whole), by, why: 'merged there' })
}

function reasonIn(said: Said): string | undefined {
  const whole = said.text('event.data.resolve_reason.incident.summary', 'event.data.resolve_reason.incident.id')
  return whole === undefined ? said.text('event.data.resolve_reason.type') : `Merged into ${whole}`
}

function noteOf(said: Said, at: Date): Fact[] {
  const id = idOf(said.need(mend, 'event.data.incident.id'))
  const value = said.text('event.data.content', 'event.data.message')
  return happened(id, 'note', at, { value, by: said.text('event.agent.summary') })
}

function idOf(theirs: string): string {
  return `pagerduty:${theirs}`
}

function ownerOf(said: Said): string | null {
  return said.text('event.data.assignees.0.email', 'event.data.assignees.0.summary') ?? null
}

function byUrgency(said: Said): 'sev2' | 'sev4' | undefined {
  const urgency = said.text('event.data.urgency')
  return urgency === 'high' ? 'sev2' : urgency === 'low' ? 'sev4' : undefined
}
