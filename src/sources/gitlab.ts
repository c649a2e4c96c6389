import type { Fact } from '../record/fact.ts'
import { type Said, saidIn, webAddress } from './said.ts'
import type { Delivery, Source } from './source.ts'
import { changeTold, happened } from './tellings.ts'
import { scoped, ticketKind, trackerOf } from './ticket-rule.ts'
import { type TicketEvent, ticketFacts } from './tickets.ts'

const mend = 'send what a webhook of GitLab posts'
const deploying = /deploy|release|production|rollout/i

/**
 * GitLab. Incidents are incidents; issues are incidents or problems by the rule of ticket-rule.ts. Deployments, releases, and
 * pipelines that deploy without an environment (with one, GitLab tells the deployment itself) are changes.
 */
export const gitlab: Source = {
  adapter: 'gitlab',
  title: 'GitLab',
  class: 'manual',
  proofs: ['gitlab', 'standard'],

  read(delivery) {
    const said = saidIn(delivery, mend)
    switch (said.need(mend, 'object_kind', 'event_name')) {
      case 'issue':
      case 'work_item':
        return issueFacts(said, delivery)
      case 'note':
        return noteFacts(said, delivery)
      case 'deployment':
        return deploymentFacts(said, delivery)
      case 'release':
        return releaseFacts(said, delivery)
      case 'pipeline':
        return pipelineFacts(said, delivery)
      default:
        return []
    }
  },
}

function issueFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  const issue = 'object_attributes'
  const labels = labelsIn(said, issue)
  const severity = severityIn(said, labels)
  const kind = ticketKind({ source, names: [said.text(`${issue}.type`), ...labels], severity })
  if (!kind) return []

  const at = said.instant(`${issue}.updated_at`, `${issue}.created_at`) ?? receivedAt
  return ticketFacts({
    kind,
    id: idOf(said, source, `${issue}.iid`),
    at,
    createdAt: said.instant(`${issue}.created_at`),
    title: said.need(mend, `${issue}.title`),
    told: {
      service: scoped(labels, 'service', 'component', 'app') ?? said.text('project.name'),
      site: scoped(labels, 'site', 'datacenter', 'region'),
      team: scoped(labels, 'team', 'group'),
      url: webAddress(said.text(`${issue}.url`)),
    },
    severity,
    owner: ownerIn(said),
    says: [said.text(`${issue}.description`)],
    isOpen: isOpen(said),
    life: lifeOf(said, at),
  })
}

function labelsIn(said: Said, issue: string): string[] {
  return [...said.list('labels'), ...said.list(`${issue}.labels`)].flatMap((label) => label.text('title') ?? [])
}

// '[REDACTED]' is how GitLab hides the address of somebody who does not publish it.
function ownerIn(said: Said): string | undefined {
  const email = said.text('assignees.0.email', 'assignee.email')
  return email?.includes('@') ? email : said.text('assignees.0.username', 'assignee.username', 'assignees.0.name')
}

function severityIn(said: Said, labels: readonly string[]): string | undefined {
  const own = said.text('object_attributes.severity')
  return own && own.toLowerCase() !== 'unknown'
    ? own
    : (scoped(labels, 'severity', 'priority') ?? labels.find((label) => /^(sev|p)[-_ ]?\d$/i.test(label)))
}

function lifeOf(said: Said, at: Date): TicketEvent[] {
  const issue = 'object_attributes'
  const by = said.text('user.username', 'user.name')
  const action = said.text(`${issue}.action`)
  const isOver = !isOpen(said) // an incident may be over before its issue is closed
  return [
    ...(isOver ? [{ event: 'resolved', at: said.instant(`${issue}.closed_at`) ?? at, by } as const] : []),
    ...(action === 'reopen' ? [{ event: 'reopened', at, by } as const] : []),
    ...(said.has('changes.assignees') ? [{ event: 'assigned', at, value: ownerIn(said) ?? '', by } as const] : []),
    ...(said.text(`${issue}.escalation_status`) === 'acknowledged' ? [{ event: 'acknowledged', at, by } as const] : []),
  ]
}

