import type { Fact, IncidentEventKind } from '../record/fact.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import type { Source } from './source.ts'
import { happened, incidentTold } from './tellings.ts'

const mend = 'send what an internal integration of Sentry posts'

/**
 * Sentry: issues, metric alerts, and the events of issue alerts (also by the plugin before them). Its project is the service;
 * fatal is sev2, error sev3, the rest sev4, for an error that somebody programmed is not yet an outage. Archiving closes.
 */
export const sentry: Source = {
  adapter: 'sentry',
  title: 'Sentry',
  class: 'automated',
  proofs: ['sentry', 'bearer', 'address'],

  read(delivery) {
    const said = saidIn(delivery, mend)
    if (said.has('data.issue')) return issueFacts(said, delivery.receivedAt)
    if (said.has('data.comment')) return commentFacts(said, delivery.receivedAt)
    if (said.has('data.metric_alert')) return metricFacts(said, delivery.receivedAt)
    if (said.has('data.event')) return eventFacts(said, 'data.event', delivery.receivedAt)
    if (said.has('event')) return eventFacts(said, 'event', delivery.receivedAt)
    said.need(mend, 'action')
    return []
  },
}

const levels: Record<string, 'sev2' | 'sev3' | 'sev4'> = {
  fatal: 'sev2',
  error: 'sev3',
  warning: 'sev4',
  info: 'sev4',
  debug: 'sev4',
}
const deeds: Record<string, IncidentEventKind | null> = {
  created: null,
  unresolved: 'reopened',
  resolved: 'resolved',
  resolvedInNextRelease: 'resolved',
  assigned: 'assigned',
  ignored: 'closed',
  archived: 'closed',
}

function issueFacts(said: Said, receivedAt: Date): Fact[] {
  const action = said.need(mend, 'action')
  if (!Object.hasOwn(deeds, action)) return []

  const event = deeds[action] ?? null
  const id = `sentry:${said.need(mend, 'data.issue.id')}`
  const startedAt = said.instant('data.issue.firstSeen')
  // Only its creation has an instant of its own.
  const at = action === 'created' ? (startedAt ?? receivedAt) : receivedAt
  const owner = said.text('data.issue.assignedTo.email', 'data.issue.assignedTo.name')
  const isTeam = said.text('data.issue.assignedTo.type') === 'team'
  const level = said.text('data.issue.level')
  const told = {
    title: said.need(mend, 'data.issue.title'),
    service: said.text('data.issue.project.slug', 'data.issue.project.name'),
    severity: levels[level ?? ''],
    ownerId: owner && !isTeam ? owner : undefined,
    team: isTeam ? owner : undefined,
    url: webAddress(said.text('data.issue.permalink', 'data.issue.web_url')),
    class: 'automated' as const,
  }
  const by = said.text('actor.type') === 'application' ? undefined : said.text('actor.name')
  const value = event === 'assigned' && !isTeam ? (owner ?? '') : undefined
  return [
    ...incidentTold({ id, at, startedAt, told, theirs: { severity: level } }),
    ...(event === null || (event === 'assigned' && isTeam) ? [] : happened(id, event, at, { value, by })),
  ]
}

function commentFacts(said: Said, receivedAt: Date): Fact[] {
  const issue = said.text('data.issue_id')
  if (issue === undefined || said.text('action') !== 'created') return []
  const at = said.instant('data.timestamp') ?? receivedAt
  return happened(`sentry:${issue}`, 'note', at, { value: said.text('data.comment'), by: said.text('actor.name') })
}

function metricFacts(said: Said, receivedAt: Date): Fact[] {
  const action = said.need(mend, 'action')
  const alert = 'data.metric_alert'
  if (!['critical', 'warning', 'resolved', 'open'].includes(action)) return []

  const id = `sentry:alert ${said.need(mend, `${alert}.id`, `${alert}.identifier`)}`
  const at = action === 'resolved' ? (said.instant(`${alert}.date_closed`) ?? receivedAt) : receivedAt
  const facts = incidentTold({
    id,
    at,
    startedAt: said.instant(`${alert}.date_started`, `${alert}.date_detected`),
    told: {
      title: said.text(`${alert}.alert_rule.name`, `${alert}.title`, 'data.description_title') ?? id,
      service: said.text(`${alert}.projects.0`),
      severity: action === 'resolved' ? undefined : severityFrom(action),
      url: webAddress(said.text('data.web_url')),
      class: 'automated',
    },
  })
  return [...facts, ...(action === 'resolved' ? happened(id, 'resolved', at) : [])]
}

function eventFacts(said: Said, event: string, receivedAt: Date): Fact[] {
  const issue =
    said.text(`${event}.issue_id`) ?? /\/issues\/(\d+)/.exec(said.text(`${event}.issue_url`, 'url') ?? '')?.[1]
  const id = `sentry:${issue ?? said.need(mend, 'id', `${event}.event_id`)}`
  const level = said.text(`${event}.level`, 'level')
  return incidentTold({
    id,
    at: said.instant(`${event}.datetime`, `${event}.timestamp`) ?? receivedAt,
    told: {
      title: said.text(`${event}.title`, `${event}.metadata.title`, 'message', 'culprit') ?? id,
      service: said.text('project_slug', 'project_name', `${event}.project_slug`),
      severity: levels[level ?? ''],
      url: webAddress(said.text(`${event}.web_url`, 'url')),
      class: 'automated',
    },
    theirs: { severity: level },
  })
}
