import type { Fact } from '../record/fact.ts'
import { type Issue, issueOf } from './github-issues.ts'
import { asSaid, type Said, saidIn, saidWithin, webAddress } from './said.ts'
import type { Delivery, Source } from './source.ts'
import { changeTold, happened } from './tellings.ts'
import { scoped, type TicketKind, ticketKind } from './ticket-rule.ts'
import { ticketFacts } from './tickets.ts'

const mend = 'choose application/json as the content type of the webhook'
// At least one of them is in whatever GitHub sends.
const named = ['repository', 'sender', 'organization', 'installation', 'zen', 'action']
const deploying = /deploy|release|publish|rollout|roll-out|ship|promote/i

/**
 * GitHub. Issues are incidents or problems by the rule of ticket-rule.ts; deployments, published releases, and runs of
 * workflows that deploy or release by their name are changes. Everything else is not for us.
 */
export const github: Source = {
  adapter: 'github',
  title: 'GitHub',
  class: 'manual',
  proofs: ['github', 'address'],

  read(delivery) {
    const said = inForm(saidIn(delivery, mend))
    if (said.has('deployment') && said.has('deployment.created_at')) return deploymentFacts(said)
    if (said.has('release')) return releaseFacts(said)
    if (said.has('workflow_run') && said.has('workflow_run.conclusion')) return runFacts(said)
    if (said.has('issue')) return said.has('comment') ? commentFacts(said, delivery) : issueFacts(said, delivery)
    if (!named.some((name) => said.has(name))) said.need(mend, 'repository.full_name')
    return []
  },
}

// The other content type wraps the same JSON into a form.
function inForm(said: Said): Said {
  const wrapped = said.at('payload')
  if (typeof wrapped === 'object' && wrapped !== null && !named.some((name) => said.has(name))) return asSaid(wrapped)
  return saidWithin(said.text('payload')) ?? said
}

function kindOf({ type, labels }: Issue, source: string): TicketKind | null {
  return ticketKind({ source, names: [type, ...labels], severity: severityIn(labels) })
}

function issueFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  const issue = issueOf(said, receivedAt)
  const kind = issue && kindOf(issue, source)
  if (!issue || !kind) return []

  const { repository, number, labels, owner, at, createdAt, title, isOpen, life, url } = issue
  return ticketFacts({
    kind,
    id: `github:${repository}#${number}`,
    at,
    createdAt,
    title,
    told: {
      service: scoped(labels, 'service', 'component', 'app') ?? repository.split('/').at(-1),
      site: scoped(labels, 'site', 'datacenter', 'region'),
      team: scoped(labels, 'team'),
      url,
    },
    severity: severityIn(labels),
    owner,
    says: [said.text('issue.body')],
    isOpen,
    life,
  })
}

function severityIn(labels: readonly string[]): string | undefined {
  return (
    scoped(labels, 'severity', 'sev', 'priority', 'prio') ?? labels.find((label) => /^(sev|p)[-_ ]?\d$/i.test(label))
  )
}

function commentFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  const issue = issueOf(said, receivedAt)
  const kind = issue && kindOf(issue, source)
  if (!issue || !kind || said.text('action') !== 'created' || said.has('issue.pull_request')) return []

  const id = `github:${issue.repository}#${issue.number}`
  const at = said.instant('comment.created_at') ?? receivedAt
  const [value, by] = [said.text('comment.body'), said.text('comment.user.login')]
  if (kind === 'incident') return happened(id, 'note', at, { value, by })
  return kind === 'problem' && value
    ? [{ kind: 'problem-event', problemId: id, event: 'note', at, value, ...(by ? { by } : {}) }]
    : []
}

// Asked for, not yet begun; it says nothing that the deployment itself does not say.
const waiting = ['pending', 'queued', 'waiting']
const failed = ['failure', 'error']

// A deployment is told with each of its states: its change is when it was made.
function deploymentFacts(said: Said): Fact[] {
  const at = said.instant('deployment.created_at')
  const repository = said.text('repository.full_name') ?? ''
  const state = said.text('deployment_status.state')
  const isAsked = state !== undefined && waiting.includes(state)
  // A preview of what somebody proposes changes nothing that runs.
  if (!at || isAsked || said.at('deployment.transient_environment') === true) return []

  const environment = said.text('deployment.original_environment', 'deployment.environment') ?? 'an environment'
  const ref = said.text('deployment.ref') ?? said.text('deployment.sha')?.slice(0, 8) ?? 'a revision'
  const page = webAddress(said.text('repository.html_url'))
  return [
    changeTold({
      id: `github:deployment ${said.need(mend, 'deployment.id')}`,
      at,
      what: `${said.text('deployment.description') ?? `Deploy ${repository} ${ref}`} to ${environment}${state && failed.includes(state) ? ': failed' : ''}`,
      service: said.text('repository.name'),
      who: said.text('deployment.creator.login'),
      url: page && said.text('deployment.sha') ? `${page}/commit/${said.text('deployment.sha')}` : page,
      type: 'deployment',
    }),
  ]
}

function releaseFacts(said: Said): Fact[] {
  const at = said.instant('release.published_at')
  const action = said.text('action')
  if (!at || (action !== 'published' && action !== 'released')) return []

  const name = said.text('release.name', 'release.tag_name') ?? 'a version'
  return [
    changeTold({
      id: `github:release ${said.need(mend, 'release.id')}`,
      at,
      what: `Release ${said.text('repository.full_name') ?? ''} ${name}`,
      service: said.text('repository.name'),
      who: said.text('release.author.login'),
      url: webAddress(said.text('release.html_url')),
      type: 'release',
    }),
  ]
}

function runFacts(said: Said): Fact[] {
  const run = 'workflow_run'
  const at = said.instant(`${run}.run_started_at`, `${run}.created_at`)
  const names = [said.text(`${run}.name`), said.text('workflow.name'), said.text(`${run}.path`)?.split('/').at(-1)]
  const isDone = said.text('action') === 'completed' && said.text(`${run}.conclusion`) === 'success'
  const isProposed = /^pull_request/.test(said.text(`${run}.event`) ?? '')
  if (!at || !isDone || isProposed || !names.some((name) => name && deploying.test(name))) return []

  return [
    changeTold({
      id: `github:run ${said.need(mend, `${run}.id`)}`,
      at,
      what: [names.find(Boolean), said.text(`${run}.display_title`, `${run}.head_commit.message`, `${run}.head_branch`)]
        .filter(Boolean)
        .join(': '),
      service: said.text('repository.name'),
      who: said.text(`${run}.actor.login`, `${run}.head_commit.author.email`),
      url: webAddress(said.text(`${run}.html_url`)),
      type: 'workflow',
    }),
  ]
}
