import { z } from 'zod'
import type { Fact } from '../record/fact.ts'
import type { Severity } from '../record/schema.ts'
import { fingerprintOf } from './fingerprint.ts'
import { type Delivery, jsonIn, type Source, shaped } from './source.ts'

/**
 * Prometheus Alertmanager's webhook (version 4), and the alerts Prometheus itself posts to an Alertmanager (API v1 and v2).
 * An episode is a fingerprint and its startsAt. A group's own status is not believed, only each alert's.
 *
 * A service that lost its redundancy is told by an alert named like SingleDatacenter (single, then dc, datacenter, site
 * or region), or labelled redundancy="lost" or exposure="lost", with the labels `service` and `active_dc`, `active_site`
 * or `datacenter`: besides the incident, the active site is serving, and `other sites` cannot, until the alert ends.
 */
export const alertmanager: Source = {
  adapter: 'alertmanager',
  title: 'Prometheus Alertmanager',
  class: 'automated',

  read(delivery) {
    const json = jsonIn(delivery)
    return Array.isArray(json) ? factsOfPosted(json, delivery) : factsOfGroup(json)
  },
  episodesOf: (incidentId) => /^alertmanager:[^:]+:/.exec(incidentId)?.[0] ?? null,
}

/** The site that stands for all the others, where an alert only says that they are gone. */
export const otherSites = 'other sites'

const words = z.record(z.string(), z.string(), 'must be an object of texts').optional().default({})
const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 instant with offset' })
  .transform((text) => new Date(text))
  .refine((at) => !Number.isNaN(at.getTime()), 'must be an instant that exists')
const begun = instant.refine(isSet, 'must say when the alert began')
const text = z.string('must be a text')

const grouped = z
  .looseObject({
    status: z.enum(['firing', 'resolved'], 'must be firing or resolved'),
    labels: words,
    annotations: words,
    startsAt: begun,
    endsAt: instant,
    generatorURL: text.optional(),
    fingerprint: text.regex(/^[\w.-]{1,128}$/, 'must be the fingerprint of the alert').optional(),
  })
  .refine(({ status, endsAt }) => status === 'firing' || isSet(endsAt), {
    path: ['endsAt'],
    error: 'must say when the alert ended, for its status is resolved',
  })
const group = z.looseObject({
  version: z.literal('4', 'must be "4"'),
  alerts: z.array(grouped, 'must be a list of alerts'),
  truncatedAlerts: z.number('must be a number').nonnegative('must not be negative').optional().default(0),
})
const posted = z.array(
  z.looseObject({
    labels: z.record(z.string(), z.string(), 'must be an object of texts'),
    annotations: words,
    startsAt: begun,
    endsAt: instant.optional(),
    generatorURL: text.optional(),
  }),
)

interface Alert {
  fingerprint: string
  labels: Record<string, string>
  annotations: Record<string, string>
  startsAt: Date
  endedAt: Date | null
  generatorURL: string | undefined
}

function factsOfGroup(json: unknown): Fact[] {
  const { alerts, truncatedAlerts } = shaped(group, json, 'send what Alertmanager 0.16 and later post')
  const facts = alerts.flatMap((alert) =>
    factsOf({
      ...alert,
      ...namesOf(alert),
      endedAt: alert.status === 'resolved' ? later(alert.startsAt, alert.endsAt) : null,
    }),
  )
  return truncatedAlerts > 0 ? [...facts, ...truncation(facts, truncatedAlerts)] : facts
}

// Prometheus gives a firing alert an end in the future, until which it vouches for it.
function factsOfPosted(json: unknown[], { receivedAt }: Delivery): Fact[] {
  return shaped(posted, json, 'send what Prometheus posts to an Alertmanager').flatMap((alert) =>
    factsOf({
      ...alert,
      ...namesOf(alert),
      endedAt:
        alert.endsAt && isSet(alert.endsAt) && alert.endsAt <= receivedAt ? later(alert.startsAt, alert.endsAt) : null,
    }),
  )
}

interface Named {
  labels: Record<string, string>
  fingerprint?: unknown
  generatorURL?: string | undefined
}

function namesOf({ labels, fingerprint, generatorURL }: Named): {
  fingerprint: string
  generatorURL: string | undefined
} {
  return { fingerprint: typeof fingerprint === 'string' ? fingerprint : fingerprintOf(labels), generatorURL }
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}

function factsOf(alert: Alert): Fact[] {
  return isHeartbeat(alert) ? [] : [asIncident(alert), ...resolution(alert), ...loneliness(alert)]
}

