import type { Incident } from '../record/shapes.ts'

type Hurt = Pick<Incident, 'customerMinutes'>

/** Customers times minutes, added up; `unknown` incidents have not said and are not zero. */
export function customerMinutesOf(incidents: readonly Hurt[]): { known: number; unknown: number } {
  const told = incidents.flatMap(({ customerMinutes }) => customerMinutes ?? [])
  return { known: told.reduce((sum, minutes) => sum + minutes, 0), unknown: incidents.length - told.length }
}

/** It could have hurt a customer and hurt none (S38): known to be zero, not merely unsaid. */
export function isNearMiss({ customerMinutes }: Hurt): boolean {
  return customerMinutes === 0
}
