import { paths } from '../../views/paths.ts'
import { defused } from '../../views/plain-text.ts'
import { dateTimeWords } from '../calendar.ts'
import type { Letter as Mail } from '../mail.ts'
import type { Person } from '../record/shapes.ts'
import { postmortemEntry } from '../reports/calendar-entries.ts'
import { invitationOf } from './ics.ts'
import type { InvitationContent } from './invitations.ts'

export interface Asked {
  content: InvitationContent
  person: Person
  people: readonly Person[]
  zone: string
  publicUrl: URL
  mailFrom: string | null
  at: Date
  id: string
}

/** Words for who reads it, and the same for their calendar. */
export function invitationMail({ content, person, people, zone, publicUrl, mailFrom, at, id }: Asked): Mail {
  const { incidentId, title, method, sequence } = content
  const when = new Date(content.at)
  const isCancelled = method === 'CANCEL'
  const entry = postmortemEntry({ id: incidentId, title, severity: null, postmortemFor: when })
  const words = `${dateTimeWords(when, zone)} ${zone}`
  const calendar = invitationOf(entry, {
    method,
    sequence,
    organizer: organizerIn(mailFrom),
    people: people.map(({ name, email }) => ({ name, email })),
    publicUrl,
    stamp: at,
  })
  return {
    to: { name: person.name, address: person.email },
    subject: defused(`${isCancelled ? 'Not held: ' : ''}Postmortem ${words}: ${title}`).slice(0, 90),
    text: [
      isCancelled
        ? 'This postmortem is not held, or not with you.'
        : `You are asked to the postmortem of an incident you had a part in.`,
      '',
      defused(title),
      words,
      ...(isCancelled ? [] : [`With ${people.map(({ name }) => defused(name)).join(', ')}.`]),
      '',
      new URL(paths.incident(incidentId), publicUrl).href,
      '',
    ].join('\n'),
    at,
    id,
    event: { method, calendar },
  }
}

function organizerIn(mailFrom: string | null): { name: string; email: string } {
  const found = /^(?:(.*?)\s*<)?([^<>\s]+@[^<>\s]+?)>?$/.exec(mailFrom ?? '')
  return { name: found?.[1] || 'Muster', email: found?.[2] ?? 'muster@localhost' }
}
