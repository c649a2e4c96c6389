import { z } from 'zod'
import { authorization } from './by-adapter.ts'
import { fetchLists, type List, page } from './lists.ts'
import type { Puller } from './puller.ts'

/** Jira, in the cloud or one's own. Its search takes local times of whoever asks, so it is asked by minutes ago. */
export const jiraIssues: Puller = {
  kind: 'jira',
  title: 'Jira: issues that a query finds',
  class: 'manual',
  everyMinutes: 5,
  options: z.strictObject({ jql: z.string().min(1).max(2_000), cloud: z.boolean().optional().default(true) }),
  example: 'jql: project = OPS\ncloud: true',

  fetch(asking) {
    const { jql, cloud } = asking.options as { jql: string; cloud: boolean } // as the schema above gave them
    const list: List = {
      key: jql,
      headers: authorization(asking.token),
      path: (since, place, before) => {
        const minutes = Math.ceil((asking.now.getTime() - since.getTime()) / 60_000)
        const words = new URLSearchParams({
          jql: `(${jql}) AND updated >= -${minutes}m ORDER BY updated ASC`,
          maxResults: `${page}`,
          fields: jiraFields,
        })
        const next = cloud && jiraPage.safeParse(before).data?.nextPageToken
        if (next) words.set('nextPageToken', next)
        if (!cloud) words.set('startAt', `${place * page}`)
        return `rest/api/${cloud ? '3/search/jql' : '2/search'}?${words}`
      },
      rows: (json) => {
        const parsed = jiraPage.safeParse(json)
        return parsed.success
          ? parsed.data.issues.map((issue) => ({
              at: instantOf(issue.fields.updated).toISOString(),
              pushed: {
                webhookEvent: 'jira:issue_updated',
                timestamp: instantOf(issue.fields.updated).getTime(),
                issue,
              },
            }))
          : undefined
      },
    }
    return fetchLists(asking, [list], 'jira')
  },
}

const jiraFields =
  'summary,status,priority,assignee,created,updated,resolutiondate,labels,components,issuetype,project,issuelinks,reporter,description'
const jiraPage = z.looseObject({
  nextPageToken: z.string().nullish(),
  issues: z.array(z.looseObject({ key: z.string(), fields: z.looseObject({ updated: z.string() }) })),
})

// Jira writes +0100 without a colon.
function instantOf(text: string): Date {
  return new Date(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
}
