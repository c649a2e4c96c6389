import { hoursAgo, minutesAgo } from '../support/morning.ts'

/** What one tool tells of one thing, in six deliveries, in order. `key` tells one such thing from another. */
export interface Story {
  name: string
  source: string
  tell(key: string): object[]
}

const at = (place: number) => minutesAgo(180 - place * 20)
const iso = (place: number) => at(place).toISOString()
const seconds = (place: number) => Math.floor(at(place).getTime() / 1000)
const millis = (place: number) => at(place).getTime()
const six = [0, 1, 2, 3, 4, 5]

export const stories: readonly Story[] = [
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
    name: 'Zabbix, by event',
    source: 'zabbix',
    tell: (key) =>
      six.map((place) => ({
        event_id: key,
        status: place === 5 ? 'RESOLVED' : 'PROBLEM',
        event_name: 'Disk is full',
        host: 'db1',
        severity: place > 2 ? 'Disaster' : 'Average',
        event_date: iso(0).slice(0, 10).replaceAll('-', '.'),
        event_time: iso(0).slice(11, 19),
        ...(place > 0 && place < 5
          ? {
              event_update_date: iso(place).slice(0, 10).replaceAll('-', '.'),
              event_update_time: iso(place).slice(11, 19),
              event_update_action: place === 1 ? 'acknowledged' : 'commented',
              event_update_message: `word ${place}`,
            }
          : {}),
        ...(place === 5
          ? { event_recovery_date: iso(5).slice(0, 10).replaceAll('-', '.'), event_recovery_time: iso(5).slice(11, 19) }
          : {}),
      })),
  },
  onAndOff('Zabbix, by trigger', 'zabbix', (key, place, on) => ({
    trigger_id: key,
    status: on ? 'PROBLEM' : 'OK',
    trigger: 'Agent is unreachable',
    hostname: 'db1',
    severity: 'High',
    [on ? 'event_date' : 'event_recovery_date']: iso(place).slice(0, 10),
    [on ? 'event_time' : 'event_recovery_time']: iso(place).slice(11, 19),
  })),
  onAndOff('UptimeRobot', 'uptimerobot', (key, place, on) => ({
    monitorID: key,
    monitorFriendlyName: 'Shop',
    monitorURL: 'https://shop.example.com',
    alertType: on ? '1' : '2',
    alertDateTime: String(seconds(place)),
    alertDetails: on ? 'Connection Timeout' : 'HTTP 200',
  })),
  onAndOff('Uptime Kuma', 'uptime-kuma', (key, place, on) => ({
    heartbeat: {
      monitorID: key,
      status: on ? 0 : 1,
      time: iso(place).replace('T', ' ').replace('Z', ''),
      msg: 'timeout',
    },
    monitor: { id: key, name: 'Shop', url: 'https://shop.example.com' },
    msg: '[Shop] [Down] timeout',
  })),
  {
    name: 'Upptime, by its issues',
    source: 'upptime',
    tell: (key) => issueOfGitHub(key, { title: '🛑 Shop is down', labels: ['status', 'shop'] }),
  },
  onAndOff('Pingdom', 'pingdom', (key, place, on) => ({
    check_id: key,
    check_name: 'Shop',
    current_state: on ? 'DOWN' : 'UP',
    state_changed_timestamp: seconds(place),
    long_description: on ? 'HTTP Error 502' : 'OK',
    importance_level: 'HIGH',
  })),
  onAndOff('Datadog', 'datadog', (key, place, on) => ({
    alert_id: key,
    alert_scope: 'host:web1',
    alert_transition: on ? 'Triggered' : 'Recovered',
    title: `[${on ? 'Triggered' : 'Recovered'} on {host:web1}] CPU is high`,
    last_updated: String(millis(place)),
    priority: 'P2',
    tags: 'service:shop,monitor',
  })),
  {
    name: 'Datadog, by cycle',
    source: 'datadog',
    tell: (key) =>
      ['Triggered', 'Warn', 'Re-Triggered', 'No Data', 'Renotify', 'Recovered'].map((word, place) => ({
        alert_cycle_key: key,
        alert_transition: word,
        title: `[${word}] CPU is high`,
        date: millis(place),
        priority: place > 1 ? 'P1' : 'P3',
      })),
  },
  {
    name: 'New Relic',
    source: 'newrelic',
    tell: (key) =>
      ['CREATED', 'ACTIVATED', 'ACKNOWLEDGED', 'ACTIVATED', 'DEACTIVATED', 'CLOSED'].map((state, place) => ({
        id: `n-${key}`,
        title: 'CPU is high',
        priority: place > 2 ? 'CRITICAL' : 'HIGH',
        impactedEntities: ['shop'],
        state,
        createdAt: millis(0),
        updatedAt: millis(place),
        owner: place > 1 ? 'ada@example.com' : 'N/A',
      })),
  },
  onAndOff('CloudWatch', 'cloudwatch', (key, place, on) => ({
    Type: 'Notification',
    MessageId: `${key}-${place}`,
    TopicArn: 'arn:aws:sns:eu-west-1:999988887777:alarms',
    Timestamp: iso(place),
    Message: JSON.stringify({
      AlarmName: 'CPU is high',
      AlarmArn: `arn:aws:cloudwatch:eu-west-1:999988887777:alarm:${key}`,
      NewStateValue: on ? 'ALARM' : 'OK',
      StateChangeTime: iso(place).replace('Z', '+0000'),
    }),
  })),
  {
    name: 'CodeDeploy',
    source: 'codedeploy',
    tell: (key) =>
      ['START', 'READY', 'START', 'READY', 'STOP', 'SUCCESS'].map((state, place) => ({
        source: 'aws.codedeploy',
        'detail-type': 'CodeDeploy Deployment State-change Notification',
        time: iso(place),
        region: 'eu-west-1',
        detail: { deploymentId: `d-${key}`, application: 'shop', deploymentGroup: 'production', state },
      })),
  },
  {
    name: 'Sentry',
    source: 'sentry',
    tell: (key) =>
      ['warning', 'critical', 'warning', 'critical', 'critical', 'resolved'].map((action) => ({
        action,
        data: {
          metric_alert: {
            id: key,
            date_started: iso(0),
            date_closed: action === 'resolved' ? iso(5) : null,
            projects: ['shop'],
            alert_rule: { name: 'Errors in the shop' },
          },
        },
      })),
  },
  {
    name: 'Jira',
    source: 'jira',
    tell: (key) => {
      const done = (place: number) => place === 3 || place === 5
      const moves: object[] = [
        [],
        [{ field: 'assignee', toString: 'Bob' }],
        [{ field: 'priority', toString: 'Highest' }],
        [{ field: 'resolution', toString: 'Done' }],
        [{ field: 'resolution', fromString: 'Done', toString: null }],
        [{ field: 'resolution', toString: 'Done' }],
      ]
      return moves.map((items, place) => ({
        timestamp: millis(place),
        webhookEvent: place === 0 ? 'jira:issue_created' : 'jira:issue_updated',
        user: { displayName: 'Ada' },
        issue: {
          self: 'https://example.atlassian.net/rest/api/2/issue/1',
          key: `OPS-${key}`,
          fields: {
            summary: 'Shop is slow',
            issuetype: { name: '[System] Incident' },
            priority: { name: place > 1 ? 'Highest' : 'Medium' },
            project: { name: 'Shop' },
            status: { statusCategory: { key: done(place) ? 'done' : 'indeterminate' } },
            created: iso(0),
            updated: iso(place),
            resolutiondate: done(place) ? iso(place) : null,
            assignee: place > 0 ? { displayName: 'Bob' } : null,
          },
        },
        changelog: { items },
      }))
    },
  },
  {
    name: 'GitHub',
    source: 'github',
    tell: (key) => issueOfGitHub(key, { title: 'Shop is slow', labels: ['incident', 'sev2'] }),
  },
  {
    name: 'GitHub’s problems',
    source: 'github',
    tell: (key) => issueOfGitHub(key, { title: 'The cache leaks', labels: ['problem'] }),
  },
  {
    name: 'GitHub’s deployments',
    source: 'github',
    tell: (key) =>
      ['', 'queued', 'in_progress', 'success', 'inactive', 'failure'].map((state, place) => ({
        action: 'created',
        ...(state === ''
          ? {}
          : { deployment_status: { state, created_at: iso(place), target_url: `https://ci/${place}` } }),
        deployment: { id: key, ref: 'main', environment: 'production', created_at: iso(0), creator: { login: 'ada' } },
        repository: { name: 'shop', full_name: 'acme/shop', html_url: 'https://github.com/acme/shop' },
      })),
  },
  {
    name: 'GitLab',
    source: 'gitlab',
    tell: (key) =>
      ['open', 'update', 'close', 'reopen', 'update', 'close'].map((action, place) => ({
        object_kind: 'issue',
        user: { username: 'ada' },
        project: { name: 'shop', path_with_namespace: 'acme/shop' },
        object_attributes: {
          iid: key,
          type: 'Incident',
          title: 'Shop is slow',
          action,
          state: action === 'close' ? 'closed' : 'opened',
          severity: place > 3 ? 'CRITICAL' : 'UNKNOWN',
          created_at: iso(0).replace('T', ' ').replace('.000Z', ' UTC'),
          updated_at: iso(place).replace('T', ' ').replace('.000Z', ' UTC'),
        },
        assignees: place > 0 ? [{ username: 'bob' }] : [],
        ...(place === 1 ? { changes: { assignees: {} } } : {}),
      })),
  },
  {
    name: 'GitLab’s deployments',
    source: 'gitlab',
    tell: (key) =>
      ['created', 'running', 'running', 'success', 'success', 'failed'].map((status, place) => ({
        object_kind: 'deployment',
        status,
        status_changed_at: iso(place).replace('T', ' ').replace('.000Z', ' +0000'),
        deployment_id: key,
        environment: 'production',
        project: { id: 1, name: 'shop', path_with_namespace: 'acme/shop' },
      })),
  },
  {
    name: 'ServiceNow',
    source: 'servicenow',
    tell: (key) =>
      ['1', '2', '2', '3', '6', '7'].map((state, place) => ({
        sys_class_name: 'incident',
        number: `INC${key}`,
        short_description: 'Mail does not arrive',
        state,
        priority: place > 2 ? '1 - Critical' : '3 - Moderate',
        assigned_to: place > 1 ? 'Bob' : '',
        opened_at: iso(0).slice(0, 19).replace('T', ' '),
        sys_updated_on: iso(place).slice(0, 19).replace('T', ' '),
        // Filled from the start, as ServiceNow does: only a state that says so may be believed.
        resolved_at: iso(4).slice(0, 19).replace('T', ' '),
        closed_at: iso(5).slice(0, 19).replace('T', ' '),
      })),
  },
  {
    name: 'Argo CD',
    source: 'argocd',
    tell: (key) =>
      [0, 0, 2, 2, 4, 4].map((began) => ({
        app: {
          metadata: { name: `shop-${key}`, namespace: 'argocd' },
          status: {
            operationState: { phase: 'Succeeded', startedAt: iso(began), syncResult: { revision: 'abcdef012345' } },
          },
        },
      })),
  },
  onAndOff('Nagios', 'nagios', notified),
  onAndOff('Icinga', 'icinga', notified),
]

