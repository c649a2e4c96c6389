import type { Said } from './said.ts'
import { webAddress } from './said.ts'
import type { TicketEvent } from './tickets.ts'

/** An issue of GitHub as a delivery of its `issues` event shows it. */
export interface Issue {
  repository: string // owner/name
  number: string
  title: string
  labels: string[]
  type: string | undefined
  owner: string | undefined
  url: string | undefined
  at: Date
  createdAt: Date | undefined
  isOpen: boolean
  life: TicketEvent[]
}

export function issueOf(said: Said, receivedAt: Date): Issue | null {
  const [repository, number] = [said.text('repository.full_name'), said.text('issue.number')]
  const title = said.text('issue.title')
  if (repository === undefined || number === undefined || title === undefined) return null

  const at = said.instant('issue.updated_at', 'issue.created_at') ?? receivedAt
  return {
    repository,
    number,
    title,
    labels: [...said.list('issue.labels'), ...said.list('label')].flatMap((label) => label.text('name') ?? []),
    type: said.text('issue.type.name'),
    owner: said.text('issue.assignee.email', 'issue.assignee.login', 'issue.assignees.0.login'),
    url: webAddress(said.text('issue.html_url')),
    at,
    createdAt: said.instant('issue.created_at'),
    isOpen: said.text('issue.state') === 'open',
    life: lifeOf(said, at),
  }
}

// closed_at stays on a reopened issue: only its state says whether it is over.
function lifeOf(said: Said, at: Date): TicketEvent[] {
  const by = said.text('sender.login')
  const closedAt = said.instant('issue.closed_at')
  const over: TicketEvent[] =
    said.text('issue.state') === 'closed'
      ? [{ event: 'resolved', at: closedAt ?? at, by: said.text('issue.closed_by.login') }]
      : []
  switch (said.text('action')) {
    case 'reopened':
      return [{ event: 'reopened', at, by }]
    case 'assigned':
    case 'unassigned':
      return [
        ...over,
        { event: 'assigned', at, value: said.text('issue.assignee.login', 'issue.assignees.0.login') ?? '', by },
      ]
    case 'deleted':
    case 'transferred':
      return [...over, { event: 'closed', at, by, why: `The issue was ${said.text('action')}` }]
    default:
      return over
  }
}
