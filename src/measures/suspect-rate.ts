/** What the room found to be the cause of an incident, and what had been suspected. null = no change. */
export interface Verdict {
  suspectId: string | null
  causeId: string | null
}
/** How often the suspect was the cause, of the verdicts on incidents that had a suspect. */
export interface SuspectRate {
  hits: number
  verdicts: number
}

/**
 * Our own record with the rule "the latest change first" (S25): the literature says nine in ten, we say what we found.
 * Incidents without a suspect do not count: nothing was guessed. No verdict yet = 0 of 0, which is no percentage.
 */
export function suspectRate(verdicts: readonly Verdict[]): SuspectRate {
  const guessed = verdicts.filter(({ suspectId }) => suspectId !== null)
  return { hits: guessed.filter(({ suspectId, causeId }) => causeId === suspectId).length, verdicts: guessed.length }
}