/** On, on again, off, on, off, and off again. */
function onAndOff(name: string, source: string, say: (key: string, place: number, on: boolean) => object): Story {
  return { name, source, tell: (key) => six.map((place) => say(key, place, [0, 1, 3].includes(place))) }
}

function notified(key: string, place: number, on: boolean): object {
  return {
    type: place === 1 ? 'ACKNOWLEDGEMENT' : on ? 'PROBLEM' : 'RECOVERY',
    host: `web${key}`,
    service: 'http',
    state: on ? 'CRITICAL' : 'OK',
    output: on ? `CRITICAL - "it's" <b>down</b>` : 'OK - fine',
    timet: seconds(place),
    author: place === 1 ? 'ada' : '',
  }
}

function issueOfGitHub(key: string, { title, labels }: { title: string; labels: string[] }): object[] {
  return ['opened', 'assigned', 'labeled', 'closed', 'reopened', 'closed'].map((action, place) => ({
    action,
    sender: { login: 'ada' },
    repository: { name: 'shop', full_name: 'acme/shop' },
    issue: {
      number: key,
      title,
      html_url: `https://github.com/acme/shop/issues/${key}`,
      labels: labels.map((name) => ({ name })),
      state: action === 'closed' ? 'closed' : 'open',
      assignee: place > 0 ? { login: 'bob' } : null,
      created_at: iso(0),
      updated_at: iso(place),
      closed_at: place >= 3 ? iso(place === 5 ? 5 : 3) : null,
    },
  }))
}

/** When the first of a story was said. */
export const storyBegan = hoursAgo(3)
