import { githubIssues, gitlabIssues } from './issues.ts'
import { jiraIssues } from './jira.ts'
import { pagerdutyRest } from './pagerduty.ts'
import { prometheus } from './prometheus.ts'
import type { Puller } from './puller.ts'
import { servicenowTables } from './servicenow.ts'
import { statuspageSummary } from './statuspage.ts'

/** Every tool that can be asked. */
export const pullers: readonly Puller[] = [
  prometheus,
  statuspageSummary,
  pagerdutyRest,
  servicenowTables,
  githubIssues,
  gitlabIssues,
  jiraIssues,
]

export function pullerNamed(kind: string): Puller | undefined {
  return pullers.find((puller) => puller.kind === kind)
}
