import { holds, type Window } from '../calendar.ts'
import type { Severity } from '../record/schema.ts'
import type { Incident } from '../record/shapes.ts'

// Unknown may be anything: it stands before the severity that is known to be the least.
const gravities: Record<Severity | 'unknown', number> = { sev1: 5, sev2: 4, sev3: 3, unknown: 2, sev4: 1 }

export function gravity(severity: Severity | null): number {
  return gravities[severity ?? 'unknown']
}

export function isGrave(severity: Severity | null): boolean {
  return severity === 'sev1' || severity === 'sev2'
}

/** By severity; then what is open before what is over, what hurt more, what began first. The id settles the rest. */
export function gravestFirst(a: Incident, b: Incident): number {
  return (
    gravity(b.severity) - gravity(a.severity) ||
    Number(isOpen(b)) - Number(isOpen(a)) ||
    (b.customerMinutes ?? 0) - (a.customerMinutes ?? 0) ||
    a.startedAt.getTime() - b.startedAt.getTime() ||
    byId(a, b)
  )
}

export function isOpen({ endedAt }: Incident): boolean {
  return endedAt === null
}

/** First heard of in this window, although an earlier morning should have told it (S3). */
export function isLate({ startedAt, recordedAt, news }: Incident, window: Window): boolean {
  return startedAt <= window.from && holds(window, recordedAt) && news.some(({ late }) => late)
}

/** Began, moved or ended since the last meeting, or was only now heard of. */
export function isNewsOf({ startedAt, endedAt, news }: Incident, window: Window): boolean {
  return news.length > 0 || holds(window, startedAt) || (endedAt !== null && holds(window, endedAt))
}

export function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
