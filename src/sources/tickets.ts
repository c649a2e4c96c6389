import type { Fact, IncidentEventKind, IncidentTold } from '../record/fact.ts'
import { mentionedIn } from './mentions.ts'
import { asTitle, longest } from './said.ts'
import { severityFrom } from './severities.ts'
import { happened, incidentTold, known } from './tellings.ts'
import type { TicketKind } from './ticket-rule.ts'

/** A ticket of any tracker, as one delivery shows it. */
export interface Ticket {
  kind: TicketKind
  id: string
  at: Date
  createdAt: Date | undefined
  title: string
  told: { [Name in 'service' | 'team' | 'site' | 'url']?: IncidentTold[Name] | undefined }
  severity: string | undefined
  isOpen?: boolean | undefined // that it is not over, where the tracker says so: what ended it before was undone
  owner: string | undefined // nobody is told by an event, where the tracker says that it happened
  says?: readonly (string | undefined)[] // where it may speak of an incident that is known here already
  life: TicketEvent[]
}
export interface TicketEvent {
  event: Extract<
    IncidentEventKind,
    'acknowledged' | 'resolved' | 'reopened' | 'closed' | 'assigned' | 'note' | 'linked-problem'
  >
  at: Date
  value?: string | undefined
  by?: string | undefined
  why?: string | undefined
}

/** An incident or a problem, and what happened to it. A change is its tracker's own matter. */
export function ticketFacts(ticket: Ticket): Fact[] {
  if (ticket.kind === 'incident') return asIncident(ticket)
  return ticket.kind === 'problem' ? asProblem(ticket) : []
}

function asIncident({ id, at, createdAt, title, told, severity, owner, isOpen, says = [], life }: Ticket): Fact[] {
  const whole = mentionedIn(says)
  return [
    ...incidentTold({
      id,
      at,
      startedAt: createdAt,
      told: {
        ...told,
        title,
        severity: severityFrom(severity),
        ownerId: owner,
        resolvedAt: isOpen && !life.some(({ event }) => event === 'closed') ? null : undefined,
        class: 'manual',
      },
      theirs: { severity },
    }),
    ...life.flatMap(({ event, at: when, ...more }) => happened(id, event, when, more)),
    // The ticket of an incident is part of it, and not another one.
    ...(whole === undefined || whole === id
      ? []
      : happened(id, 'merged-into', createdAt ?? at, { value: whole, why: 'its ticket' })),
  ]
}

// A problem's cause is gone when it is closed: resolved says no more than that here.
const problemEvents = {
  assigned: 'assigned',
  note: 'note',
  resolved: 'closed',
  closed: 'closed',
  reopened: 'recurred',
  acknowledged: null,
  'linked-problem': null,
} as const

function asProblem({ id, at, createdAt = at, title, told, severity, owner, life }: Ticket): Fact[] {
  const problemId = id.slice(0, longest.id)
  const stands = known({
    title: asTitle(title),
    service: told.service,
    severity: severityFrom(severity),
    ownerId: owner,
  })
  return [
    { kind: 'problem', id: problemId, at: createdAt, told: { title: asTitle(title), openedAt: createdAt } },
    { kind: 'problem', id: problemId, at: at < createdAt ? createdAt : at, told: stands },
    ...life.flatMap(({ event, at: when, value, by, why }): Fact[] => {
      const ours = problemEvents[event]
      if (ours === null || (ours === 'note' && !value)) return []
      return [
        {
          kind: 'problem-event',
          problemId,
          event: ours,
          at: when,
          ...known({ value: value?.slice(0, longest.note), by, why }),
        },
      ]
    }),
  ]
}
