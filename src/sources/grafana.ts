import type { Fact } from '../record/fact.ts'
import { type Alert, alertFacts, later } from './alert-facts.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import { runOf, signalFacts } from './signals.ts'
import type { Delivery, Source } from './source.ts'
import { happened } from './tellings.ts'

const mend = 'send what a webhook contact point of Grafana posts, without a template of your own'

/**
 * Grafana alerting (contact points of type webhook, Grafana 8 and later), and the dashboard alerts before it (to Grafana 8).
 * An episode is a fingerprint and its startsAt; a dashboard alert names no episode, so one lasts from alerting to ok.
 */
export const grafana: Source = {
  adapter: 'grafana',
  title: 'Grafana alerting',
  class: 'automated',
  proofs: ['grafana', 'bearer'],

  read(delivery) {
    const said = saidIn(delivery, mend)
    if (said.has('alerts')) return groupFacts(said, delivery.receivedAt)
    if (said.has('ruleId') || said.has('evalMatches')) return ruleFacts(said, delivery)
    said.need(mend, 'alerts')
    return []
  },
  episodesOf: (incidentId) => /^grafana:(?!rule )[^:]+:/.exec(incidentId)?.[0] ?? null,
  runOf: (incidentId) => (/^[^:]*:rule /.test(incidentId) ? runOf(incidentId) : null),
}

function groupFacts(group: Said, receivedAt: Date): Fact[] {
  const groupKey = group.text('groupKey')
  const alerts = group.list('alerts').filter((alert) => !isTest(alert))
  const facts = alerts.flatMap((alert) => alertFacts({ ...alertIn(alert, receivedAt), groupKey }))
  const cut = Number(group.text('truncatedAlerts') ?? 0)
  const [first] = facts
  return cut > 0 && first?.kind === 'incident'
    ? [...facts, ...happened(first.id, 'note', first.at, { value: `Grafana cut ${cut} more of this group off` })]
    : facts
}

// What the button Test of a contact point sends: it is never told to be over.
function isTest(alert: Said): boolean {
  return alert.text('labels.alertname') === 'TestAlert' && alert.text('labels.instance') === 'Grafana'
}

function alertIn(alert: Said, receivedAt: Date): Omit<Alert, 'groupKey'> {
  alert.need(mend, 'status')
  const startsAt = alert.instant('startsAt') ?? receivedAt
  const labels = alert.pairs('labels')
  // Grafana's own alerts about a query that failed name the rule they speak for.
  const named =
    labels.rulename && /^Datasource/.test(labels.alertname ?? '') ? `${labels.rulename}: ${labels.alertname}` : ''
  return {
    tool: 'grafana',
    fingerprint: /^[\w.-]{1,128}$/.exec(alert.text('fingerprint') ?? '')?.[0] ?? fingerprintOf(labels),
    labels: named ? { ...labels, alertname: named } : labels,
    annotations: alert.pairs('annotations'),
    startsAt,
    endedAt: alert.text('status') === 'resolved' ? later(startsAt, alert.instant('endsAt') ?? receivedAt) : null,
    url: webAddress(alert.text('panelURL'), alert.text('dashboardURL'), alert.text('generatorURL')),
  }
}

// 'no_data' and 'alerting' are on, 'ok' is off; a paused or pending rule says nothing of how it stands.
function ruleFacts(said: Said, { source, receivedAt: at }: Delivery): Fact[] {
  const state = said.need(mend, 'state')
  const rule = said.text('ruleId') ?? said.need(mend, 'ruleName')
  const { service, severity } = said.pairs('tags')
  if (!['alerting', 'no_data', 'ok'].includes(state) || rule === '0') return [] // 0: the button Test

  return signalFacts({
    source,
    key: `rule ${said.text('orgId') ?? '1'}/${rule}`,
    at,
    on: state !== 'ok',
    told: {
      title: said.text('ruleName', 'title') ?? `rule ${rule}`,
      service,
      url: webAddress(said.text('ruleUrl')),
      class: 'automated',
    },
    severity: severityFrom(severity),
    theirs: severity,
    note: said.text('message'),
  })
}
