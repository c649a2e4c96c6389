import type { Severity } from '../record/schema.ts'

type Labels = Record<string, string>

const serviceNames = ['service', 'service_name', 'app', 'application', 'app_kubernetes_io_name', 'job']
const siteNames = ['datacenter', 'data_center', 'dc', 'site', 'region', 'availability_zone', 'zone']
const activeSiteNames = ['active_dc', 'active_site', 'active_datacenter', ...siteNames]
const severityWords = new Map<string, Severity>([
  ...sameSeverity('sev1', 'sev1 critical crit page emergency fatal disaster blocker p1'),
  ...sameSeverity('sev2', 'sev2 error high major urgent p2'),
  ...sameSeverity('sev3', 'sev3 warning warn medium moderate minor p3'),
  ...sameSeverity('sev4', 'sev4 info information informational low none notice p4 p5'),
])

/** Alerts that always fire, so that their silence is heard: a sign of life, not an incident. */
export function isHeartbeat(labels: Labels): boolean {
  return /^(watchdog|dead.?man'?s?.?switch|infoinhibitor)$/i.test(labels.alertname ?? '')
}

/** A service that runs in one site only, and the site, where the alert says so; a job is no service here. */
export function lostRedundancy(labels: Labels): { service: string; site: string } | undefined {
  const lost =
    /single.?(dc|data.?cent(er|re)|site|region)/i.test(labels.alertname ?? '') ||
    [labels.redundancy, labels.exposure].some((word) => /^(lost|none|single)$/i.test(word ?? ''))
  const service = first(labels, ['service', 'service_name', 'app', 'application'])
  const site = first(labels, activeSiteNames)
  return lost && service && site ? { service, site } : undefined
}

export function serviceOf(labels: Labels): string | undefined {
  return first(labels, serviceNames)
}

export function siteOf(labels: Labels): string | undefined {
  return first(labels, siteNames)
}

export function teamOf(labels: Labels): string | undefined {
  return first(labels, ['team', 'squad', 'owner'])
}

/** A word nobody here knows says nothing: better no severity than a wrong one. */
export function severityOf(labels: Labels): Severity | undefined {
  return severityWords.get(first(labels, ['severity', 'priority', 'level'])?.toLowerCase() ?? '')
}

/** The first line of what the alert says of itself, at most 300 characters. */
export function titleOf({ labels, annotations }: { labels: Labels; annotations: Labels }): string | undefined {
  const title = first(annotations, ['summary', 'title', 'message', 'description']) ?? first(labels, ['alertname'])
  return title?.split('\n', 1).join('').trim().slice(0, 300)
}

/** Where one reads on: the expression that fired, else the runbook; http and https only. */
export function urlOf(generatorURL: string | undefined, annotations: Labels): string | undefined {
  return [generatorURL, annotations.runbook_url, annotations.runbook].find((url) => url && isWeb(url))
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url)
}

function first(said: Labels, names: readonly string[]): string | undefined {
  return names.map((name) => (Object.hasOwn(said, name) ? said[name]?.trim() : '')).find(Boolean)
}

function sameSeverity(severity: Severity, words: string): [string, Severity][] {
  return words.split(' ').map((word) => [word, severity])
}
