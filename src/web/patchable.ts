import type { KindName } from '../sources/kinds.ts'

const patchable: readonly KindName[] = [
  'services',
  'people',
  'incidents',
  'problems',
  'changes',
  'complaints',
  'forecasts',
  'events',
  'actions',
]

/** What happened cannot be changed, and a day of a service level is told anew: those are posted, not patched. */
export function isPatchable(name: KindName): boolean {
  return patchable.includes(name)
}
