import type { Change, Incident } from '../record/shapes.ts'

type Grave = Pick<Incident, 'id' | 'title' | 'service' | 'severity' | 'startedAt' | 'endedAt'>

/** While a sev1 or sev2 is open, nothing is changed but to end it (S27): which incidents hold the lock at an instant. */
export function lockedBy<One extends Grave>(incidents: readonly One[], at: Date): One[] {
  return incidents.filter(
    ({ severity, startedAt, endedAt }) =>
      (severity === 'sev1' || severity === 'sev2') && startedAt <= at && (endedAt === null || endedAt > at),
  )
}

/** Changes made during a lock that nobody called a part of the response. The change that set it off came before. */
export function changesDespiteLock<One extends Pick<Change, 'id' | 'at'> & { inResponseTo: string | null }>(
  changes: readonly One[],
  incidents: readonly Grave[],
): { change: One; incidentIds: string[] }[] {
  return changes
    .filter(({ inResponseTo }) => inResponseTo === null)
    .map((change) => ({ change, incidentIds: lockedBy(incidents, change.at).map(({ id }) => id) }))
    .filter(({ incidentIds }) => incidentIds.length > 0)
}
