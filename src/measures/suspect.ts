import { aDay } from '../calendar.ts'
import type { Change, Incident, Service } from '../record/shapes.ts'

type Struck = Pick<Incident, 'service' | 'startedAt' | 'changeId'>

/**
 * The latest change first (S25): most incidents come from the newest change before them, so it is preselected when it
 * is at most 24 h old. That somebody denied it does not clear it (S26); that it was rolled back before the start does.
 * A change the incident already names outranks the guess.
 */
export function suspectOf(incident: Struck, changes: readonly Change[], services: readonly Service[]): Change | null {
  const before = changesBefore(incident, changes, services)
  const named = changes.find(({ id, at }) => id === incident.changeId && at <= incident.startedAt)
  return named ?? before.find((change) => isSuspect(change, incident.startedAt)) ?? null
}

/** Changes at or before its start that touched its service or anything that needs, newest first (S24): never a later one. */
export function changesBefore(incident: Struck, changes: readonly Change[], services: readonly Service[]): Change[] {
  const reach = reachOf(incident.service, services)
  return changes
    .filter(({ at, service }) => at <= incident.startedAt && service !== null && reach.has(service))
    .toSorted(newestFirst)
}

/** The service and everything it needs, near or far; empty when nobody said which service it is. */
export function reachOf(service: string | null, services: readonly Service[]): ReadonlySet<string> {
  const needsOf = new Map(services.map(({ id, needs }) => [id, needs.map((need) => need.needs)]))
  const reach = new Set(service === null ? [] : [service])
  for (const next of reach) for (const need of needsOf.get(next) ?? []) reach.add(need)
  return reach
}

function isSuspect({ at, rolledBackAt }: Change, startedAt: Date): boolean {
  const isUndone = rolledBackAt !== null && rolledBackAt <= startedAt
  return !isUndone && startedAt.getTime() - at.getTime() <= aDay
}

function newestFirst(a: Change, b: Change): number {
  return b.at.getTime() - a.at.getTime() || a.id.localeCompare(b.id)
}
