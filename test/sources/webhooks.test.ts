import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { send } from './an-alert.ts'
import { takeAllBack, toldBy } from './told-by.ts'

const folder = '../shared/data/webhooks'
const present = existsSync(folder)

/** Each file of the folder, to which source it is sent, and what it becomes. */
const became: Record<string, [source: string, ...becomes: string[]]> = {
  'aws/cloudwatch-alarm-sns-payload-single-metric.json': ['cloudwatch', 'open ? incident of TestInstance: EXAMPLE'],
  'aws/codedeploy-deployment-event.json': [
    'cloudwatch',
    'deployment of myApplication: Deploy myApplication to myDeploymentGroup',
  ],
  'aws/sns-event.json': ['cloudwatch', 'not for us'],
  'github/octokit__deployment__payload.json': [
    'github',
    'deployment of Hello-World: Deploy Codertocat/Hello-World master to production (Codertocat)',
  ],
  'github/octokit__deployment_status__payload.json': [
    'github',
    'deployment of Hello-World: Deploy Codertocat/Hello-World master to production (Codertocat)',
  ],
  'github/octokit__issues__assigned.payload.json': ['github', 'not for us'],
  'github/octokit__issues__labeled.payload.json': ['github', 'not for us'],
  'github/octokit__issues__opened.payload.json': ['github', 'not for us'],
  'github/octokit__issues__reopened.payload.json': ['github', 'not for us'],
  'github/octokit__release__published.payload.json': [
    'github',
    'release of Hello-World: Release Codertocat/Hello-World 0.0.1 (Codertocat)',
  ],
  'github/octokit__workflow_run__completed.payload.json': ['github', 'not for us'],
  'gitlab/gp__deployment-event.json': [
    'gitlab',
    'deployment of test-deployment-webhooks: Deploy root/test-deployment-webhooks 279484c0 to staging: Add new file (root)',
  ],
  'gitlab/gp__issue-event.json': ['gitlab', 'not for us'],
  'gitlab/zulip__issue_hook__issue_closed.json': ['gitlab', 'not for us'],
  'gitlab/zulip__issue_hook__issue_reopened.json': ['gitlab', 'not for us'],
  'grafana/zulip__alert_multiple_v8.json': [
    'grafana',
    'open ? incident of ?: This alert was triggered for zone us-1',
    'open ? incident of ?: This alert was triggered for zone eu-1',
  ],
  'grafana/zulip__alert_values_v11.json': ['grafana', 'open ? incident of ?: High memory usage'],
  'jira/mm__webhook-cloud-issue-created-many-fields.json': ['jira', 'not for us'],
  'jira/mm__webhook-issue-created.json': ['jira', 'not for us'],
  'jira/mm__webhook-issue-updated-assigned-nobody.json': ['jira', 'not for us'],
  'jira/mm__webhook-issue-updated-assigned.json': ['jira', 'not for us'],
  'jira/mm__webhook-issue-updated-raised-priority.json': ['jira', 'not for us'],
  'jira/mm__webhook-issue-updated-reopened.json': ['jira', 'not for us'],
  'jira/mm__webhook-issue-updated-resolved.json': ['jira', 'not for us'],
  'jira/mm__webhook-server-issue-updated-closed.json': ['jira', 'not for us'],
  'newrelic/zulip__incident_activated_new_default_payload.json': [
    'newrelic',
    "open sev1 incident of zulip_app: zulip_app query result is > 1.0 for 1 minutes on 'Zulip Server Low Storage'",
  ],
  'newrelic/zulip__incident_closed_default_payload.json': [
    'newrelic',
    "resolved sev1 incident of main_app-UBUNTU: main_app-UBUNTU query result is > 2.0 for 1 minutes on 'High CPU'",
  ],
  'opsgenie/zulip__acknowledge.json': ['opsgenie', 'open ? incident of ?: test alert'],
  'opsgenie/zulip__addnote.json': ['opsgenie', 'open ? incident of ?: test alert'],
  'opsgenie/zulip__close.json': ['opsgenie', 'resolved ? incident of ?: test alert'],
  'opsgenie/zulip__create.json': ['opsgenie', 'open sev3 incident of Server: another alert'],
  'pagerduty/signature-vector.body.json': [
    'pagerduty',
    'open sev1 incident of API Service: A little bump in the road (User 123)',
  ],
  'pagerduty/signature-vector.json': [
    'pagerduty',
    'refused: event.event_type: is missing; send what a v3 webhook subscription of PagerDuty posts',
  ],
  'pagerduty/vendor__04_incident.json': [
    'pagerduty',
    'open sev1 incident of API Service: A little bump in the road (User 123)',
  ],
  'pagerduty/vendor__07_incident_note.json': [
    'pagerduty',
    'note on pagerduty:PGR0VU2: I sure am glad we are using PagerDuty!',
  ],
  'pagerduty/vendor__09_incident_status_update.json': [
    'pagerduty',
    'note on pagerduty:PGR0VU2: A fix for this incident is being developed',
  ],
  'pagerduty/vendor__13_service.json': ['pagerduty', 'not for us'],
  'pagerduty/zulip__acknowledged_v3.json': ['pagerduty', 'open sev2 incident of pig208: Test Incident (PIG 208)'],
  'pagerduty/zulip__resolved_v3.json': ['pagerduty', 'resolved sev2 incident of pig208: Test Incident'],
  'pagerduty/zulip__triggered_v3.json': ['pagerduty', 'open sev2 incident of pig208: Test Incident 3 (PIG 208)'],
  'pagerduty/zulip__unsupported_v3.json': ['pagerduty', 'not for us'],
  'pingdom/zulip__http_up_to_down.json': ['pingdom', 'open ? incident of Test check: Test check is down'],
  'sentry/zulip__issue_created_for_exception.json': [
    'sentry',
    'open sev3 incident of zulip-integration-testing: Exception: Custom exception!',
  ],
  'sentry/zulip__issue_resolved.json': [
    'sentry',
    'resolved sev3 incident of zulip-integration-testing: Exception: program has entered an invalid state.',
  ],
  'servicenow/table-api-incident.json': ['servicenow', 'closed sev3 incident of ?: Unable to connect to email'],
  'statuspage/zulip__incident_created.json': [
    'statuspage',
    'open sev4 incident of Management Portal (example): Database query delays',
  ],
  'statuspage/zulip__incident_update.json': [
    'statuspage',
    'resolved sev4 incident of Management Portal (example): Database query delays',
  ],
  'uptimerobot/zulip__uptimerobot_monitor_down.json': [
    'uptimerobot',
    'open ? incident of Web Server: Web Server is down',
  ],
  'uptimerobot/zulip__uptimerobot_monitor_up.json': [
    'uptimerobot',
    'resolved ? incident of Mail Server: Mail Server is down',
  ],
  'zabbix/zulip__zabbix_alert.json': [
    'zabbix',
    'open sev3 incident of www.example.com: Zabbix agent on www.example.com is unreachable for 5 minutes',
  ],
}