function isOpen(said: Said): boolean {
  const [state, status] = [said.text('object_attributes.state'), said.text('object_attributes.escalation_status')]
  return state !== 'closed' && status !== 'resolved'
}

function noteFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  const labels = said.list('issue.labels').map((label) => label.text('title'))
  const kind = ticketKind({ source, names: [said.text('issue.type'), ...labels] })
  const value = said.text('object_attributes.note')
  if (kind !== 'incident' || !value || said.at('object_attributes.system') === true) return []
  const at = said.instant('object_attributes.created_at') ?? receivedAt
  return happened(idOf(said, source, 'issue.iid'), 'note', at, { value, by: said.text('user.username') })
}

function idOf(said: Said, source: string, iid: string): string {
  return `${trackerOf(source)}:${said.need(mend, 'project.path_with_namespace', 'project.id')}#${said.need(mend, iid)}`
}

// Its states come one by one and each with its own time: the change begins with the first that speaks of running.
function deploymentFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  const status = said.need(mend, 'status')
  const isReview = said.text('environment_tier') === 'development' || /^review\//.test(said.text('environment') ?? '')
  if (!['running', 'success', 'failed'].includes(status) || isReview) return []

  const project = said.text('project.path_with_namespace') ?? 'a project'
  const title = said.text('commit_title')
  return [
    changeTold({
      id: `${trackerOf(source)}:deployment ${said.text('project.id') ?? project}/${said.need(mend, 'deployment_id')}`,
      at: said.instant('status_changed_at') ?? receivedAt,
      what: `Deploy ${project} ${said.text('short_sha') ?? ''} to ${said.text('environment') ?? 'an environment'}${title ? `: ${title}` : ''}${status === 'failed' ? ': failed' : ''}`,
      service: said.text('project.name'),
      who: said.text('user.username', 'user.name'),
      url: webAddress(said.text('commit_url'), said.text('deployable_url'), said.text('project.web_url')),
      type: 'deployment',
    }),
  ]
}

function releaseFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  if (said.text('action') !== 'create') return []
  const project = said.text('project.path_with_namespace') ?? 'a project'
  return [
    changeTold({
      id: `${trackerOf(source)}:release ${said.text('project.id') ?? project}/${said.need(mend, 'tag')}`,
      at: said.instant('released_at', 'created_at') ?? receivedAt,
      what: `Release ${project} ${said.text('name', 'tag') ?? ''}`,
      service: said.text('project.name'),
      who: said.text('commit.author.name'),
      url: webAddress(said.text('url')),
      type: 'release',
    }),
  ]
}

function pipelineFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  const pipeline = 'object_attributes'
  const deploys = [...said.texts(`${pipeline}.stages`), said.text(`${pipeline}.name`) ?? ''].some((name) =>
    deploying.test(name),
  )
  const toldElsewhere = said.list('builds').some((build) => build.text('environment.name') !== undefined)
  const isDone = said.text(`${pipeline}.status`) === 'success'
  const isReview = said.text(`${pipeline}.source`) === 'merge_request_event'
  if (!isDone || !deploys || toldElsewhere || isReview) return []

  const project = said.text('project.path_with_namespace') ?? 'a project'
  return [
    changeTold({
      id: `${trackerOf(source)}:pipeline ${said.text('project.id') ?? project}/${said.need(mend, `${pipeline}.id`)}`,
      at: said.instant(`${pipeline}.created_at`) ?? receivedAt,
      what: `Pipeline of ${project} ${said.text(`${pipeline}.ref`) ?? ''}: ${said.text('commit.title', 'commit.message') ?? ''}`,
      service: said.text('project.name'),
      who: said.text('user.username', 'user.name'),
      url: webAddress(said.text(`${pipeline}.url`)),
      type: 'pipeline',
    }),
  ]
}
