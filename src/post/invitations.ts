import type { Db } from '../record/db.ts'
import { findIncident } from '../record/incidents.ts'
import {
  findInvitation,
  type Invitation,
  invitationsAhead,
  keepInvitations,
  sessionsAhead,
  whoSpokeOf,
} from '../record/invitations.ts'
import type { NewLetter } from '../record/ledger.ts'
import { outagesOf } from '../record/outages.ts'
import { allPeople } from '../record/people.ts'
import type { Incident, Person } from '../record/shapes.ts'
import { isHeld, postmortemEntry, sessionMs } from '../reports/calendar-entries.ts'

/** What an invitation's letter holds until it is written. */
export interface InvitationContent {
  incidentId: string
  title: string
  at: string
  sequence: number
  method: 'REQUEST' | 'CANCEL'
  people: string[]
}

/**
 * Asks to each postmortem whom its timeline implies, once; again with the next number when it moved or somebody joined, and
 * takes back what is not held. What stands in the calendar of everybody is what the record says.
 */
export async function queueInvitations(db: Db, now: Date): Promise<void> {
  const [sessions, asked, people] = await Promise.all([
    sessionsAhead(db, now),
    invitationsAhead(db, now),
    allPeople(db),
  ])
  const held = sessions.filter(isHeld)
  for (const incident of held) {
    const id = invitationId(incident.id)
    const before = await findInvitation(db, id)
    const wanted = await whoShouldCome(db, incident, people)
    if (before && isSame(before, incident, wanted)) continue
    await ask(db, { incident, before, wanted, now })
  }
  for (const invitation of asked.filter(({ id }) => !held.some((incident) => invitationId(incident.id) === id)))
    await takeBack(db, invitation, now)
}

function invitationId(incidentId: string): string {
  return `postmortem:${incidentId}`
}

function isSame(before: Invitation, { postmortemFor }: Incident, wanted: readonly string[]): boolean {
  const isAt = before.at.getTime() === postmortemFor?.getTime() && before.cancelledAt === null
  return isAt && [...before.people].sort().join() === [...wanted].sort().join()
}

/**
 * Who owned it, who ran it, whoever did something in its timeline, and one voice for the customers (S33). Who has left is
 * stood in for by their deputy.
 */
export async function whoShouldCome(
  db: Db,
  incident: Incident,
  people: readonly (Person & { closedAt: Date | null })[],
): Promise<string[]> {
  const [outage] = await outagesOf(db, [incident.id], new Date(8.64e15))
  const named = [incident.ownerId, outage?.runnerId ?? null, ...(await whoSpokeOf(db, incident.id))]
  const known = new Map(people.map((person) => [person.id, person]))
  const here = named.flatMap((id) => {
    const person = known.get(id?.toLowerCase() ?? '')
    if (!person) return []
    return person.closedAt === null ? [person.id] : (known.get(person.deputy?.toLowerCase() ?? '')?.id ?? [])
  })
  const hasVoice = here.some((id) => known.get(id)?.function === 'support')
  const voice = hasVoice
    ? undefined
    : people.find((person) => person.closedAt === null && person.function === 'support')
  return [...new Set([...here, ...(voice ? [voice.id] : [])])]
}

interface Asking {
  incident: Incident
  before: Invitation | undefined
  wanted: string[]
  now: Date
}

async function ask(db: Db, { incident, before, wanted, now }: Asking): Promise<void> {
  const { from } = postmortemEntry(incident)
  const at = typeof from === 'string' ? now : from
  const sequence = (before?.sequence ?? -1) + 1
  const id = invitationId(incident.id)
  const kept = {
    id,
    at,
    untilAt: new Date(at.getTime() + sessionMs),
    sequence,
    people: wanted,
    toldAt: now,
    cancelledAt: null,
  }
  const told = { incidentId: incident.id, title: incident.title, at: at.toISOString(), sequence, people: wanted }
  const gone = (before?.people ?? []).filter((person) => !wanted.includes(person))
  await keepInvitations(
    db,
    [kept],
    [
      ...wanted.map((person) => letterTo(person, { ...told, method: 'REQUEST' }, now)),
      ...gone.map((person) => letterTo(person, { ...told, method: 'CANCEL', people: gone }, now)), // it names whom it frees
    ],
  )
}

async function takeBack(db: Db, invitation: Invitation, now: Date): Promise<void> {
  const incidentId = invitation.id.replace(/^postmortem:/, '')
  const sequence = invitation.sequence + 1
  const title = (await findIncident(db, incidentId))?.title ?? incidentId
  const told = { incidentId, title, at: invitation.at.toISOString(), sequence, people: invitation.people }
  await keepInvitations(
    db,
    [{ ...invitation, sequence, cancelledAt: now }],
    invitation.people.map((person) => letterTo(person, { ...told, method: 'CANCEL' }, now)),
  )
}

function letterTo(person: string, content: InvitationContent, now: Date): NewLetter {
  const id = `invitation:${content.incidentId}:${content.sequence}:${content.method}:${person}`
  return { id, channel: 'mail', kind: 'invitation', to: person, content, dueAt: now, madeAt: now }
}
