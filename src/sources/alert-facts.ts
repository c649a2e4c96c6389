import type { Fact } from '../record/fact.ts'
import { otherSites } from '../record/sites.ts'
import { isHeartbeat, lostRedundancy, serviceOf, severityOf, siteOf, teamOf, titleOf, urlOf } from './alert-labels.ts'
import { known } from './tellings.ts'

/** One alert of Prometheus, Alertmanager or Grafana: labels, and an episode of them. */
export interface Alert {
  tool: string // what the ids begin with
  fingerprint: string
  labels: Record<string, string>
  annotations: Record<string, string>
  startsAt: Date
  endedAt: Date | null
  url: string | undefined
  groupKey: string | undefined
}

export function alertFacts(alert: Alert): Fact[] {
  return isHeartbeat(alert.labels) ? [] : [asIncident(alert), ...resolution(alert), ...loneliness(alert)]
}

export function later(a: Date, b: Date): Date {
  return a > b ? a : b
}

// The id holds the start: the same alert firing again next week is another incident. What no label says is left out.
function asIncident(alert: Alert): Fact {
  const { labels, annotations, startsAt, groupKey } = alert
  const told = known({
    service: serviceOf(labels),
    severity: severityOf(labels),
    site: siteOf(labels),
    team: teamOf(labels),
    url: urlOf(alert.url, annotations),
  })
  const title = titleOf({ labels, annotations }) ?? `alert ${alert.fingerprint}`
  const theirs = known({ severity: labels.severity || undefined, groupKey })
  return {
    kind: 'incident',
    id: idOf(alert),
    at: startsAt,
    told: { title, ...told, startedAt: startsAt, class: 'automated' },
    ...(Object.keys(theirs).length > 0 ? { theirs } : {}),
  }
}

function resolution(alert: Alert): Fact[] {
  return alert.endedAt
    ? [{ kind: 'incident-event', incidentId: idOf(alert), event: 'resolved', at: alert.endedAt }]
    : []
}

function loneliness({ labels, startsAt, endedAt }: Alert): Fact[] {
  const alone = lostRedundancy(labels)
  if (!alone) return []

  const standing = { kind: 'site', service: alone.service, at: startsAt, capacityPercent: null } as const
  return [
    { ...standing, site: alone.site, state: 'serving' },
    { ...standing, site: otherSites, state: 'unable' },
    ...(endedAt ? [{ ...standing, site: otherSites, at: endedAt, state: 'able' } as const] : []),
  ]
}

function idOf({ tool, fingerprint, startsAt }: Alert): string {
  return `${tool}:${fingerprint}:${startsAt.toISOString()}`
}
