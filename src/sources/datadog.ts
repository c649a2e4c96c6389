import type { Fact } from '../record/fact.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import { runOf, signalFacts } from './signals.ts'
import type { Delivery, Source } from './source.ts'
import { happened, incidentTold } from './tellings.ts'

const mend = 'use the payload that README.md gives for Datadog, or its own default'
const transition =
  /^\[(?:P(?<priority>[1-5])\] \[)?(?<word>Triggered|Re-Triggered|Re-Alert|Warn|Re-Warn|No Data|Re-No Data|Recovered|Resolved|Renotify)\b[^\]]*\]\s*/i

/**
 * Datadog monitors. With `alert_cycle_key` each cycle is an incident; without it, one lasts from triggered to recovered of
 * the same monitor and group. P1 is sev1; without a priority a warning is sev3. Events that are no monitor's are not for us.
 */
export const datadog: Source = {
  adapter: 'datadog',
  title: 'Datadog',
  class: 'automated',
  proofs: ['bearer', 'address'],
  runOf: (incidentId) => (/^[^:]*:cycle /.test(incidentId) ? null : runOf(incidentId)),

  read(delivery) {
    const said = saidIn(delivery, mend)
    const title = said.need(mend, 'title', 'event_title', 'EVENT_TITLE', 'alert_title')
    const parts = transition.exec(title)
    const told = [
      said.text('alert_transition'),
      said.text('transition'),
      parts?.groups?.word,
      said.text('alert_status'),
      typeIn(said),
    ]
    const word = told.find((one) => one !== undefined && states.has(plain(one))) ?? ''
    const on = states.get(plain(word))
    if (on === undefined) return []

    const named = title.slice(parts?.[0].length ?? 0) || title
    return alarmFacts(said, { named, on, severity: severityIn(said, parts?.groups?.priority, word), delivery })
  },
}

// 'error', 'warning' and 'success' are what any event may be of: only a monitor's is an alarm.
function typeIn(said: Said): string | undefined {
  const isMonitors = said.has('alert_id') || /alert|monitor/i.test(said.text('event_type') ?? '')
  return isMonitors ? types.get(said.text('alert_type') ?? '') : undefined
}
const types = new Map([
  ['error', 'triggered'],
  ['warning', 'warn'],
  ['success', 'recovered'],
])

function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z]/g, '')
}

const states = new Map<string, boolean>([
  ...'triggered retriggered realert alert warn rewarn nodata renodata renotify'
    .split(' ')
    .map((word) => [word, true] as const),
  ...'recovered resolved ok'.split(' ').map((word) => [word, false] as const),
])

interface Alarm {
  named: string
  on: boolean
  severity: string | undefined
  delivery: Delivery
}

function alarmFacts(said: Said, { named, on, severity, delivery: { source, receivedAt } }: Alarm): Fact[] {
  const at = said.instant('last_updated', 'date', 'date_posix', 'timestamp') ?? receivedAt
  const tags = tagsIn(said)
  const told = {
    title: named,
    service: tags.service ?? said.text('service') ?? tags.host ?? said.text('hostname'),
    site: tags.datacenter ?? tags.site ?? tags.region,
    team: tags.team,
    url: webAddress(said.text('link', 'url', 'event_url')),
    class: 'automated' as const,
  }
  const cycle = said.text('alert_cycle_key')
  if (cycle === undefined)
    return signalFacts({
      source,
      key: keyOf(said, named),
      at,
      on,
      told,
      severity: severityFrom(severity),
      theirs: severity,
    })

  const id = `${source}:cycle ${cycle}`
  return [
    ...incidentTold({
      id,
      at,
      told: { ...told, ...(on ? { severity: severityFrom(severity) } : {}) },
      theirs: { severity: on ? severity : undefined, groupKey: said.text('aggreg_key') },
    }),
    ...(on ? [] : happened(id, 'resolved', at)),
  ]
}

function keyOf(said: Said, named: string): string {
  const monitor = said.text('aggreg_key', 'monitor_id', 'alert_id')
  const scope = said.text('alert_scope', 'scopes', 'scope')
  return monitor === undefined ? named.toLowerCase() : [monitor, scope].filter(Boolean).join(' ')
}

function severityIn(said: Said, inTitle: string | undefined, word: string): string | undefined {
  const told = said.text('priority', 'alert_priority', 'severity') ?? (inTitle && `P${inTitle}`)
  return told && told.toLowerCase() !== 'normal' ? told : /warn/i.test(word) ? 'sev3' : undefined
}

function tagsIn(said: Said): Record<string, string> {
  const tags = said.texts('tags').flatMap((text) => text.split(','))
  const pairs = tags.map((tag) => /^\s*([^:]+):(.+?)\s*$/.exec(tag)).filter((pair) => pair !== null)
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), value]))
}
