import type { IncidentEvent } from './incident-state.ts'

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
