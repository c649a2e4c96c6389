import { iso, issueOfGitHub, millis, type Story } from './story.ts'

export const trackers: readonly Story[] = [
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
]
