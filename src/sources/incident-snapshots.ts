import type { Db } from '../record/db.ts'
import type { Fact, IncidentEventKind, IncidentTold } from '../record/fact.ts'
import { type IncidentEvent, type IncidentStanding, standingOf, toldText } from '../record/incident-state.ts'
import { eventsOf } from '../record/incidents.ts'
import { asRow, groupBy } from '../record/telling.ts'
import { said } from './kinds/columns.ts'
import type { Snapshot } from './kinds/incidents.ts'

/** What one row amounts to. `birth` is history an import tells; `life` is kept as a tool told it. */
export interface SnapshotFacts {
  birth: Fact[]
  life: Fact[]
}

/**
 * What rows of how incidents stood amount to, in the order given. Of rows that share incident and instant the last one
 * counts. A row says everything it knows at its own instant; what differs from just before is told as an event too. A row
 * of the same source that comes later and is known already is told again where it differs from what now precedes it: files
 * may come in any order.
 */
export async function factsFromSnapshots(
  db: Db,
  snapshots: readonly Snapshot[],
  source: string,
): Promise<SnapshotFacts[]> {
  const ids = [...new Set(snapshots.map(({ incident }) => incident))]
  const known = groupBy(await eventsOf(db, ids), (event) => event.incidentId)
  const facts = new Map<Snapshot, SnapshotFacts>()
  for (const [id, rows] of groupBy(snapshots, ({ incident }) => incident)) {
    const heard = (known.get(id) ?? []).filter((event) => event.origin !== 'room')
    const lives = oneAnInstant(rows)
    for (const [row, told] of heard.length === 0 ? firstTold(lives) : toldAmong(lives, heard, source))
      facts.set(row, told)
  }
  return snapshots.map((row) => facts.get(row) ?? { birth: [], life: [] })
}