/** The same tickets from a source that is called after what it sends: then each of them is an incident. */
const asIncidents: typeof became = {
  'github/octokit__issues__assigned.payload.json': [
    'github-incidents',
    'open ? incident of Hello-World: Spelling error in the README file (Codertocat)',
  ],
  'github/octokit__issues__labeled.payload.json': [
    'github-incidents',
    'open ? incident of Hello-World: Spelling error in the README file (Codertocat)',
  ],
  'github/octokit__issues__opened.payload.json': [
    'github-incidents',
    'open ? incident of Hello-World: Spelling error in the README file (Codertocat)',
  ],
  'github/octokit__issues__reopened.payload.json': [
    'github-incidents',
    'open ? incident of Hello-World: Spelling error in the README file (Codertocat)',
  ],
  'gitlab/gp__issue-event.json': [
    'gitlab-incidents',
    'open ? incident of Gitlab Test: New API: create/update/delete file (user1)',
  ],
  'gitlab/zulip__issue_hook__issue_closed.json': [
    'gitlab-incidents',
    'resolved ? incident of my-awesome-project: Issue title_new (tomaszkolek0)',
  ],
  'gitlab/zulip__issue_hook__issue_reopened.json': [
    'gitlab-incidents',
    'open ? incident of my-awesome-project: Issue title_new (tomaszkolek0)',
  ],
  'jira/mm__webhook-cloud-issue-created-many-fields.json': [
    'jira-incidents',
    'open sev3 incident of Koch Testing: Lots of fields selected (user@example.com)',
  ],
  'jira/mm__webhook-issue-created.json': ['jira-incidents', 'open sev2 incident of COMP-1: Unit test summary'],
  'jira/mm__webhook-issue-updated-assigned-nobody.json': [
    'jira-incidents',
    'open sev2 incident of COMP-1: Unit test summary 1',
  ],
  'jira/mm__webhook-issue-updated-assigned.json': [
    'jira-incidents',
    'open sev2 incident of COMP-1: Unit test summary 1 (some-instance-test@gmail.com)',
  ],
  'jira/mm__webhook-issue-updated-raised-priority.json': [
    'jira-incidents',
    'open sev2 incident of COMP-1: Unit test summary 1',
  ],
  'jira/mm__webhook-issue-updated-reopened.json': [
    'jira-incidents',
    'open sev2 incident of COMP-1: Unit test summary 1',
  ],
  'jira/mm__webhook-issue-updated-resolved.json': [
    'jira-incidents',
    'resolved sev2 incident of COMP-1: Unit test summary 1',
  ],
  'jira/mm__webhook-server-issue-updated-closed.json': [
    'jira-incidents',
    'resolved sev3 incident of Mattermost TEST: Unit test summary 1 (test@example.com)',
  ],
}

test.runIf(present)('the table names every file of the folder', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))

  expect(Object.keys(became).toSorted()).toEqual(files.toSorted())
})

test.runIf(present)('each of them becomes what the table says', async () => {
  const { db } = await openTestRecord()

  for (const [file, [source, ...becomes]] of [...Object.entries(became), ...Object.entries(asIncidents)]) {
    await send(db, readFileSync(`${folder}/${file}`), { source })
    await ingestWaiting(db, morning)

    expect.soft(await toldBy(db), `${file} to ${source}`).toEqual(becomes)
    await takeAllBack(db)
  }
})