// Alerts that always fire, so that their silence is heard: a sign of life, not an incident.
function isHeartbeat({ labels }: Alert): boolean {
  return /^(watchdog|dead.?man'?s?.?switch|infoinhibitor)$/i.test(labels.alertname ?? '')
}

// The id holds the start: the same alert firing again next week is another incident.
function asIncident(alert: Alert): Fact {
  const { labels, startsAt } = alert
  const severity = severityFrom(labels)
  return {
    kind: 'incident',
    id: idOf(alert),
    at: startsAt,
    told: {
      title: titleOf(alert),
      ...some('service', first(labels, serviceLabels)),
      ...some('severity', severity),
      ...some('site', first(labels, siteLabels)),
      ...some('team', first(labels, ['team', 'squad', 'owner'])),
      ...some('url', urlOf(alert)),
      startedAt: startsAt,
      class: 'automated',
    },
  }
}

function resolution(alert: Alert): Fact[] {
  return alert.endedAt
    ? [{ kind: 'incident-event', incidentId: idOf(alert), event: 'resolved', at: alert.endedAt }]
    : []
}

function loneliness({ labels, startsAt, endedAt }: Alert): Fact[] {
  const service = first(labels, ['service', 'app', 'application'])
  const site = first(labels, activeLabels)
  if (!tellsOfLostRedundancy(labels) || !service || !site) return []

  const standing = { kind: 'site', service, at: startsAt, capacityPercent: null } as const
  return [
    { ...standing, site, state: 'serving' },
    { ...standing, site: otherSites, state: 'unable' },
    ...(endedAt ? [{ ...standing, site: otherSites, at: endedAt, state: 'able' } as const] : []),
  ]
}

function tellsOfLostRedundancy(labels: Record<string, string>): boolean {
  return (
    /single.?(dc|data.?cent(er|re)|site|region)/i.test(labels.alertname ?? '') ||
    [labels.redundancy, labels.exposure].some((word) => /^(lost|none|single)$/i.test(word ?? ''))
  )
}

/** Alertmanager's own max_alerts cut the rest of the group off: those who read of the first must know. */
function truncation(facts: Fact[], count: number): Fact[] {
  const incident = facts.find((fact) => fact.kind === 'incident')
  const value = `Alertmanager cut ${count} more of this group off (max_alerts)`
  return incident ? [{ kind: 'incident-event', incidentId: incident.id, event: 'note', at: incident.at, value }] : []
}

function idOf({ fingerprint, startsAt }: Alert): string {
  return `alertmanager:${fingerprint}:${startsAt.toISOString()}`
}

const serviceLabels = ['service', 'service_name', 'app', 'application', 'app_kubernetes_io_name', 'job']
const siteLabels = ['datacenter', 'data_center', 'dc', 'site', 'region', 'availability_zone', 'zone']
const activeLabels = ['active_dc', 'active_site', 'active_datacenter', ...siteLabels]
const severityWords: Record<string, Severity> = {
  ...severities('sev1', 'sev1 critical crit page emergency fatal disaster blocker p1'),
  ...severities('sev2', 'sev2 error high major urgent p2'),
  ...severities('sev3', 'sev3 warning warn medium moderate minor p3'),
  ...severities('sev4', 'sev4 info information informational low none notice p4 p5'),
}

function severities(severity: Severity, spoken: string): Record<string, Severity> {
  return Object.fromEntries(spoken.split(' ').map((word) => [word, severity]))
}

function severityFrom(labels: Record<string, string>): Severity | undefined {
  const word = first(labels, ['severity', 'priority', 'level'])?.toLowerCase() ?? ''
  return Object.hasOwn(severityWords, word) ? severityWords[word] : undefined
}

function titleOf({ annotations, labels, fingerprint }: Alert): string {
  const title = first(annotations, ['summary', 'title', 'message', 'description']) ?? labels.alertname?.trim()
  return (title || `alert ${fingerprint}`).split('\n', 1).join('').trim().slice(0, 300)
}

function urlOf({ generatorURL, annotations }: Alert): string | undefined {
  return [generatorURL, annotations.runbook_url, annotations.runbook].find((url) => url && isWeb(url))
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url)
}

function first(said: Record<string, string>, names: readonly string[]): string | undefined {
  return names.map((name) => (Object.hasOwn(said, name) ? said[name]?.trim() : '')).find(Boolean)
}

function some<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: V } // a computed name widens to string
}

// Alertmanager writes "not yet" as the year 1.
function isSet(at: Date): boolean {
  return at.getUTCFullYear() > 1
}
