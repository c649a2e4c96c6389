import { hoursAgo } from '../support/morning.ts'

const at = hoursAgo(2).toISOString()
const ms = hoursAgo(2).getTime()

export type Documented = [what: string, source: string, body: object, ...becomes: string[]]

/** Shapes that the tools document and that differ from what they usually send. */
export const documented: Documented[] = [
  [
    'PagerDuty’s second generation',
    'pagerduty',
    {
      messages: [
        {
          event: 'incident.resolve',
          created_on: at,
          incident: { id: 'P1', title: 'Disk', urgency: 'low', service: { name: 'db' }, created_at: at },
        },
      ],
    },
    'resolved sev4 incident of db: Disk',
  ],
  [
    'PagerDuty’s first generation',
    'pagerduty',
    {
      messages: [
        {
          type: 'incident.trigger',
          created_on: at,
          data: {
            incident: {
              id: 'P1',
              created_on: at,
              service: { name: 'db' },
              trigger_summary_data: { subject: 'Disk' },
              assigned_to_user: { email: 'ada@example.com' },
            },
          },
        },
      ],
    },
    'open ? incident of db: Disk (ada@example.com)',
  ],
  [
    'a workflow of PagerDuty',
    'pagerduty',
    {
      event: { event_type: 'incident.workflow.completed', occurred_at: at, data: { id: 'W', incident: { id: 'P1' } } },
    },
    'not for us',
  ],
  [
    'a test of PagerDuty’s',
    'pagerduty',
    { event: { event_type: 'pagey.ping', occurred_at: at, data: {} } },
    'not for us',
  ],
  [
    'tags of Opsgenie',
    'opsgenie',
    { action: 'AddTags', alert: { alertId: 'o', message: 'm', updatedAt: ms * 1e6 } },
    'not for us',
  ],
  [
    'an alert that was deleted in Opsgenie',
    'opsgenie',
    { action: 'Delete', alert: { alertId: 'o', message: 'Queue', createdAt: ms, updatedAt: ms * 1e6, priority: 'P2' } },
    'resolved sev2 incident of ?: Queue',
  ],
  [
    'an escalation of Opsgenie, which names the alert and nothing else',
    'opsgenie',
    { action: 'Escalate', alert: { alertId: 'o' }, escalationName: 'e' },
    'not for us',
  ],
  [
    'a dashboard alert of Grafana without data',
    'grafana',
    {
      ruleId: 3,
      ruleName: 'Sales',
      state: 'no_data',
      evalMatches: [],
      ruleUrl: 'http://g/d/1',
      tags: { severity: 'high' },
    },
    'open sev2 incident of ?: Sales',
  ],
  [
    'a paused alert of Grafana',
    'grafana',
    { ruleId: 3, ruleName: 'Sales', state: 'paused', evalMatches: [] },
    'not for us',
  ],
  [
    'Grafana’s own alert about a query that failed',
    'grafana',
    {
      version: '1',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'DatasourceError', rulename: 'Sales', 'service.name': 'shop' },
          startsAt: at,
          endsAt: '0001-01-01T00:00:00Z',
        },
      ],
    },
    'open ? incident of ?: Sales: DatasourceError',
  ],
  [
    'planned maintenance of a Statuspage',
    'statuspage',
    {
      page: {},
      incident: { id: 'm', name: 'New disks', status: 'scheduled', impact: 'maintenance', scheduled_for: at },
    },
    'maintenance of ?: New disks',
  ],
  [
    'a component under maintenance',
    'statuspage',
    { component: { id: 'c', name: 'API' }, component_update: { new_status: 'under_maintenance', created_at: at } },
    'not for us',
  ],
  [
    'a recovery of Zabbix under a link of its own',
    'zabbix',
    { hostname: 'db1', status: 'OK', trigger: 'Disk', link: 'https://z/tr_events.php?triggerid=1&eventid=9' },
    'resolved ? incident of db1: Disk',
  ],
  [
    'a problem of Zabbix with macros that nobody filled',
    'zabbix',
    { event_id: '7', status: 'PROBLEM', event_name: 'Disk', host: 'db1', event_recovery_date: '{EVENT.RECOVERY.DATE}' },
    'open ? incident of db1: Disk',
  ],
  [
    'a certificate that UptimeRobot sees run out',
    'uptimerobot',
    { monitorFriendlyName: 'Shop', monitorID: '1', alertType: '3', sslExpiryDate: '1798761600' },
    'forecast of Shop: The certificate of Shop runs out by 2027-01-01',
  ],
  [
    'an end of UptimeRobot that says how long it was',
    'uptimerobot',
    { monitorID: '1', monitorFriendlyName: 'Shop', alertType: '2', alertDateTime: ms / 1000, alertDuration: '600' },
    'resolved ? incident of Shop: Shop is down',
  ],
  ['a test of Uptime Kuma’s', 'uptime-kuma', { heartbeat: null, monitor: null, msg: 'Testing' }, 'not for us'],
  [
    'a monitor of Uptime Kuma under maintenance',
    'uptime-kuma',
    {
      heartbeat: { status: 3, monitorID: 1, time: '2026-11-23 06:00:00.000' },
      monitor: { id: 1, name: 'Shop' },
      msg: '',
    },
    'not for us',
  ],
  [
    'a message of Upptime',
    'upptime',
    {
      data: {
        message: '🟨 Shop EU (https://shop.example.com) has **degraded performance**: https://github.com/a/b/issues/4',
      },
    },
    'open sev3 incident of Shop EU: Shop EU is down',
  ],
  [
    'a message of Upptime’s that it is over',
    'upptime',
    { data: { message: '🟩 Shop EU is back up.' } },
    'resolved ? incident of Shop EU: Shop EU is down',
  ],
  [
    'a transaction check of Pingdom',
    'pingdom',
    { check_id: 5, check_name: 'Buy', current_state: 'FAILING', state_changed_timestamp: ms / 1000 },
    'open ? incident of Buy: Buy is down',
  ],
  [
    'Datadog’s default payload',
    'datadog',
    {
      id: '1',
      title: '[P1] [Triggered on {host:web1}] CPU is high',
      last_updated: String(ms),
      event_type: 'metric_alert_monitor',
    },
    'open sev1 incident of ?: CPU is high',
  ],
  [
    'an event of Datadog’s that is no monitor’s',
    'datadog',
    { id: '1', title: 'Deployed', event_type: 'event' },
    'not for us',
  ],
  [
    'New Relic’s alert channels',
    'newrelic',
    {
      incident_id: 12,
      current_state: 'open',
      condition_name: 'Down',
      severity: 'WARNING',
      timestamp: ms,
      targets: [{ name: 'shop' }],
    },
    'open sev3 incident of shop: Down',
  ],
  [
    'an alarm over EventBridge that is over',
    'cloudwatch',
    {
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      region: 'eu-west-1',
      detail: {
        alarmName: 'CPU',
        state: { value: 'OK', timestamp: at },
        previousState: { value: 'ALARM', timestamp: hoursAgo(3).toISOString() },
      },
    },
    'resolved ? incident of ?: CPU',
  ],
  [
    'an alarm that lacks figures',
    'cloudwatch',
    { AlarmName: 'CPU', NewStateValue: 'INSUFFICIENT_DATA', StateChangeTime: at },
    'not for us',
  ],
  [
    'a deployment over SNS',
    'codedeploy',
    {
      Type: 'Notification',
      MessageId: 'm',
      Timestamp: at,
      Message: JSON.stringify({
        deploymentId: 'd-1',
        applicationName: 'shop',
        deploymentGroupName: 'eu',
        createTime: 'Mon Nov 23 05:30:00 UTC 2026',
        status: 'SUCCEEDED',
      }),
    },
    'deployment of shop: Deploy shop to eu',
  ],
  [
    'an event of an issue alert of Sentry',
    'sentry',
    { action: 'triggered', data: { event: { issue_id: '9', title: 'TypeError', level: 'fatal', datetime: at } } },
    'open sev2 incident of ?: TypeError',
  ],
  ['an installation of Sentry', 'sentry', { action: 'created', data: { installation: {} } }, 'not for us'],
  [
    'a downtime of Nagios',
    'nagios',
    { type: 'DOWNTIMESTART', host: 'web1', state: 'OK', timet: ms / 1000 },
    'not for us',
  ],
]
