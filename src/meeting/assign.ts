import type { Db } from '../record/db.ts'
import type { Fact } from '../record/fact.ts'
import { allPeople } from '../record/people.ts'
import type { Person } from '../record/shapes.ts'
import { say, type Voice } from './say.ts'

/** What can be somebody's. An exposure is told by its service: the episode that spans the instant takes the owner. */
export type Ownable =
  | { kind: 'incident'; id: string }
  | { kind: 'problem'; id: string }
  | { kind: 'action'; id: string }
  | { kind: 'exposure'; service: string }

export type Assignment = { outcome: 'assigned'; ownerId: string } | { outcome: 'nobody by that name'; name: string }

/** What nobody owns, nobody does. The owner is one person: on the list, or with an address of their own. */
export async function assign(db: Db, subject: Ownable, name: string, voice: Voice): Promise<Assignment> {
  const ownerId = personCalled(
    name,
    (await allPeople(db)).filter(({ closedAt }) => closedAt === null),
  )
  if (ownerId === undefined) return { outcome: 'nobody by that name', name }

  await say(db, [ownership(subject, ownerId, voice)], voice)
  return { outcome: 'assigned', ownerId }
}

// Before anybody is on the list, whatever name the room calls is taken.
function personCalled(name: string, people: Person[]): string | undefined {
  const called = name.toLowerCase()
  const known = people.find((person) => person.id === called || person.name.toLowerCase() === called)
  if (known) return known.id
  return people.length === 0 || /^[^\s@]+@[^\s@]+$/.test(name) ? name : undefined
}

function ownership(subject: Ownable, ownerId: string, { at, by }: Voice): Fact {
  switch (subject.kind) {
    case 'incident':
      return { kind: 'incident-event', incidentId: subject.id, at, event: 'assigned', value: ownerId, by }
    case 'problem':
      return { kind: 'problem-event', problemId: subject.id, at, event: 'assigned', value: ownerId, by }
    case 'action':
      return { kind: 'action-event', actionId: subject.id, at, event: 'owner', value: ownerId, by }
    case 'exposure':
      return { kind: 'exposure-event', service: subject.service, at, event: 'owner', value: ownerId, by }
  }
}
