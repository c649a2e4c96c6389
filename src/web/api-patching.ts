import type { KindName } from '../sources/kinds.ts'

/** What happened cannot be changed, and a day of a service level is told anew: those are posted, not patched. */
export const patchable = [
  'services',
  'people',
  'incidents',
  'problems',
  'changes',
  'complaints',
  'forecasts',
  'events',
  'actions',
] as const satisfies KindName[]
export type Patchable = (typeof patchable)[number]

export function isPatchable(name: string): name is Patchable {
  return (patchable as readonly string[]).includes(name)
}
