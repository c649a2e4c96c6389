import type { Fact } from '../record/fact.ts'
import type { Severity } from '../record/schema.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import { runOf, signalFacts } from './signals.ts'
import type { Delivery, Source } from './source.ts'
import { changeTold, happened, incidentTold } from './tellings.ts'

const mend = 'send what the webhook subscription of a status page posts'

/**
 * Atlassian Statuspage, and pages that speak like it. The impact is the severity (critical, major, minor, none = sev4), each
 * update is a note. Scheduled maintenance is a change. A component that is out is an incident of its own until it operates.
 */
export const statuspage: Source = {
  adapter: 'statuspage',
  title: 'Statuspage',
  class: 'manual',
  proofs: ['address', 'bearer'],

  read(delivery) {
    const said = saidIn(delivery, mend)
    if (said.has('incident')) return isMaintenance(said) ? maintenanceFacts(said) : incidentFacts(said, delivery)
    if (said.has('component_update')) return componentFacts(said, delivery)
    if (said.has('page')) return []
    said.need(mend, 'incident')
    return []
  },
  runOf: (incidentId) => (/^[^:]*:component /.test(incidentId) ? runOf(incidentId) : null),
}

function isMaintenance(said: Said): boolean {
  return said.has('incident.scheduled_for') && said.text('incident.scheduled_for') !== undefined
}

function incidentFacts(said: Said, { receivedAt }: Delivery): Fact[] {
  const id = `statuspage:${said.need(mend, 'incident.id')}`
  const at = said.instant('incident.updated_at') ?? receivedAt
  const impact = said.at('incident.impact')
  return [
    ...incidentTold({
      id,
      at,
      startedAt: said.instant('incident.started_at', 'incident.created_at'),
      told: {
        title: said.need(mend, 'incident.name'),
        service: serviceIn(said),
        severity: severities[String(impact)],
        url: webAddress(said.text('incident.shortlink')),
        class: 'manual',
      },
    }),
    ...updatesOf(said, id),
    ...lifeOf(said, id, at),
  ]
}

const outages: Record<string, Severity> = {
  major_outage: 'sev1',
  partial_outage: 'sev2',
  degraded_performance: 'sev3',
}
const severities: Record<string, Severity> = {
  critical: 'sev1',
  major: 'sev2',
  minor: 'sev3',
  none: 'sev4',
}

// The component that suffers, else the one it is about; of several none: they are all in the notes.
function serviceIn(said: Said): string | undefined {
  const components = [
    ...said.list('incident.components'),
    ...said.list('incident.incident_updates.0.affected_components'),
  ]
  const suffering = components.filter((one) => {
    const status = one.text('status', 'new_status')
    return status !== undefined && status !== 'operational'
  })
  const names = new Set((suffering.length > 0 ? suffering : components).flatMap((one) => one.text('name') ?? []))
  return names.size === 1 ? [...names][0] : undefined
}

const over = ['resolved', 'postmortem', 'completed']

function updatesOf(said: Said, id: string): Fact[] {
  const updates = said
    .list('incident.incident_updates')
    .map((update) => ({ update, at: update.instant('display_at', 'created_at') }))
    .filter((one): one is { update: Said; at: Date } => one.at !== undefined)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return updates.flatMap(({ update, at }, place) => {
    const status = update.text('status') ?? ''
    const before = updates[place - 1]?.update.text('status') ?? ''
    const body = update.text('body')
    return [
      ...happened(id, 'note', at, { value: body && `${status}: ${body}` }),
      ...(status === 'monitoring' && !over.includes(before) ? happened(id, 'mitigated', at) : []),
      ...(over.includes(status) && status !== 'postmortem' ? happened(id, 'resolved', at) : []),
      ...(over.includes(before) && !over.includes(status) ? happened(id, 'reopened', at) : []),
    ]
  })
}

function lifeOf(said: Said, id: string, at: Date): Fact[] {
  const status = said.text('incident.status') ?? ''
  const resolvedAt = said.instant('incident.resolved_at')
  const monitoringAt = said.instant('incident.monitoring_at')
  return [
    ...(monitoringAt ? happened(id, 'mitigated', monitoringAt) : []),
    ...(over.includes(status) ? happened(id, 'resolved', resolvedAt ?? at) : []),
  ]
}

function maintenanceFacts(said: Said): Fact[] {
  const at = said.instant('incident.scheduled_for')
  if (!at) return []
  return [
    changeTold({
      id: `statuspage:${said.need(mend, 'incident.id')}`,
      at,
      what: said.need(mend, 'incident.name'),
      service: serviceIn(said),
      url: webAddress(said.text('incident.shortlink')),
      type: 'maintenance',
    }),
  ]
}

function componentFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  const status = said.need(mend, 'component_update.new_status', 'component.status')
  const name = said.text('component.name') ?? said.need(mend, 'component_update.component_id')
  if (status === 'under_maintenance') return []

  return signalFacts({
    source,
    key: `component ${said.text('component.id', 'component_update.component_id') ?? name}`,
    at: said.instant('component_update.created_at', 'component.updated_at') ?? receivedAt,
    on: status !== 'operational',
    told: { title: `${name} does not operate as it should`, service: name, class: 'manual' },
    severity: outages[status],
    theirs: status,
    note: status.replaceAll('_', ' '),
  })
}
