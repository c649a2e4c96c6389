import { aMinute } from '../calendar.ts'
import type { Fact } from '../record/fact.ts'

/** Two clocks never agree; that much is none of our concern. */
export const toleratedMs = 5 * aMinute

/** By how much the sender's clock was ahead when it first told of an incident, by incident. */
export type Skews = Map<string, number>

/**
 * Nothing happens after we heard of it. Where a tool says so by more than five minutes, its clock is ahead of ours: all that it
 * says of that incident, now and later, is set back by as much as its first word was ahead, so that spans stay what they
 * were, and the incident is flagged with what the clock was off by (its own words stay in the delivery). How a site stood, and
 * a complaint, are taken to be of the moment we heard of them. A clock that is slow cannot be told from word that comes late:
 * what lies in the past stays as it was said, and counts as late. `skews` is added to.
 */
export function settleClock(facts: readonly Fact[], receivedAt: Date, skews: Skews): Fact[] {
  const latest = receivedAt.getTime() + toleratedMs
  const fresh = new Set<string>()
  for (const fact of facts) {
    const [id, at] =
      fact.kind === 'incident' ? [fact.id, fact.at] : fact.kind === 'incident-event' ? [fact.incidentId, fact.at] : []
    if (id === undefined || at === undefined || at.getTime() <= latest || (skews.has(id) && !fresh.has(id))) continue
    const ahead = at.getTime() - receivedAt.getTime()
    skews.set(id, Math.max(skews.get(id) ?? 0, ahead))
    fresh.add(id)
  }
  const settled = facts.map((fact) => settledFact(fact, { receivedAt, latest, skews }))
  return [...settled, ...[...fresh].map((id) => flag(id, settled, skews))]
}

interface Clock {
  receivedAt: Date
  latest: number
  skews: Skews
}

function settledFact(fact: Fact, { receivedAt, latest, skews }: Clock): Fact {
  switch (fact.kind) {
    case 'incident': {
      const ahead = skews.get(fact.id) ?? 0
      const times = Object.entries(fact.told).map(([name, said]) => [
        name,
        said instanceof Date ? before(said, ahead) : said,
      ])
      return ahead === 0 ? fact : { ...fact, at: before(fact.at, ahead), told: Object.fromEntries(times) }
    }
    case 'incident-event':
      return { ...fact, at: before(fact.at, skews.get(fact.incidentId) ?? 0) }
    case 'site':
    case 'complaint':
      return fact.at.getTime() > latest ? { ...fact, at: receivedAt } : fact
    default:
      return fact
  }
}

function flag(incidentId: string, settled: readonly Fact[], skews: Skews): Fact {
  const instants = settled.flatMap((fact) => {
    const isOfIt =
      (fact.kind === 'incident' && fact.id === incidentId) ||
      (fact.kind === 'incident-event' && fact.incidentId === incidentId)
    return isOfIt ? [(fact as { at: Date }).at.getTime()] : [] // both kinds happen at an instant
  })
  const value = String(skews.get(incidentId) ?? 0)
  return { kind: 'incident-event', incidentId, event: 'clock-skew', at: new Date(Math.min(...instants)), value }
}

function before(at: Date, ms: number): Date {
  return ms === 0 ? at : new Date(at.getTime() - ms)
}