function oneAnInstant(rows: readonly Snapshot[]): Snapshot[] {
  const lasting = new Map(rows.map((row) => [row.at.getTime(), row]))
  return [...lasting.values()].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** What may differ from one row to the next and is told as an event. */
interface Stance {
  ownerId: string | null | undefined
  severity: string | null | undefined
  acknowledged: boolean | undefined
  mitigated: boolean | undefined
  resolved: boolean | undefined
  problems: readonly string[]
}

function firstTold(rows: readonly Snapshot[]): Map<Snapshot, SnapshotFacts> {
  const facts = new Map<Snapshot, SnapshotFacts>()
  for (const [place, row] of rows.entries()) {
    const before = rows[place - 1]
    const events = eventsBetween(row.incident, before && stanceOf(before), { ...stanceOf(row), at: row.at })
    facts.set(row, {
      birth: before ? [] : birthOf(row),
      life: [...(before ? [] : wholeLife(row)), asItStood(row), ...events],
    })
  }
  return facts
}

/** Among what the record already heard: each row against the moment before it, and the next row known after it again. */
function toldAmong(
  rows: readonly Snapshot[],
  heard: readonly IncidentEvent[],
  source: string,
): Map<Snapshot, SnapshotFacts> {
  const facts = new Map<Snapshot, SnapshotFacts>()
  const events = [...heard]
  for (const [place, row] of rows.entries()) {
    const id = row.incident
    const isFirst = place === 0 && !heard.some((event) => isSnapshot(event, source) && event.at < row.at)
    const life = [...(isFirst ? wholeLife(row) : []), asItStood(row)]
    const tell = (more: readonly Fact[]) => {
      life.push(...more)
      events.push(...more.flatMap((fact) => asEvents(fact, source)))
    }
    events.push(...life.flatMap((fact) => asEvents(fact, source)))
    tell(eventsBetween(id, stanceBefore(id, events, row.at), { ...stanceOf(row), at: row.at }))

    const next = nextSnapshot(heard, row.at, rows[place + 1]?.at, source)
    const stood = next && standingOf(id, heard, next)
    if (next && stood) tell(eventsBetween(id, stanceBefore(id, events, next), { ...stanceThen(stood), at: next }))
    facts.set(row, { birth: isFirst ? birthOf(row) : [], life })
  }
  return facts
}

// What a row told of its own instant, not what it knew of the whole life.
function isSnapshot(event: IncidentEvent, source: string): boolean {
  const isTold = event.kind === 'told' && event.origin === 'tool' && event.source === source
  return isTold && !event.value.includes(`"startedAt":"${event.at.toISOString()}"`)
}

function nextSnapshot(
  heard: readonly IncidentEvent[],
  after: Date,
  until: Date | undefined,
  source: string,
): Date | undefined {
  const instants = heard
    .filter((event) => isSnapshot(event, source) && event.at > after && (until === undefined || event.at < until))
    .map((event) => event.at.getTime())
  return instants.length > 0 ? new Date(Math.min(...instants)) : undefined
}

function stanceBefore(id: string, events: readonly IncidentEvent[], at: Date): Stance | undefined {
  const standing = standingOf(id, events, new Date(at.getTime() - 1))
  return standing && stanceThen(standing)
}

function stanceThen(standing: IncidentStanding): Stance {
  return {
    ownerId: standing.ownerId,
    severity: standing.severity,
    acknowledged: standing.acknowledgedAt !== null,
    mitigated: standing.mitigatedAt !== null,
    resolved: standing.resolvedAt !== null,
    problems: [...standing.problems.keys()],
  }
}

function stanceOf(row: Snapshot): Stance {
  return {
    ownerId: row.owner,
    severity: row.severity,
    acknowledged: isThere(row.acknowledgedAt),
    mitigated: isThere(row.mitigatedAt),
    resolved: isThere(row.resolvedAt),
    problems: row.problem ? [row.problem] : [],
  }
}

function isThere(value: unknown): boolean | undefined {
  return value === undefined ? undefined : value !== null
}

function eventsBetween(incidentId: string, before: Stance | undefined, { at, ...now }: Stance & { at: Date }): Fact[] {
  const event = (event: IncidentEventKind, value?: string): Fact => ({
    kind: 'incident-event',
    incidentId,
    at,
    event,
    ...said({ value }),
  })
  const facts: Fact[] = now.problems
    .filter((id) => !before?.problems.includes(id))
    .map((id) => event('linked-problem', id))
  if (now.ownerId !== undefined && now.ownerId !== (before?.ownerId ?? null))
    facts.push(event('assigned', now.ownerId ?? ''))
  if (now.severity && now.severity !== before?.severity) facts.push(event('severity', now.severity))
  if (now.acknowledged && !before?.acknowledged) facts.push(event('acknowledged'))
  if (now.mitigated && !before?.mitigated) facts.push(event('mitigated'))
  if (now.resolved && !before?.resolved) facts.push(event('resolved'))
  if (now.resolved === false && before?.resolved) facts.push(event('reopened'))
  return facts
}

/** That it is there at all, and which class of input it is. */
function birthOf({ incident: id, at, startedAt, class: from }: Snapshot): Fact[] {
  const told = said({ startedAt: startedAt ?? undefined, class: from ?? undefined })
  return [{ kind: 'incident', id, at: startedAt ?? at, told }]
}

/** What the first row knows of the whole life. */
function wholeLife({ incident: id, title, service, startedAt, url }: Snapshot): Fact[] {
  return startedAt
    ? [{ kind: 'incident', id, at: startedAt, told: said({ title: title ?? undefined, service, startedAt, url }) }]
    : []
}

function asItStood(row: Snapshot): Fact {
  const { incident: id, at, title, startedAt, detectedAt, service, severity, team, site, customerMinutes, url } = row
  const told: IncidentTold = said({
    title: title ?? undefined,
    startedAt: startedAt && startedAt.getTime() !== at.getTime() ? startedAt : undefined,
    detectedAt: detectedAt && detectedAt <= at ? detectedAt : undefined,
    service,
    severity,
    team,
    site,
    customerMinutes,
    url,
    ownerId: row.owner,
    changeId: row.change,
  })
  return { kind: 'incident', id, at, told }
}

function asEvents(fact: Fact, source: string): IncidentEvent[] {
  const telling = { recordedAt: new Date(0), source, origin: 'tool', class: null } as const
  if (fact.kind === 'incident-event') return [{ incidentId: fact.incidentId, ...asRow(fact, telling) }]
  if (fact.kind !== 'incident') return []
  return [{ incidentId: fact.id, ...asRow({ at: fact.at, event: 'told', value: toldText(fact.told) }, telling) }]
}
