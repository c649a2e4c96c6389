import { hoursAgo, minutesAgo } from '../support/morning.ts'
import type { Documented } from './documented.ts'

const iso = (minutes: number) => minutesAgo(minutes).toISOString()
const ms = (minutes: number) => minutesAgo(minutes).getTime()
const form = (fields: Record<string, string>) => new URLSearchParams(fields)

const page = (event_type: string, minutes: number, more: object = {}) => ({
  event: {
    event_type,
    occurred_at: iso(minutes),
    agent: null,
    data: { id: 'Q1', title: 'Checkout', urgency: 'high', created_at: iso(100), assignees: null, teams: null, ...more },
  },
})
const alarm = (action: string, minutes: number, more: object = {}) => ({
  action,
  alert: { alertId: 'o', message: 'Queue', createdAt: ms(100), updatedAt: ms(minutes) * 1e6, ...more },
})
const issue = (key: string, status: object, minutes: number, more: object = {}) => ({
  timestamp: ms(minutes),
  webhookEvent: 'jira:issue_updated',
  ...more,
  issue: { key, fields: { summary: 'Mail', issuetype: { name: 'Incident' }, status, created: iso(100) } },
})
const done = { name: 'Fertig', statusCategory: { key: 'done' } }
const open = { name: 'Offen', statusCategory: { key: 'new' } }
const repository = { name: 'shop', full_name: 'acme/shop', html_url: 'https://github.com/acme/shop' }
const deployed = (state: string, more: object = {}) => ({
  deployment_status: { state },
  deployment: { id: 5, ref: 'main', environment: 'production', created_at: iso(60), ...more },
  repository,
})
const synced = (status: string, more: object = {}) => ({
  object_kind: 'deployment',
  status,
  status_changed_at: iso(60),
  deployment_id: 15,
  environment: 'production',
  project: { id: 1, name: 'shop', path_with_namespace: 'acme/shop' },
  ...more,
})
const shipped = (status: string) => ({ deploymentId: 'd-1', applicationName: 'shop', createTime: iso(60), status })

