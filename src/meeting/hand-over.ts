import type { Subject } from '../agenda/shapes.ts'
import { aMinute, type Rhythm } from '../calendar.ts'
import type { Db } from '../record/db.ts'
import {
  acceptHandOver,
  findHandOver,
  giveToDeputy,
  type HandOver,
  handOverId,
  handOversUnanswered,
  keepHandOver,
  returnHandOver,
} from '../record/hand-overs.ts'
import { allPeople } from '../record/people.ts'
import type { Person } from '../record/shapes.ts'
import { assign, type Ownable } from './assign.ts'
import { floorAt } from './floor.ts'
import type { Voice } from './say.ts'

export interface Given {
  to: string
  issue: string
  noticed: string
  plan: string
  subject: Subject | null
}
export type HandingOver =
  | { outcome: 'given'; id: string }
  | { outcome: 'given already'; id: string }
  | { outcome: 'nobody by that name'; name: string }

/**
 * Gives one named person something to see to (S41): never a team, for what is everybody's is nobody's. It is unaccepted until
 * that person says yes. The same words to the same person in one meeting are one hand-over.
 */
export async function handOver(
  db: Db,
  given: Given,
  { rhythm, ...voice }: Voice & { rhythm: Rhythm },
): Promise<HandingOver> {
  const person = personCalled(given.to, await allPeople(db))
  if (!person) return { outcome: 'nobody by that name', name: given.to }

  const { meetingId } = await floorAt(db, voice.at, rhythm)
  const { issue, noticed, plan, subject } = given
  const id = handOverId(meetingId, person.id, issue)
  const isNew = await keepHandOver(db, {
    id,
    meetingId,
    ...voice,
    toId: person.id,
    issue,
    noticed,
    plan,
    subjectKind: subject?.kind ?? null,
    subjectId: subject?.id ?? null,
  })
  return { outcome: isNew ? 'given' : 'given already', id }
}

export type Answering = { outcome: 'answered' } | { outcome: 'answered already' } | { outcome: 'not theirs' }

/** Says yes: now it is theirs, and so is the thing it speaks of. Only whom it was given to, or their deputy once it went there. */
export async function accept(db: Db, given: HandOver, voice: Voice): Promise<Answering> {
  if (!isTheirs(given, voice.by)) return { outcome: 'not theirs' }
  if (!(await acceptHandOver(db, given.id, voice))) return answeredBefore(db, given.id, voice.by)

  const thing = ownableOf(given)
  if (thing) await assign(db, thing, voice.by, voice)
  return { outcome: 'answered' }
}

/** Gives it back with a reason: it is nobody's again, and the room must ask somebody else. */
export async function giveBack(
  db: Db,
  given: HandOver,
  { why, ...voice }: Voice & { why: string },
): Promise<Answering> {
  if (!isTheirs(given, voice.by)) return { outcome: 'not theirs' }
  return (await returnHandOver(db, given.id, { ...voice, why }))
    ? { outcome: 'answered' }
    : { outcome: 'answered already' }
}

/** For how long somebody may leave a hand-over unanswered before it goes to their deputy. */
export const patienceMs = 30 * aMinute

export async function passToDeputies(db: Db, at: Date): Promise<void> {
  const waiting = await handOversUnanswered(db, new Date(at.getTime() - patienceMs))
  if (waiting.length === 0) return

  const people = await allPeople(db)
  for (const { id, toId } of waiting) {
    const deputy = people.find((person) => person.id === toId)?.deputy
    const found = deputy ? personCalled(deputy, people) : undefined
    if (found) await giveToDeputy(db, id, { at, deputyId: found.id })
  }
}

function isTheirs({ toId, deputyId }: HandOver, by: string): boolean {
  return by === toId || (deputyId !== null && by === deputyId)
}

async function answeredBefore(db: Db, id: string, by: string): Promise<Answering> {
  const standing = await findHandOver(db, id)
  return { outcome: standing?.acceptedBy === by ? 'answered' : 'answered already' }
}

function ownableOf({ subjectKind, subjectId }: HandOver): Ownable | null {
  if (subjectId === null) return null
  if (subjectKind === 'incident' || subjectKind === 'problem' || subjectKind === 'action')
    return { kind: subjectKind, id: subjectId }
  return subjectKind === 'exposure' ? { kind: 'exposure', service: subjectId.split('@')[0] ?? subjectId } : null
}

function personCalled(name: string, people: readonly (Person & { closedAt: Date | null })[]): Person | undefined {
  const called = name.toLowerCase()
  return people.find(
    (person) => person.closedAt === null && (person.id === called || person.name.toLowerCase() === called),
  )
}
