import { z } from 'zod'
import type { Fact } from '../record/fact.ts'
import { alertFacts, later } from './alert-facts.ts'
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
  proofs: ['bearer'],

  read(delivery) {
    const json = jsonIn(delivery)
    return Array.isArray(json) ? factsOfPosted(json, delivery) : factsOfGroup(json)
  },
  episodesOf: (incidentId) => /^alertmanager:[^:]+:/.exec(incidentId)?.[0] ?? null,
}

const words = z
  .record(z.string(), z.string(), 'must be an object of texts')
  .nullish()
  .transform((said) => said ?? {})
const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 instant with offset' })
  .transform((text) => new Date(text))
  .refine((at) => !Number.isNaN(at.getTime()), 'must be an instant that exists')
const begun = instant.refine(isSet, 'must say when the alert began')
const text = z.string('must be a text')
const link = text.nullish().transform((said) => said ?? undefined)

const grouped = z
  .looseObject({
    status: z.enum(['firing', 'resolved'], 'must be firing or resolved'),
    labels: words,
    annotations: words,
    startsAt: begun,
    endsAt: instant,
    generatorURL: link,
    fingerprint: text.regex(/^[\w.-]{1,128}$/, 'must be the fingerprint of the alert').optional(),
  })
  .refine(({ status, endsAt }) => status === 'firing' || isSet(endsAt), {
    path: ['endsAt'],
    error: 'must say when the alert ended, for its status is resolved',
  })
const group = z.looseObject({
  version: z.literal(['4', 4], 'must be "4"'),
  alerts: z.array(grouped, 'must be a list of alerts'),
  groupKey: z.string().optional().catch(undefined),
  truncatedAlerts: z.number('must be a number').nonnegative('must not be negative').optional().default(0),
})
const posted = z.array(
  z.looseObject({
    labels: z.record(z.string(), z.string(), 'must be an object of texts'),
    annotations: words,
    startsAt: begun,
    endsAt: instant.optional(),
    generatorURL: link,
  }),
)

function factsOfGroup(json: unknown): Fact[] {
  const { alerts, groupKey, truncatedAlerts } = shaped(group, json, 'send what Alertmanager 0.16 and later post')
  const facts = alerts.flatMap((alert) =>
    alertFacts({
      ...alert,
      ...namesOf(alert),
      groupKey,
      endedAt: alert.status === 'resolved' ? later(alert.startsAt, alert.endsAt) : null,
    }),
  )
  return truncatedAlerts > 0 ? [...facts, ...truncation(facts, truncatedAlerts)] : facts
}

// Prometheus gives a firing alert an end in the future, until which it vouches for it.
function factsOfPosted(json: unknown[], { receivedAt }: Delivery): Fact[] {
  return shaped(posted, json, 'send what Prometheus posts to an Alertmanager').flatMap((alert) =>
    alertFacts({
      ...alert,
      ...namesOf(alert),
      groupKey: undefined,
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
  tool: string
  fingerprint: string
  url: string | undefined
} {
  return {
    tool: 'alertmanager',
    fingerprint: typeof fingerprint === 'string' ? fingerprint : fingerprintOf(labels),
    url: generatorURL,
  }
}

/** Alertmanager's own max_alerts cut the rest of the group off: those who read of the first must know. */
function truncation(facts: Fact[], count: number): Fact[] {
  const incident = facts.find((fact) => fact.kind === 'incident')
  const value = `Alertmanager cut ${count} more of this group off (max_alerts)`
  return incident ? [{ kind: 'incident-event', incidentId: incident.id, event: 'note', at: incident.at, value }] : []
}

// Alertmanager writes "not yet" as the year 1.
function isSet(at: Date): boolean {
  return at.getUTCFullYear() > 1
}
