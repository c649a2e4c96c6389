import type { Fact, IncidentEventKind } from '../record/fact.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import { severityFrom } from './severities.ts'
import type { Source } from './source.ts'
import { changeTold, happened, incidentTold } from './tellings.ts'

const mend = 'send what a webhook destination of a New Relic workflow posts by default'

/** New Relic: issues of workflows, the incidents of alert channels before them, and deployments. Its entity is the service. */
export const newrelic: Source = {
  adapter: 'newrelic',
  title: 'New Relic',
  class: 'automated',
  proofs: ['bearer', 'address'],

  read(delivery) {
    const said = saidIn(delivery, mend)
    if (said.has('deployment')) return deploymentFacts(said)
    const state = said.need(mend, 'state', 'current_state').toLowerCase()
    if (!states.has(state)) return []

    const issue = /\/issues\/([\w-]+)/.exec(said.text('issueUrl') ?? '')?.[1]
    const own = said.text('id', 'issueId', 'incident_id') ?? issue ?? said.need(mend, 'id')
    if (own === '0') return [] // the test of a channel
    const id = `newrelic:${own}`
    const at = said.instant('updatedAt', 'timestamp') ?? said.instant('createdAt') ?? delivery.receivedAt
    const event = states.get(state)
    const by = said.text('owner')
    return [...standing(said, id, at), ...(event ? happened(id, event, at, { by }) : [])]
  },
}

const states = new Map<string, IncidentEventKind | null>([
  ['created', null],
  ['activated', null],
  ['open', null],
  ['acknowledged', 'acknowledged'],
  ['deactivated', 'resolved'],
  ['closed', 'resolved'],
])

function standing(said: Said, id: string, at: Date): Fact[] {
  const title = said.text('title', 'condition_name', 'alertConditionNames.0', 'details', 'alertPolicyNames.0')
  const priority = said.text('priority', 'severity')
  return incidentTold({
    id,
    at,
    startedAt: said.instant('createdAt', 'openedAt'),
    told: {
      title: title ?? id,
      service: said.text('impactedEntities.0', 'targets.0.name', 'entityName'),
      severity: severityFrom(priority),
      ownerId: said.text('owner'),
      url: webAddress(said.text('issueUrl', 'incident_url')),
      class: 'automated',
    },
    theirs: { severity: priority },
  })
}

function deploymentFacts(said: Said): Fact[] {
  const at = said.instant('deployment.timestamp', 'deployment.created_at')
  if (!at) return []
  const application = said.text('deployment.application_name', 'deployment.application')
  const revision = said.text('deployment.revision')
  return [
    changeTold({
      id: `newrelic:deployment ${said.text('deployment.id') ?? `${application} ${revision} ${at.toISOString()}`}`,
      at,
      what:
        said.text('deployment.description') ??
        `Deployed ${revision ?? 'a revision'} of ${application ?? 'an application'}`,
      service: application,
      who: said.text('deployment.deployed_by', 'deployment.user'),
      url: webAddress(said.text('deployment.deployment_url')),
      type: 'deployment',
    }),
  ]
}
