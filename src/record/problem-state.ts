import type { ProblemTold } from './fact.ts'
import type { ProblemState, problemEvents, Severity } from './schema.ts'

export type ProblemEvent = typeof problemEvents.$inferSelect

export interface ProblemStanding {
  title: string
  service: string | null
  severity: Severity | null
  state: ProblemState
  openedAt: Date
  fixedAt: Date | null
  closedAt: Date | null
  ownerId: string | null
  architectural: boolean
  changedAt: Date
}

/** How a problem stood at an instant, from its events alone. What the room said of its owner no tool overrules. */
export function problemStandingOf(
  id: string,
  events: readonly ProblemEvent[],
  at = new Date(8.64e15),
): ProblemStanding | undefined {
  const told = toldOf(events.filter((event) => event.kind === 'told' && (event.at <= at || isWholeLife(event))))
  const first = Math.min(...events.map((event) => event.at.getTime()))
  const openedAt = told.openedAt ?? (Number.isFinite(first) ? new Date(first) : undefined)
  if (openedAt === undefined || openedAt > at) return undefined

  const standing: ProblemStanding = {
    title: told.title ?? id,
    service: told.service ?? null,
    severity: told.severity ?? null,
    state: 'open',
    openedAt,
    fixedAt: null,
    closedAt: null,
    ownerId: told.ownerId || null,
    architectural: told.architectural ?? false,
    changedAt: openedAt,
  }
  const owned = { byRoom: false }
  for (const event of lifeOf(events, told, at)) {
    if (event.kind !== 'assigned' || event.origin === 'room' || !owned.byRoom) live(standing, event)
    if (event.kind === 'assigned' && event.origin === 'room') owned.byRoom = true
  }
  return standing
}

type Moment = Pick<ProblemEvent, 'at' | 'kind' | 'value' | 'origin'> & { rank?: number }

function isWholeLife(event: ProblemEvent): boolean {
  return (JSON.parse(event.value) as { openedAt?: string }).openedAt === event.at.toISOString()
}

function toldOf(events: readonly ProblemEvent[]): ProblemTold {
  const inOrder = events.toSorted(
    (a, b) =>
      Number(isWholeLife(b)) - Number(isWholeLife(a)) ||
      (isWholeLife(a) ? 0 : a.at.getTime() - b.at.getTime()) ||
      Number(a.origin !== 'tool') - Number(b.origin !== 'tool') ||
      (a.origin === 'tool' ? 0 : a.recordedAt.getTime() - b.recordedAt.getTime()) ||
      (a.value < b.value ? -1 : 1),
  )
  const columns = Object.assign({}, ...inOrder.map((event) => JSON.parse(event.value)))
  for (const time of ['openedAt', 'fixedAt', 'closedAt'])
    if (typeof columns[time] === 'string') columns[time] = new Date(columns[time])
  return columns as ProblemTold // written by toldText from a ProblemTold
}

function lifeOf(events: readonly ProblemEvent[], told: ProblemTold, at: Date): Moment[] {
  const moments: Moment[] = events.filter((event) => event.at <= at && event.kind !== 'told')
  const openedAt = told.openedAt
  if (openedAt && told.state && told.state !== 'closed' && told.state !== 'fix-deployed')
    moments.push({ at: openedAt, kind: 'state', value: told.state, origin: 'import' })
  if (told.fixedAt && told.fixedAt <= at)
    moments.push({ at: told.fixedAt, kind: 'fix-deployed', value: '', origin: 'import' })
  if (told.closedAt && told.closedAt <= at)
    moments.push({ at: told.closedAt, kind: 'closed', value: '', origin: 'import' })
  if (openedAt && told.state === 'fix-deployed' && !told.fixedAt)
    moments.push({ at: openedAt, kind: 'fix-deployed', value: '', origin: 'import' })
  if (openedAt && told.state === 'closed' && !told.closedAt)
    moments.push({ at: openedAt, kind: 'closed', value: '', origin: 'import' })
  return moments.sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      (a.rank ?? 0) - (b.rank ?? 0) ||
      (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.value < b.value ? -1 : 1),
  )
}

function live(standing: ProblemStanding, { at, kind, value }: Moment): void {
  if (at > standing.changedAt) standing.changedAt = at
  switch (kind) {
    case 'assigned':
      standing.ownerId = value || null
      break
    case 'fix-deployed':
      Object.assign(standing, { state: 'fix-deployed', fixedAt: at, closedAt: null })
      break
    case 'closed':
      Object.assign(standing, { state: 'closed', closedAt: at })
      break
    case 'recurred':
      Object.assign(standing, { state: 'open', closedAt: null })
      break
    case 'state':
      if (value === 'closed' || value === 'fix-deployed') live(standing, { at, kind: value, value: '', origin: 'room' })
      else Object.assign(standing, { state: value, closedAt: null })
      break
  }
}
