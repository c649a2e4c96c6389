import { z } from 'zod'
import { authorization } from './by-adapter.ts'
import { fetchLists, type List, page } from './lists.ts'
import type { Puller } from './puller.ts'

const updated = z.array(z.looseObject({ updated_at: z.string() }))

/** GitHub's issues. A pull request is no issue here. */
export const githubIssues: Puller = {
  kind: 'github',
  title: 'GitHub: issues of repositories',
  class: 'manual',
  everyMinutes: 5,
  options: z.strictObject({
    repositories: z
      .array(z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'write owner/name'))
      .min(1)
      .max(8),
  }),
  example: 'repositories: [acme/checkout, acme/search]',

  fetch(asking) {
    const { repositories } = asking.options as { repositories: string[] } // as the schema above gave them
    const headers = { ...authorization(asking.token), accept: 'application/vnd.github+json' }
    const lists = repositories.map(
      (repository): List => ({
        key: repository,
        headers,
        path: (since, place) =>
          `repos/${repository}/issues?${new URLSearchParams({
            state: 'all',
            sort: 'updated',
            direction: 'asc',
            since: since.toISOString(),
            per_page: `${page}`,
            page: `${place + 1}`,
          })}`,
        rows: (json) =>
          rowsIn(json)?.map((issue) => ({
            at: issue.updated_at,
            pushed: issue.pull_request
              ? { action: 'edited', repository: { full_name: repository } }
              : { action: 'edited', issue, repository: { full_name: repository } },
          })),
      }),
    )
    return fetchLists(asking, lists, 'github')
  },
}

/** GitLab's issues and incidents. */
export const gitlabIssues: Puller = {
  kind: 'gitlab',
  title: 'GitLab: issues and incidents of projects',
  class: 'manual',
  everyMinutes: 5,
  options: z.strictObject({
    projects: z
      .array(z.string().regex(/^[\w./-]+$/, 'write group/project'))
      .min(1)
      .max(8),
  }),
  example: 'projects: [acme/checkout]',

  fetch(asking) {
    const { projects } = asking.options as { projects: string[] } // as the schema above gave them
    const headers: Record<string, string> = asking.token === null ? {} : { 'private-token': asking.token }
    const lists = projects.map(
      (project): List => ({
        key: project,
        headers,
        path: (since, place) =>
          `api/v4/projects/${encodeURIComponent(project)}/issues?${new URLSearchParams({
            scope: 'all',
            order_by: 'updated_at',
            sort: 'asc',
            updated_after: since.toISOString(),
            per_page: `${page}`,
            page: `${place + 1}`,
          })}`,
        rows: (json) => rowsIn(json)?.map((issue) => ({ at: issue.updated_at, pushed: asHook(issue, project) })),
      }),
    )
    return fetchLists(asking, lists, 'gitlab')
  },
}

function asHook({ labels, assignees, ...issue }: Record<string, unknown>, project: string) {
  return {
    object_kind: 'issue',
    object_attributes: { ...issue, url: issue.web_url, type: issue.issue_type, state: issue.state },
    labels: Array.isArray(labels) ? labels.map((title) => ({ title })) : [],
    assignees,
    project: { path_with_namespace: project, name: project.split('/').at(-1) },
  }
}

function rowsIn(json: unknown) {
  const parsed = updated.safeParse(json)
  return parsed.success ? parsed.data : undefined
}
