import type { Rule } from './rules.ts'

/** A mapping that ships, to begin with: tools whose webhooks look like this one's. */
export interface Example {
  name: string
  title: string
  rules: Rule[]
}

/**
 * incident.io puts the incident under a key named like its event; its lifecycle lies in the category of the status. Of a
 * private incident it tells no more than the id, and a test is none: neither is read.
 */
const incidentIo: Example = {
  name: 'incident-io',
  title: 'incident.io (incident_created_v2, incident_updated_v2, incident_status_updated_v2)',
  rules: [
    ...['incident_created_v2', 'incident_updated_v2'].flatMap((event) =>
      ['public_incident', 'private_incident'].map((reach) => incidentIoRule(`"${reach}.${event}"`, '@')),
    ),
    incidentIoRule('"public_incident.incident_status_updated_v2"', 'incident'),
    incidentIoRule('"private_incident.incident_status_updated_v2"', 'incident'),
  ],
}

function incidentIoRule(key: string, within: string): Rule {
  const incident = within === '@' ? key : `${key}.${within}`
  return {
    kind: 'incidents',
    when: `${incident}.name && !contains(['test', 'tutorial'], ${incident}.mode || '')`,
    each: incident,
    columns: {
      id: 'id',
      title: "join(' ', [reference || 'INC', name])",
      startedAt: 'created_at',
      state:
        "contains(['closed', 'learning', 'declined', 'merged', 'canceled'], incident_status.category || '') && 'resolved' || incident_status.name",
      at: 'updated_at',
      severity: 'severity.name',
      owner: "incident_role_assignments[?role.role_type=='lead'].assignee.email | [0]",
      service:
        "custom_field_entries[?contains(['Service', 'Affected service', 'Affected services'], custom_field.name)].values[].[value_catalog_entry.name, value_option.value, value_text][] | [?@] | [0]",
      url: 'permalink',
      note: 'summary',
    },
  }
}

/** Rootly tells the whole incident with every event; its own milestones are columns. Maintenance and tests are none. */
const rootly: Example = {
  name: 'rootly',
  title: 'Rootly (incident.*)',
  rules: [
    {
      kind: 'incidents',
      when: "starts_with(event.type, 'incident.') && !starts_with(event.type, 'incident.scheduled') && !contains(['scheduled', 'scheduled_sub', 'test', 'test_sub', 'example', 'example_sub'], data.kind || '')",
      each: 'data',
      columns: {
        id: 'id',
        title: 'title',
        startedAt: 'started_at || created_at || _delivery.event.issued_at',
        acknowledgedAt: 'acknowledged_at || in_triage_at',
        detectedAt: 'detected_at',
        mitigatedAt: 'mitigated_at',
        resolvedAt: 'resolved_at || closed_at || cancelled_at',
        state: "_delivery.event.type == 'incident.deleted' && 'closed' || status",
        at: '_delivery.event.issued_at',
        severity: 'severity.name || severity.slug || severity.data.attributes.name || severity',
        service: 'services[0].name',
        url: 'url',
        note: 'summary',
      },
    },
  ],
}

/** FireHydrant tells its milestones as a list; times come as '2023-07-25 13:34:49 UTC'. */
const firehydrant: Example = {
  name: 'firehydrant',
  title: 'FireHydrant (incident)',
  rules: [
    {
      kind: 'incidents',
      when: "event.resource_type == 'incident' && data.incident",
      each: 'data.incident',
      columns: {
        id: 'id',
        title: 'name',
        startedAt: "(milestones[?type=='started'].occurred_at | [0]) || started_at || created_at",
        detectedAt: "milestones[?type=='detected'].occurred_at | [0]",
        acknowledgedAt: "milestones[?type=='acknowledged'].occurred_at | [0]",
        mitigatedAt: "milestones[?type=='mitigated'].occurred_at | [0]",
        resolvedAt: "milestones[?type=='resolved'].occurred_at | [0]",
        state: 'current_milestone',
        severity: 'severity.slug || severity || priority',
        service: 'services[0].name',
        url: 'incident_url',
        note: 'summary || customer_impact_summary',
      },
    },
  ],
}

export const examples: readonly Example[] = [incidentIo, rootly, firehydrant]
