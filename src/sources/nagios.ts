import type { Fact } from '../record/fact.ts'
import type { Severity } from '../record/schema.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import { idAt, runOf, signalFacts } from './signals.ts'
import type { Delivery, Source } from './source.ts'
import { happened } from './tellings.ts'

const mend = 'let commands/muster-notify.sh post it'

/**
 * Nagios: what the notification command commands/muster-notify.sh posts. An alarm is a host, or a check of a host, from its
 * problem to its recovery. Critical and down are sev2, the rest sev3. Downtimes and flapping by themselves are not for us.
 */
export const nagios: Source = { ...monitorOf('nagios', 'Nagios'), read: notificationFacts }

/** What Nagios and Icinga have in common: they tell alike. */
export function monitorOf(adapter: string, title: string): Omit<Source, 'read'> {
  return { adapter, title, class: 'automated', proofs: ['bearer', 'address'], runOf }
}

const severities: Record<string, Severity> = {
  CRITICAL: 'sev2',
  DOWN: 'sev2',
  UNREACHABLE: 'sev3',
  UNKNOWN: 'sev3',
  WARNING: 'sev3',
}

export function notificationFacts(delivery: Delivery): Fact[] {
  const said = saidIn(delivery, mend)
  const type = said.need(mend, 'type').toUpperCase()
  const host = said.need(mend, 'host')
  const state = said.need(mend, 'state').toUpperCase()
  const isBad = Object.hasOwn(severities, state)
  if (type === 'RECOVERY') return told(said, { host, state, on: false, delivery })
  if (!['PROBLEM', 'ACKNOWLEDGEMENT', 'CUSTOM'].includes(type) || !isBad) return []

  const facts = told(said, { host, state, on: true, delivery })
  return type === 'ACKNOWLEDGEMENT' ? [...facts, ...acknowledged(said, host, delivery)] : facts
}

interface Told {
  host: string
  state: string
  on: boolean
  delivery: Delivery
}

function told(said: Said, { host, state, on, delivery }: Told): Fact[] {
  const check = said.text('service')
  const comment = said.text('comment')
  const output = Number(said.text('number') ?? 1) > 1 ? undefined : said.text('output') // told again says nothing new
  return signalFacts({
    source: delivery.source,
    key: keyOf(host, check),
    at: instantOf(said, delivery),
    on,
    told: {
      title: check ? `${check} on ${host}` : `${host} is down`,
      service: said.text('muster_service') ?? check ?? host,
      site: said.text('site'),
      team: said.text('team'),
      url: webAddress(said.text('url')),
      class: 'automated',
    },
    severity: severityFrom(said.text('severity')) ?? severities[state],
    theirs: said.text('severity') ?? state,
    note: [output && `${state}: ${output}`, comment].filter(Boolean).join('\n'),
    by: said.text('author'),
  })
}

function acknowledged(said: Said, host: string, delivery: Delivery): Fact[] {
  const at = instantOf(said, delivery)
  const id = idAt({ source: delivery.source, key: keyOf(host, said.text('service')) }, at)
  return happened(id, 'acknowledged', at, { by: said.text('author') })
}

function keyOf(host: string, check: string | undefined): string {
  return check ? `${host};${check}` : host
}

function instantOf(said: Said, { receivedAt }: Delivery): Date {
  return said.instant('timet', 'time') ?? receivedAt
}
