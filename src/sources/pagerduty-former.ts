import type { Fact, IncidentEventKind } from '../record/fact.ts'
import { type Said, webAddress } from './said.ts'
import { UnreadableDelivery } from './source.ts'
import { happened, incidentTold } from './tellings.ts'

const events: Record<string, IncidentEventKind | null> = {
  trigger: null,
  acknowledge: 'acknowledged',
  unacknowledge: 'note',
  resolve: 'resolved',
  assign: 'assigned',
  escalate: 'assigned',
  delegate: 'assigned',
  annotate: 'note',
}

/** One message of PagerDuty's generic webhooks v2 (`event`, `incident`) or v1 (`type`, `data.incident`). */
export function messagesOf(message: Said): Fact[] {
  const type = /^incident\.(\w+)$/.exec(message.text('event', 'type') ?? '')?.[1]
  if (type === undefined || !Object.hasOwn(events, type)) return []

  const incident = message.has('incident') ? 'incident' : 'data.incident'
  const theirs = message.text(`${incident}.id`)
  const at = message.instant('created_on')
  if (theirs === undefined || at === undefined)
    throw new UnreadableDelivery('messages: must name an incident and when; subscribe with a v3 webhook instead')

  const id = `pagerduty:${theirs}`
  const owner = message.text(
    `${incident}.assignments.0.assignee.summary`,
    `${incident}.assigned_to_user.email`,
    `${incident}.assigned_to_user.name`,
  )
  const by = message.text('log_entries.0.agent.summary', `${incident}.last_status_change_by.name`)
  const event = events[type] ?? null
  const note = message.text('log_entries.0.channel.summary', 'log_entries.0.channel.content')
  return [
    ...incidentTold({
      id,
      at,
      startedAt: message.instant(`${incident}.created_at`, `${incident}.created_on`),
      told: {
        title: titleOf(message, incident) ?? id,
        service: message.text(`${incident}.service.summary`, `${incident}.service.name`),
        severity: severityOf(message, incident),
        ownerId: event === 'resolved' ? undefined : owner,
        url: webAddress(message.text(`${incident}.html_url`)),
        class: 'automated',
      },
    }),
    ...(event === null
      ? []
      : happened(id, event, at, {
          value: event === 'assigned' ? (owner ?? '') : event === 'note' ? note : undefined,
          by,
        })),
  ]
}

function titleOf(message: Said, incident: string): string | undefined {
  return message.text(
    `${incident}.title`,
    `${incident}.trigger_summary_data.subject`,
    `${incident}.trigger_summary_data.description`,
    `${incident}.summary`,
  )
}

function severityOf(message: Said, incident: string): 'sev2' | 'sev4' | undefined {
  const urgency = message.text(`${incident}.urgency`)
  return urgency === 'high' ? 'sev2' : urgency === 'low' ? 'sev4' : undefined
}
