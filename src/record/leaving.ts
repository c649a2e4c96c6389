import { and, eq, isNull } from 'drizzle-orm'
import { noted } from './audit.ts'
import type { Db } from './db.ts'
import { recordFacts } from './record-facts.ts'
import { isLastAdministrator } from './roles.ts'
import { sessions } from './schema.ts'
import type { Person } from './shapes.ts'

interface Voice {
  at: Date
  by: string
  from?: string
}
export type Leaving = { outcome: 'closed' } | { outcome: 'the last administrator' }

/**
 * Somebody has left: whatever they owned is nobody's and comes back to the agenda, and each of their sessions ends with the
 * same write. Who they were stays known.
 */
export async function closePerson(db: Db, person: Person, { at, by, from = '' }: Voice): Promise<Leaving> {
  if (await isLastAdministrator(db, person.id)) return { outcome: 'the last administrator' }

  const theirs = and(eq(sessions.personId, person.id), isNull(sessions.endedAt))
  await recordFacts(db, [factOf(person, at)], tellingOf({ at, by }), [
    db.orm.update(sessions).set({ endedAt: at, endedBy: by }).where(theirs),
    noted(db, { at, by, what: 'person-closed', subject: person.id, from }),
  ])
  return { outcome: 'closed' }
}

export async function reopenPerson(db: Db, person: Person, { at, by, from = '' }: Voice): Promise<void> {
  await recordFacts(db, [factOf(person, null)], tellingOf({ at, by }), [
    noted(db, { at, by, what: 'person-reopened', subject: person.id, from }),
  ])
}

function factOf({ id: _, ...person }: Person, closedAt: Date | null) {
  return { kind: 'person', ...person, closedAt } as const
}

function tellingOf({ at, by }: Voice) {
  return { recordedAt: at, source: 'room', origin: 'room', class: null, by } as const
}
