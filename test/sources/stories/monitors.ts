import { iso, issueOfGitHub, millis, onAndOff, type Story, seconds, six } from './story.ts'

export const monitors: readonly Story[] = [
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
  onAndOff('Nagios', 'nagios', notified),
  onAndOff('Icinga', 'icinga', notified),
]

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
