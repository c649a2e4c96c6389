import { aDay } from '../calendar.ts'
import type { Change, Incident, Service } from '../record/shapes.ts'

type Struck = Pick<Incident, 'service' | 'startedAt' | 'changeId'>

/**
 * The latest change first (S25): most incidents come from the newest change before them, so it is preselected when it
 * is at most 24 h old. That somebody denied it does not clear it (S26); that it was rolled back before the start does.
 * A change the incident already names outranks the guess.
 */
export function suspectOf(incident: Struck, changes: readonly Change[], services: readonly Service[]): Change | null {
  const { changeId, startedAt } = incident
  const named = changeId === null ? undefined : changes.find(({ id, at }) => id === changeId && at <= startedAt)
  return named ?? changesBefore(incident, changes, services).find((change) => isSuspect(change, startedAt)) ?? null
}

/** Changes at or before its start that touched its service or anything that needs, newest first (S24): never a later one. */
export function changesBefore(incident: Struck, changes: readonly Change[], services: readonly Service[]): Change[] {
  const reach = reachOf(incident.service, services)
  const start = incident.startedAt.getTime()
  return changes
    .filter(({ at, service }) => service !== null && reach.has(service) && at.getTime() <= start)
    .toSorted(newestFirst)
}

/** The service and everything it needs, near or far; empty when nobody said which service it is. */
export function reachOf(service: string | null, services: readonly Service[]): ReadonlySet<string> {
  const reach = new Set(service === null ? [] : [service])
  for (const next of reach)
    for (const { needs } of services.find(({ id }) => id === next)?.needs ?? []) reach.add(needs)
  return reach
}

function isSuspect({ at, rolledBackAt }: Change, startedAt: Date): boolean {
  const isUndone = rolledBackAt !== null && rolledBackAt <= startedAt
  return !isUndone && startedAt.getTime() - at.getTime() <= aDay
}

function newestFirst(a: Change, b: Change): number {
  return b.at.getTime() - a.at.getTime() || a.id.localeCompare(b.id)
}
