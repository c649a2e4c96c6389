import { iso, millis, type Story } from './story.ts'

export const paging: readonly Story[] = [
  {
    name: 'PagerDuty',
    source: 'pagerduty',
    tell: (key) => {
      const say = (type: string, place: number, more: object = {}) => ({
        event: {
          id: `01-${key}-${place}`,
          event_type: `incident.${type}`,
          occurred_at: iso(place),
          agent: { summary: 'Ada' },
          data: {
            id: `P${key}`,
            type: 'incident',
            status: type === 'resolved' ? 'resolved' : 'triggered',
            title: 'Checkout answers with errors',
            service: { summary: 'checkout' },
            assignees: [{ summary: place > 1 ? 'Bob' : 'Ada' }],
            priority: { summary: place > 2 ? 'P1' : 'P3' },
            urgency: 'high',
            ...more,
          },
        },
      })
      const note = { incident: { id: `P${key}` }, content: 'It is the cache', id: `N${key}` }
      return [
        say('triggered', 0),
        say('acknowledged', 1),
        say('reassigned', 2),
        say('priority_updated', 3),
        { event: { event_type: 'incident.annotated', occurred_at: iso(4), data: note } },
        say('resolved', 5, { assignees: [] }),
      ]
    },
  },
  {
    name: 'Opsgenie',
    source: 'opsgenie',
    tell: (key) =>
      ['Create', 'Acknowledge', 'AddNote', 'AssignOwnership', 'UpdatePriority', 'Close'].map((action, place) => ({
        action,
        alert: {
          alertId: `o-${key}`,
          message: 'Queue is long',
          createdAt: millis(0),
          updatedAt: millis(place) * 1_000_000,
          entity: 'search',
          username: 'ada@example.com',
          priority: place > 3 ? 'P1' : 'P4',
          ...(place === 2 ? { note: 'We look' } : {}),
          ...(place >= 3 ? { owner: 'bob@example.com' } : {}),
        },
      })),
  },
  {
    name: 'Grafana',
    source: 'grafana',
    tell: (key) =>
      [0, 0, 0, 3, 3, 3].map((began, place) => ({
        version: '1',
        alerts: [
          {
            status: place % 3 === 2 ? 'resolved' : 'firing',
            labels: { alertname: 'HighLatency', service: 'search', severity: 'warning' },
            annotations: { summary: 'Search is slow' },
            startsAt: iso(began),
            endsAt: place % 3 === 2 ? iso(place) : '0001-01-01T00:00:00Z',
            fingerprint: `f${key}`,
            values: null,
          },
        ],
      })),
  },
  {
    name: 'Grafana’s dashboard alerts',
    source: 'grafana',
    tell: (key) =>
      ['alerting', 'alerting', 'no_data', 'alerting', 'no_data', 'alerting'].map((state) => ({
        ruleId: key,
        ruleName: 'Search is slow',
        state,
        tags: { service: 'search' },
      })),
  },
  {
    name: 'Statuspage',
    source: 'statuspage',
    tell: (key) => {
      const words = ['investigating', 'identified', 'identified', 'monitoring', 'resolved', 'postmortem']
      const updates = words.map((status, place) => ({
        status,
        body: `We are ${status} (${place})`,
        display_at: iso(place),
      }))
      return words.map((status, place) => ({
        page: { id: 'p' },
        incident: {
          id: `s-${key}`,
          name: 'Search fails',
          status,
          impact: place < 2 ? 'minor' : 'major',
          created_at: iso(0),
          updated_at: iso(place),
          monitoring_at: place >= 3 ? iso(3) : null,
          resolved_at: place >= 4 ? iso(4) : null,
          incident_updates: updates.slice(0, place + 1).toReversed(),
          components: [{ name: 'Search', status: 'major_outage' }],
        },
      }))
    },
  },
  {
    name: 'a component of Statuspage',
    source: 'statuspage',
    tell: (key) =>
      ['degraded_performance', 'operational', 'major_outage', 'partial_outage', 'operational', 'operational'].map(
        (new_status, place) => ({
          component: { id: `c-${key}`, name: 'Search' },
          component_update: { new_status, created_at: iso(place) },
        }),
      ),
  },
  {
    name: 'incident.io',
    source: 'incident-io',
    tell: (key) =>
      ['Investigating', 'Fixing', 'Monitoring', 'Closed', 'Investigating', 'Closed'].map((name, place) => ({
        event_type: 'public_incident.incident_updated_v2',
        'public_incident.incident_updated_v2': {
          id: `01-${key}`,
          name: 'Checkout answers with errors',
          reference: 'INC-1',
          mode: 'standard',
          created_at: iso(0),
          updated_at: iso(place),
          severity: { name: place > 1 ? 'Critical' : 'Minor' },
          incident_status: { name, category: name === 'Closed' ? 'closed' : 'live' },
        },
      })),
  },
  {
    name: 'Rootly',
    source: 'rootly',
    tell: (key) =>
      ['created', 'updated', 'updated', 'mitigated', 'updated', 'resolved'].map((type, place) => ({
        event: { id: `e-${key}-${place}`, type: `incident.${type}`, issued_at: iso(place) },
        data: {
          id: `r-${key}`,
          title: 'Checkout answers with errors',
          kind: 'normal',
          status: place === 5 ? 'resolved' : place >= 3 ? 'mitigated' : 'started',
          started_at: iso(0),
          mitigated_at: place >= 3 ? iso(3) : null,
          resolved_at: place === 5 ? iso(5) : null,
          severity: { name: place > 1 ? 'SEV1' : 'SEV3' },
          services: [{ name: 'checkout' }],
        },
      })),
  },
  {
    name: 'FireHydrant',
    source: 'firehydrant',
    tell: (key) =>
      ['started', 'detected', 'acknowledged', 'mitigated', 'resolved', 'resolved'].map(
        (current_milestone, place, all) => ({
          event: { operation: place === 0 ? 'CREATED' : 'UPDATED', resource_type: 'incident' },
          data: {
            incident: {
              id: `f-${key}`,
              name: 'Checkout answers with errors',
              current_milestone,
              severity: 'SEV2',
              services: [{ name: 'checkout' }],
              milestones: all.slice(0, place + 1).map((type, at) => ({ type, occurred_at: iso(at) })),
            },
          },
        }),
      ),
  },
]
