import type { Alike } from '../record/shapes.ts'

/** Often enough to be a problem's work (S11): the same service and symptom three times in 30 days or twice in 7. */
export function isRecurring({ in7Days, in30Days }: Pick<Alike, 'in7Days' | 'in30Days'>): boolean {
  return in30Days >= 3 || in7Days >= 2
}

/** The candidates for a problem, the most frequent first. */
export function recurring(alike: readonly Alike[]): Alike[] {
  return alike.filter(isRecurring).toSorted(mostFrequentFirst)
}

function mostFrequentFirst(a: Alike, b: Alike): number {
  return b.in30Days - a.in30Days || b.in7Days - a.in7Days || a.symptom.localeCompare(b.symptom)
}
