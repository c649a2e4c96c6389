import { hoursAgo } from '../support/morning.ts'
import type { Documented } from './documented.ts'

const at = hoursAgo(2).toISOString()
const ms = hoursAgo(2).getTime()

/** The same of trackers, and of what deploys. */
export const documentedTickets: Documented[] = [
  [
    'an issue that an automation rule of Jira sends',
    'jira',
    {
      self: 'https://j.example.com/rest/api/2/issue/1',
      key: 'OPS-1',
      fields: { summary: 'Mail', issuetype: { name: 'Incident' }, created: at, priority: { name: 'Highest' } },
    },
    'open sev1 incident of ?: Mail',
  ],
  [
    'a bug of the gravest priority in Jira',
    'jira',
    {
      timestamp: ms,
      issue: { key: 'B-1', fields: { summary: 'Leak', issuetype: { name: 'Bug' }, priority: { name: 'Blocker' } } },
    },
    'open sev1 problem of ?: Leak',
  ],
  [
    'a change of Jira Service Management that is done',
    'jira',
    {
      timestamp: ms,
      issue: {
        key: 'C-1',
        fields: {
          summary: 'New disks',
          issuetype: { name: '[System] Change' },
          status: { name: 'Done' },
          resolutiondate: at,
        },
      },
    },
    'change of ?: New disks',
  ],
  [
    'a run of a workflow that deploys',
    'github',
    {
      action: 'completed',
      workflow_run: { id: 1, name: 'Deploy', conclusion: 'success', run_started_at: at, head_branch: 'main' },
      repository: { full_name: 'a/b', name: 'b' },
    },
    'workflow of b: Deploy: main',
  ],
  [
    'a form in which GitHub wraps its JSON',
    'github',
    { payload: JSON.stringify({ zen: 'Keep it simple.', hook_id: 1 }) },
    'not for us',
  ],
  [
    'an incident of GitLab',
    'gitlab',
    {
      object_kind: 'issue',
      project: { path_with_namespace: 'a/b', name: 'b' },
      object_attributes: { iid: 1, type: 'Incident', title: 'Mail', severity: 'HIGH', created_at: at, updated_at: at },
    },
    'open sev2 incident of b: Mail',
  ],
  [
    'a pipeline of GitLab that deploys where no environment is named',
    'gitlab',
    {
      object_kind: 'pipeline',
      object_attributes: { id: 1, status: 'success', stages: ['test', 'deploy'], ref: 'main', created_at: at },
      project: { id: 1, path_with_namespace: 'a/b', name: 'b' },
      commit: { title: 'Fix mail' },
    },
    'pipeline of b: Pipeline of a/b main: Fix mail',
  ],
  [
    'a problem of ServiceNow with display values',
    'servicenow',
    {
      number: { value: 'PRB1', display_value: 'PRB1' },
      short_description: { value: 'Leak', display_value: 'Leak' },
      priority: { value: '2', display_value: '2 - High' },
      state: { value: '102', display_value: 'Assess' },
      assigned_to: { value: '5137153cc611227c000bbd1bd8cd2007', display_value: 'Beth Anglin' },
      opened_at: { value: '2026-11-23 05:00:00', display_value: '23-11-2026 06:00:00' },
    },
    'open sev2 problem of ?: Leak (Beth Anglin)',
  ],
  [
    'a change of ServiceNow that is only planned',
    'servicenow',
    { number: 'CHG1', state: '-2', short_description: 'New disks', start_date: '2026-12-01 05:00:00' },
    'not for us',
  ],
  [
    'a sync of Argo CD that failed',
    'argocd',
    { app: 'shop', phase: 'Failed', startedAt: at, revision: 'abcdef0123' },
    'deployment of shop: Sync shop to abcdef01: Failed',
  ],
]
