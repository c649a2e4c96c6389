import type { Fact } from '../record/fact.ts'
import { asSaid, type Said, saidIn } from './said.ts'
import type { Delivery, Source } from './source.ts'
import { changeTold } from './tellings.ts'
import { scoped, ticketKind, trackerOf } from './ticket-rule.ts'
import { type TicketEvent, ticketFacts } from './tickets.ts'

const mend = 'send what a webhook of Jira posts for issues, or the issue itself from an automation rule'

/**
 * Jira, in the cloud or one's own, and Jira Service Management. Issues are incidents, problems or changes by the rule of
 * ticket-rule.ts; a change counts once it is done. An issue whose status is of the category done is resolved.
 */
export const jira: Source = {
  adapter: 'jira',
  title: 'Jira',
  class: 'manual',
  proofs: ['jira', 'address', 'bearer'],

  read(delivery) {
    const said = issueIn(saidIn(delivery, mend))
    if (!said.has('issue')) {
      said.need(mend, 'webhookEvent')
      return []
    }
    const kind = ticketKind({
      source: delivery.source,
      names: [said.text('issue.fields.issuetype.name'), ...said.texts('issue.fields.labels')],
      severity: said.text('issue.fields.priority.name'),
    })
    if (!kind) return []
    return kind === 'change' ? changeFacts(said, delivery) : issueFacts(said, kind, delivery)
  },
}

// An automation rule may send the issue by itself.
function issueIn(said: Said): Said {
  return said.has('fields') && said.has('key') ? asSaid({ issue: said.at('') }) : said
}

function issueFacts(said: Said, kind: 'incident' | 'problem', { source, receivedAt }: Delivery): Fact[] {
  const labels = said.texts('issue.fields.labels')
  const at = instantOf(said, receivedAt)
  return ticketFacts({
    kind,
    id: `${trackerOf(source)}:${said.need(mend, 'issue.key')}`,
    at,
    createdAt: said.instant('issue.fields.created'),
    title: said.text('issue.fields.summary') ?? said.need(mend, 'issue.key'),
    told: {
      service: serviceIn(said),
      site: scoped(labels, 'site', 'datacenter', 'region'),
      team: scoped(labels, 'team'),
      url: linkTo(said),
    },
    severity: said.text('issue.fields.priority.name'),
    owner: said.text('issue.fields.assignee.emailAddress', 'issue.fields.assignee.displayName'),
    says: [said.text('issue.fields.description'), textIn(said.at('issue.fields.description'))],
    isOpen: said.has('issue.fields.status') && !isOver(said),
    life: lifeOf(said, source, at),
  })
}

// Its newer documents are trees: whatever leads somewhere in them counts.
function textIn(document: unknown): string | undefined {
  return typeof document === 'object' && document !== null ? JSON.stringify(document) : undefined
}

function instantOf(said: Said, receivedAt: Date): Date {
  return said.instant('timestamp', 'issue.fields.updated') ?? receivedAt
}

function serviceIn(said: Said): string | undefined {
  return (
    scoped(said.texts('issue.fields.labels'), 'service') ??
    said.text('issue.fields.components.0.name', 'issue.fields.project.name')
  )
}

/** Where people read it: the address that the API gives, without what is the API's. */
function linkTo(said: Said): string | undefined {
  const [self, key] = [said.text('issue.self'), said.text('issue.key')]
  const server = /^(https?:\/\/[^\s]+?)\/rest\//.exec(self ?? '')?.[1]
  return server && key && URL.canParse(server) ? `${server}/browse/${encodeURIComponent(key)}` : undefined
}

function lifeOf(said: Said, source: string, at: Date): TicketEvent[] {
  const by = said.text('user.displayName', 'user.name')
  const changed = said.list('changelog.items')
  const isDone = isOver(said)
  const wasMoved = changed.some((item) => item.text('field') === 'status' || item.text('field') === 'resolution')
  const undone = changed.some(wasUndone)
  const handed = changed.find((item) => item.text('field') === 'assignee')
  return [
    ...(isDone ? [{ event: 'resolved', at: resolvedAt(said, wasMoved, at), by } as const] : []),
    ...(!isDone && undone ? [{ event: 'reopened', at, by } as const] : []),
    ...(handed ? [{ event: 'assigned', at, value: ownerIn(said), by } as const] : []),
    ...commentsIn(said, at),
    ...(said.text('webhookEvent') === 'jira:issue_deleted'
      ? [{ event: 'closed', at, by, why: 'The issue was deleted' } as const]
      : []),
    ...problemsOf(said).map((key) => ({ event: 'linked-problem', at, value: `${trackerOf(source)}:${key}` }) as const),
  ]
}

// Its own server tells a comment as a change of the issue, besides. Told both ways it is one, for it has its own instant.
function commentsIn(said: Said, at: Date): TicketEvent[] {
  const [how, written] = [said.text('issue_event_type_name'), said.instant('comment.created')]
  const isNew = said.text('webhookEvent') === 'comment_created' || how === 'issue_commented'
  const value = said.text('comment.body')
  if (!isNew || value === undefined) return []
  return [{ event: 'note', at: written ?? at, value, by: said.text('comment.author.displayName') }]
}

// A resolution that was taken away, or a status that was one of an end.
function wasUndone(item: Said): boolean {
  const before = item.text('fromString') ?? ''
  return (
    (item.text('field') === 'resolution' && before !== '' && item.text('toString') === undefined) ||
    (item.text('field') === 'status' && over.test(before))
  )
}

const over = /^(done|closed|resolved|complete|completed|canceled|cancelled)$/i

function ownerIn(said: Said): string {
  return said.text('issue.fields.assignee.emailAddress', 'issue.fields.assignee.displayName') ?? ''
}

function isOver(said: Said): boolean {
  const category = said.text('issue.fields.status.statusCategory.key')
  return category === undefined ? over.test(said.text('issue.fields.status.name') ?? '') : category === 'done'
}

function resolvedAt(said: Said, wasMoved: boolean, at: Date): Date {
  return (
    said.instant('issue.fields.resolutiondate', 'issue.fields.statuscategorychangedate') ??
    (wasMoved ? at : (said.instant('issue.fields.updated') ?? at))
  )
}

/** Linked issues of the type problem, whichever way the link points. */
function problemsOf(said: Said): string[] {
  return said.list('issue.fields.issuelinks').flatMap((link) =>
    ['inwardIssue', 'outwardIssue'].flatMap((side) => {
      const key = link.text(`${side}.key`)
      return key && ticketKind({ source: '', names: [link.text(`${side}.fields.issuetype.name`)] }) === 'problem'
        ? [key]
        : []
    }),
  )
}

function changeFacts(said: Said, { source, receivedAt }: Delivery): Fact[] {
  if (!isOver(said)) return []
  return [
    changeTold({
      id: `${trackerOf(source)}:${said.need(mend, 'issue.key')}`,
      at: resolvedAt(said, true, instantOf(said, receivedAt)),
      what: said.text('issue.fields.summary') ?? said.need(mend, 'issue.key'),
      service: serviceIn(said),
      who: ownerIn(said) || undefined,
      url: linkTo(said),
      type: 'change',
    }),
  ]
}
