import type { IncidentEvent } from './incident-state.ts'
import type { Incident } from './shapes.ts'

/**
 * Which incident this one is part of at an instant: the last word of 'merged-into' and 'split-from' by then. Where the room
 * has spoken, no tool's rule counts any more; undoing is the other word, said later.
 */
export function mergedIntoOf(events: readonly IncidentEvent[], at: Date): string | null {
  const said = events.filter((event) => event.at <= at && (event.kind === 'merged-into' || event.kind === 'split-from'))
  const byPeople = said.filter(({ origin }) => origin !== 'tool')
  const last = (byPeople.length > 0 ? byPeople : said).toSorted(earlierFirst).at(-1)
  return last?.kind === 'merged-into' ? last.value : null
}

function earlierFirst(a: IncidentEvent, b: IncidentEvent): number {
  return (
    a.at.getTime() - b.at.getTime() ||
    a.recordedAt.getTime() - b.recordedAt.getTime() ||
    (a.kind === b.kind ? (a.value < b.value ? -1 : 1) : a.kind < b.kind ? -1 : 1)
  )
}

/**
 * What was merged is told as one incident, which lasts as long as the last of its parts: open while one of them is. A part
 * whose whole is not among them is told itself: nothing that is open is ever hidden.
 */
export function asWholes(incidents: readonly Incident[]): Incident[] {
  const byId = new Map(incidents.map((incident) => [incident.id, incident]))
  const parts = new Map<string, Incident[]>()
  for (const incident of incidents) {
    const whole = wholeOf(incident, byId)
    if (whole !== incident) parts.set(whole.id, [...(parts.get(whole.id) ?? []), incident])
  }
  return incidents
    .filter((incident) => wholeOf(incident, byId) === incident)
    .map((whole) => lasting(whole, parts.get(whole.id) ?? []))
}

// Of a part of a part the outermost; two that were merged into each other stand by themselves.
function wholeOf(incident: Incident, byId: ReadonlyMap<string, Incident>): Incident {
  if (incident.mergedInto === null) return incident
  const seen = new Set([incident.id])
  for (let whole = incident; ; ) {
    const next = whole.mergedInto === null ? undefined : byId.get(whole.mergedInto)
    if (next === undefined) return whole
    if (seen.has(next.id)) return incident
    seen.add(next.id)
    whole = next
  }
}

function lasting(whole: Incident, parts: readonly Incident[]): Incident {
  if (whole.endedAt === null || parts.length === 0) return whole
  const still = parts.find(({ endedAt }) => endedAt === null)
  if (still) return { ...whole, state: still.state, resolvedAt: null, closedAt: null, endedAt: null }

  const end = new Date(Math.max(whole.endedAt.getTime(), ...parts.map(({ endedAt }) => endedAt?.getTime() ?? 0)))
  return { ...whole, endedAt: end, resolvedAt: whole.resolvedAt && end }
}
