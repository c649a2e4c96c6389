import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { paths, pathTo } from '../../views/paths.ts'
import { printable } from '../../views/plain-text.ts'
import type { Entry } from '../reports/calendar-entries.ts'

export interface Written {
  publicUrl: URL
  stamp: Date // when it was written
}

/** A calendar to subscribe to. Words of others are text: the writer escapes and folds them, and no line of theirs begins one. */
export function feedOf(name: string, entries: readonly Entry[], { publicUrl, stamp }: Written): string {
  const calendar = ical({ name: printable(name), prodId: '//Muster//Morning//EN', ttl: 3600 })
  for (const entry of entries) calendar.createEvent({ ...asEvent(entry, publicUrl), stamp })
  return calendar.toString()
}

export interface Invitation extends Written {
  method: 'REQUEST' | 'CANCEL'
  sequence: number
  organizer: { name: string; email: string }
  people: readonly { name: string; email: string }[]
}

/** iTIP (RFC 5546): the newer sequence replaces the older one in every calendar, a cancellation takes it out. */
export function invitationOf(entry: Entry, invitation: Invitation): string {
  const { method, sequence, organizer, people, publicUrl, stamp } = invitation
  const calendar = ical({ prodId: '//Muster//Morning//EN', method: ICalCalendarMethod[method] })
  calendar.createEvent({
    ...asEvent(entry, publicUrl),
    stamp,
    sequence,
    organizer: { name: nameIn(organizer.name), email: organizer.email },
    attendees: people.map(({ name, email }) => ({ name: nameIn(name), email, rsvp: true })),
    status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  })
  return calendar.toString()
}

// A name stands as a parameter: between quotes, where neither a quote nor a backslash can be said (RFC 5545, 3.2).
function nameIn(name: string): string {
  return printable(name).replace(/["\\]/g, '’').trim() || 'somebody'
}

function asEvent(entry: Entry, publicUrl: URL) {
  const { id, title, words, subject } = entry
  const path = subject.kind === 'meeting' ? paths.meeting(subject.id) : pathTo({ kind: subject.kind, id: subject.id })
  const url = new URL(path, publicUrl).href
  const [start, end] = entry.allDay ? [dayAsDate(entry.from), dayAsDate(entry.to)] : [entry.from, entry.to]
  return {
    id: `${printable(id).replace(/\s+/g, '-').slice(0, 200)}@${publicUrl.hostname}`,
    summary: printable(title).slice(0, 300),
    description: [...words.map(printable), url].join('\n'),
    url,
    start,
    end,
    allDay: entry.allDay,
  }
}

// A whole day is a date without a clock: the writer takes it from the parts of a Date in UTC.
function dayAsDate(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}
