import { type IncidentEvent, type IncidentStanding, reopeningsIn, standingOf } from './incident-state.ts'
import { type ProblemEvent, problemStandingOf } from './problem-state.ts'

/** An event as others may read it again: what was told in columns becomes the event it amounts to. */
export interface HistoryRow {
  at: Date
  kind: string
  value: string
  by: string
  why: string
}

/**
 * The events that, beside the incident's own row, leave the same incident where they are told again. A word that was
 * overruled when it was said (a tool's after the room's) is left out: told again by one voice it would count. Two words of
 * the room about one thing at one millisecond come back in the order of their kinds.
 */
export function incidentHistory(id: string, events: readonly IncidentEvent[]): HistoryRow[] {
  const last = standingOf(id, events)
  if (last === undefined) return []

  const steps = stepsOf(events, last.startedAt, (at) => standingOf(id, events, at))
  const spoken = events.filter((event) => event.kind !== 'told' && prevailed(event, atOrAfter(steps, event.at)))
  const said = [...spoken, ...reopeningsIn(events)]
  const [own] = [...last.problems.keys()].sort()
  return withTold(said, last.startedAt, [
    ...turns(steps, said, { kind: 'assigned', of: ({ ownerId }) => ownerId }),
    ...turns(steps, said, { kind: 'severity', of: ({ severity }) => severity }),
    ...earlierResolutions(steps, said, last),
    ...beforeTheStart(last.startedAt, {
      acknowledged: last.acknowledgedAt,
      mitigated: last.mitigatedAt,
      resolved: last.resolvedAt,
    }),
    ...[...last.problems].flatMap(([value, at]) => (value === own ? [] : [{ at, kind: 'linked-problem', value }])),
  ])
}

/** The same for a problem. */
export function problemHistory(id: string, events: readonly ProblemEvent[]): HistoryRow[] {
  const last = problemStandingOf(id, events)
  if (last === undefined) return []

  const steps = stepsOf(events, last.openedAt, (at) => problemStandingOf(id, events, at))
  const said = events.filter((event) => event.kind !== 'told' && prevailed(event, atOrAfter(steps, event.at)))
  return withTold(said, last.openedAt, [
    ...turns(steps, said, { kind: 'assigned', of: ({ ownerId }) => ownerId }),
    ...beforeTheStart(last.openedAt, { 'fix-deployed': last.fixedAt, closed: last.closedAt }),
  ])
}

interface Step<Standing> {
  at: Date
  now: Standing
}

/** How it stood at its start and after each later event. */
function stepsOf<Standing>(
  events: readonly { at: Date }[],
  start: Date,
  standingAt: (at: Date) => Standing | undefined,
): Step<Standing>[] {
  const instants = new Set([
    start.getTime(),
    ...events.map(({ at }) => at.getTime()).filter((at) => at > start.getTime()),
  ])
  const steps: Step<Standing>[] = []
  for (const instant of [...instants].sort((a, b) => a - b)) {
    const at = new Date(instant)
    const now = standingAt(at)
    if (now) steps.push({ at: steps.length === 0 ? start : at, now })
  }
  return steps
}

function atOrAfter<Standing>(steps: readonly Step<Standing>[], at: Date): Standing | undefined {
  return steps.find((step) => step.at >= at)?.now
}

function prevailed(
  { kind, value }: { kind: string; value: string },
  standing: { ownerId: string | null; severity: string | null } | undefined,
): boolean {
  if (kind === 'assigned') return standing?.ownerId === (value || null)
  if (kind === 'severity') return standing?.severity === (value || null)
  return true
}

type Told = Pick<HistoryRow, 'at' | 'kind' | 'value'>

// Where it turned; and how it began, if anything was ever said of it: its row tells only how it ended.
function turns<Standing>(
  steps: readonly Step<Standing>[],
  said: readonly { kind: string }[],
  { kind, of }: { kind: string; of(standing: Standing): string | null },
): Told[] {
  const turned = steps.filter(({ now }, place) => {
    const before = steps[place - 1]
    return before === undefined || of(before.now) !== of(now)
  })
  const isTelling = turned.length > 1 || said.some((event) => event.kind === kind)
  return isTelling ? turned.map(({ at, now }) => ({ at, kind, value: of(now) ?? '' })) : []
}

// A resolution told in a column that a reopening undid.
function earlierResolutions(
  steps: readonly Step<IncidentStanding>[],
  said: readonly IncidentEvent[],
  last: IncidentStanding,
): Told[] {
  return steps.flatMap(({ now: { resolvedAt: at } }) => {
    const isUndone = at && said.some((event) => event.kind === 'reopened' && event.at >= at)
    return isUndone && at.getTime() !== last.resolvedAt?.getTime() ? [{ at, kind: 'resolved', value: '' }] : []
  })
}

// A row may not tell what lies before its start; an event may.
function beforeTheStart(start: Date, times: Record<string, Date | null>): Told[] {
  return Object.entries(times).flatMap(([kind, at]) => (at && at < start ? [{ at, kind, value: '' }] : []))
}

function withTold(said: readonly HistoryRow[], start: Date, told: readonly Told[]): HistoryRow[] {
  const rows: HistoryRow[] = said.map(({ at, kind, value, by, why }) => ({ at, kind, value, by, why }))
  for (const { at, kind, value } of told) {
    const isSaid = rows.some(
      (row) =>
        row.kind === kind && row.value === value && (isSame(row.at, at) || (row.at < start && isSame(at, start))),
    )
    if (!isSaid) rows.push({ at, kind, value, by: '', why: '' })
  }
  return rows.sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.value < b.value ? -1 : 1),
  )
}

function isSame(a: Date, b: Date): boolean {
  return a.getTime() === b.getTime()
}
