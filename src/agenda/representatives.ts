import type { Attendance } from '../record/meeting-state.ts'
import type { Person } from '../record/shapes.ts'

/** Who must be heard each morning (S7): in the room, or in writing. */
export const functionsHeard = ['support', 'operations', 'development'] as const
export type FunctionHeard = (typeof functionsHeard)[number]

export interface Represented {
  function: FunctionHeard
  here: Person[]
  writing: Person[]
}

export function representatives(attendance: readonly Attendance[], people: readonly Person[]): Represented[] {
  const ofFunction = (wanted: FunctionHeard, isHere: boolean) =>
    people.filter(
      (person) =>
        person.function === wanted &&
        attendance.some(({ personId, writes }) => personId === person.id && (writes === null) === isHere),
    )
  return functionsHeard.map((wanted) => ({
    function: wanted,
    here: ofFunction(wanted, true),
    writing: ofFunction(wanted, false),
  }))
}

export function missingFunctions(attendance: readonly Attendance[], people: readonly Person[]): FunctionHeard[] {
  return representatives(attendance, people)
    .filter(({ here, writing }) => here.length + writing.length === 0)
    .map((one) => one.function)
}
