import type { Fact } from '../record/fact.ts'
import type { Groupable } from '../record/grouping.ts'
import type { Grouping } from '../record/schema.ts'
import { groupBy } from '../record/telling.ts'

/** A group key that a tool gives is kept only where its source groups by it: the key is the evidence. */
export function groupKeyFacts(facts: readonly Fact[], grouping: Grouping): Fact[] {
  if (grouping !== 'group-key') return []
  return facts.flatMap((fact): Fact[] =>
    fact.kind === 'incident' && fact.theirs?.groupKey && fact.told.startedAt
      ? [
          {
            kind: 'incident-event',
            incidentId: fact.id,
            at: fact.told.startedAt,
            event: 'group-key',
            value: fact.theirs.groupKey,
          },
        ]
      : [],
  )
}

/**
 * Which incidents a rule takes for parts of another: those that begin while the group lasts that the first of the same
 * service, or of the same key, has begun. It lasts as long as one of them is open. What a person has merged or split is left
 * alone, and so is what has no service, or no key. The whole is always the one that began first.
 */
export function mergesAmong(incidents: readonly Groupable[], grouping: Grouping): Fact[] {
  if (grouping === 'off') return []
  const pairs = incidents
    .filter(({ byPeople }) => !byPeople)
    .flatMap((incident) => causesOf(incident, grouping).map((cause) => ({ cause, incident })))
  return [...groupBy(pairs, ({ cause }) => cause).values()].flatMap((alike) =>
    mergesOf(alike.map(({ incident }) => incident).toSorted(earliestFirst), (whole) =>
      grouping === 'group-key' ? `same group key ${alike[0]?.cause}` : `same service ${whole.service}`,
    ),
  )
}

function causesOf({ service, groupKeys }: Groupable, grouping: Grouping): readonly string[] {
  return grouping === 'group-key' ? groupKeys.slice(0, 1) : service === null ? [] : [service]
}

function mergesOf(incidents: readonly Groupable[], why: (whole: Groupable) => string): Fact[] {
  const merges: Fact[] = []
  const group: { whole: Groupable | undefined; until: number } = { whole: undefined, until: 0 }
  for (const incident of incidents) {
    const { whole, until } = group
    if (whole && incident.startedAt.getTime() <= until) {
      group.until = Math.max(until, endOf(incident))
      if (incident.mergedInto === null) merges.push(mergeOf(incident, whole, why(whole)))
    } else Object.assign(group, { whole: incident, until: endOf(incident) })
  }
  return merges
}

function mergeOf({ id, startedAt }: Groupable, whole: Groupable, why: string): Fact {
  return {
    kind: 'incident-event',
    incidentId: id,
    event: 'merged-into',
    at: startedAt,
    value: whole.id,
    why: `${why}, begun while “${whole.title}” lasted`,
  }
}

function endOf({ endedAt }: Groupable): number {
  return endedAt?.getTime() ?? Number.POSITIVE_INFINITY
}

function earliestFirst(a: Groupable, b: Groupable): number {
  return a.startedAt.getTime() - b.startedAt.getTime() || (a.id < b.id ? -1 : 1)
}
