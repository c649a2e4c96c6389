import type { HandOver } from '../record/hand-overs.ts'
import type { Facts } from '../record/shapes.ts'
import type { Sitting } from '../record/sitting.ts'
import { isOpen } from './gravity.ts'
import { missingFunctions } from './representatives.ts'
import type { Offender } from './snapshot.ts'

/** What stands in the way of a clean close (S7, S8, S41): nobody's incidents and problems, hand-overs without a yes, who was not heard though there is somebody. */
export function offendersOf(facts: Facts, { state, handOvers }: Pick<Sitting, 'state' | 'handOvers'>): Offender[] {
  return [
    ...facts.incidents
      .filter((incident) => isOpen(incident) && incident.ownerId === null)
      .map(({ id, title }) => ({ kind: 'incident' as const, id, title })),
    ...facts.problems
      .filter(({ closedAt, ownerId }) => closedAt === null && ownerId === null)
      .map(({ id, title }) => ({ kind: 'problem' as const, id, title })),
    ...handOvers
      .filter((one) => isNobodys(one, handOvers))
      .map(({ id, issue }) => ({ kind: 'hand-over' as const, id, title: issue })),
    ...missingFunctions(state.attendance, facts.people)
      .filter((wanted) => facts.people.some((person) => person.function === wanted))
      .map((id) => ({ kind: 'function' as const, id, title: id })),
  ]
}

/** Nobody said yes; or it was returned, and nobody else was asked since. */
export function isNobodys({ acceptedAt, returnedAt, issue, at }: HandOver, all: readonly HandOver[]): boolean {
  if (acceptedAt !== null) return false
  return returnedAt === null || !all.some((other) => other.issue === issue && other.at > at)
}