/** What tools tell one after the other, in forms, or only to try whether they are heard. */
export const documentedLives: Documented[] = [
  [
    'an incident of PagerDuty that was merged into another',
    'pagerduty',
    [
      page('incident.triggered', 90),
      page('incident.resolved', 80, {
        status: 'resolved',
        resolve_reason: { type: 'merge_resolve_reason', incident: { id: 'Q0', summary: '[#1] Whole' } },
      }),
    ],
    'resolved sev2 incident of ?: Checkout',
  ],
  [
    'an incident of PagerDuty that was reopened',
    'pagerduty',
    [page('incident.resolved', 80), page('incident.reopened', 70, { priority: { summary: 'P1' } })],
    'open sev1 incident of ?: Checkout',
  ],
  [
    'an alert of Opsgenie that was handed on and closed',
    'opsgenie',
    [alarm('Create', 100), alarm('AssignOwnership', 90, { owner: 'ada@example.com' }), alarm('Close', 80)],
    'resolved ? incident of ?: Queue (ada@example.com)',
  ],
  [
    'the button that tries a contact point of Grafana',
    'grafana',
    { alerts: [{ status: 'firing', labels: { alertname: 'TestAlert', instance: 'Grafana' }, startsAt: iso(1) }] },
    'not for us',
  ],
  [
    'the button that tries a channel of an older Grafana',
    'grafana',
    { ruleId: 0, ruleName: 'Test notification', state: 'alerting', evalMatches: [] },
    'not for us',
  ],
  [
    'a postmortem that a Statuspage publishes later',
    'statuspage',
    {
      page: {},
      incident: {
        id: 's',
        name: 'API',
        impact: 'minor',
        status: 'postmortem',
        created_at: iso(90),
        resolved_at: iso(60),
        incident_updates: [{ status: 'postmortem', body: 'What we learned', created_at: iso(5) }],
      },
    },
    'resolved sev3 incident of ?: API',
  ],
  [
    'a form of New Relic about a deployment',
    'newrelic',
    form({ deployment: JSON.stringify({ created_at: iso(9), application_name: 'shop', description: 'New cart' }) }),
    'deployment of shop: New cart',
  ],
  [
    'an issue of New Relic that is named in its address only',
    'newrelic',
    {
      issueUrl: 'https://radar.example.com/accounts/1/issues/0ea2-df1c',
      title: 'Slow',
      state: 'CREATED',
      createdAt: ms(9),
    },
    'open ? incident of ?: Slow',
  ],
  [
    'the test of a channel of New Relic',
    'newrelic',
    { incident_id: 0, current_state: 'open', condition_name: 'Test condition', severity: 'INFO', timestamp: ms(9) },
    'not for us',
  ],
  [
    'a form of UptimeRobot',
    'uptimerobot',
    form({ monitorID: '7', monitorFriendlyName: 'Käse & Co', alertType: '1', alertDateTime: String(ms(9) / 1000) }),
    'open ? incident of Käse & Co: Käse & Co is down',
  ],
  [
    'a monitor of Datadog whose status is a sentence',
    'datadog',
    { title: '[Recovered] CPU', alert_status: 'cpu over host:a was < 1', last_updated: ms(9), alert_cycle_key: 'c' },
    'resolved ? incident of ?: CPU',
  ],
  [
    'a monitor of Datadog in words of one’s own, of which only the type says how it stands',
    'datadog',
    { alert_title: 'CPU', alert_id: 7, alert_type: 'warning', date_posix: ms(9) / 1000, tags: 'service:shop' },
    'open sev3 incident of shop: CPU',
  ],
  [
    'an alarm over EventBridge that names its service',
    'cloudwatch',
    {
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      region: 'eu-west-1',
      detail: {
        alarmName: 'CPU',
        state: { value: 'ALARM', timestamp: iso(9) },
        configuration: {
          metrics: [{ metricStat: { metric: { dimensions: { ClusterName: 'main', ServiceName: 'shop' } } } }],
        },
      },
    },
    'open ? incident of shop: CPU',
  ],
  [
    'a comment in Sentry',
    'sentry',
    [
      { action: 'created', data: { issue: { id: '9', title: 'TypeError', level: 'error', firstSeen: iso(60) } } },
      { action: 'created', data: { comment_id: 1, issue_id: '9', comment: 'It was me', timestamp: iso(50) } },
    ],
    'open sev3 incident of ?: TypeError',
  ],
  [
    'an issue of Jira that is open again, in words nobody here knows',
    'jira',
    [issue('I-1', done, 80), issue('I-1', open, 70)],
    'open ? incident of ?: Mail',
  ],
  [
    'a comment that an own server of Jira tells as a change, of an issue that is over',
    'jira',
    [
      issue('I-1', done, 80),
      issue('I-1', done, 70, {
        issue_event_type_name: 'issue_commented',
        comment: { body: 'Thanks', created: iso(70) },
      }),
    ],
    'resolved ? incident of ?: Mail',
  ],
  [
    'a comment on what somebody proposes at GitHub',
    'github',
    {
      action: 'created',
      issue: { number: 8, title: 'Mend', labels: [{ name: 'incident' }], pull_request: {}, state: 'open' },
      comment: { body: 'Fine', created_at: iso(9) },
      repository,
    },
    'not for us',
  ],
  [
    'a deployment of GitHub that failed',
    'github',
    [deployed('in_progress'), deployed('failure')],
    'deployment of shop: Deploy acme/shop main to production: failed',
  ],
  ['a deployment of GitHub that still waits', 'github', deployed('waiting'), 'not for us'],
  ['a preview at GitHub', 'github', deployed('success', { transient_environment: true }), 'not for us'],
  [
    'a workflow of GitHub that deploys a preview',
    'github',
    {
      action: 'completed',
      workflow_run: { id: 1, name: 'Deploy', event: 'pull_request', conclusion: 'success', run_started_at: iso(9) },
      repository,
    },
    'not for us',
  ],
  [
    'a deployment of GitLab that failed',
    'gitlab',
    [synced('running'), synced('failed')],
    'deployment of shop: Deploy acme/shop to production: failed',
  ],
  ['a preview at GitLab', 'gitlab', synced('success', { environment: 'review/cart' }), 'not for us'],
  [
    'an incident of GitLab that is over before its issue is closed',
    'gitlab',
    {
      object_kind: 'issue',
      project: { path_with_namespace: 'acme/shop', name: 'shop' },
      object_attributes: {
        iid: 1,
        type: 'Incident',
        title: 'Mail',
        state: 'opened',
        escalation_status: 'resolved',
        created_at: hoursAgo(3).toISOString(),
        updated_at: iso(9),
      },
    },
    'resolved ? incident of shop: Mail',
  ],
  [
    'a deployment of CodeDeploy that failed',
    'codedeploy',
    [shipped('CREATED'), shipped('FAILED')],
    'deployment of shop: Deploy shop: failed',
  ],
  [
    'an incident of ServiceNow that somebody has put on hold',
    'servicenow',
    {
      number: 'INC7',
      short_description: 'Mail',
      state: '3',
      priority: '4 - Low',
      opened_at: iso(90),
      sys_updated_on: iso(9),
    },
    'open sev4 incident of ?: Mail',
  ],
]
