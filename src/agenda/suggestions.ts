import { isRecurring } from '../measures/recurrence.ts'
import type { Facts, Incident, Person, Problem } from '../record/shapes.ts'

/** Who might take it, likeliest first: who took notice, who owns what is like it or of its service. Never more than three. */
export function ownersToSuggest(incident: Incident, { incidents, people }: Facts): Person[] {
  const others = incidents.filter(({ id, ownerId }) => id !== incident.id && ownerId !== null)
  const ids = [
    ...incident.news.filter(({ kind }) => kind === 'acknowledged').map(({ by }) => by),
    ...others.filter(({ symptom, service }) => symptom === incident.symptom && service === incident.service).map(owner),
    ...others.filter(({ service }) => service !== null && service === incident.service).map(owner),
  ]
  const found = ids.map((id) => people.find((person) => person.id === id || person.name === id))
  return [...new Set(found)].filter((person) => person !== undefined).slice(0, 3)
}

function owner({ ownerId }: Incident): string {
  return ownerId ?? ''
}

/** A problem that may be behind it, with the evidence; or that it keeps coming back and belongs to none yet (S11). */
export type ProblemSuggestion =
  | { kind: 'known'; problem: Problem; alikeLinked: number }
  | { kind: 'of its service'; problem: Problem }
  | { kind: 'new'; title: string; in7Days: number; in30Days: number }

/** `behindLike`: of how many incidents of the same service and symptom each problem was said to be the cause. */
export function problemToSuggest(
  incident: Incident,
  { problems, alike }: Facts,
  behindLike: ReadonlyMap<string, number>,
): ProblemSuggestion | null {
  if (incident.problemIds.length > 0) return null

  const open = problems.filter(({ closedAt }) => closedAt === null)
  const known = open
    .filter(({ id }) => behindLike.has(id))
    .toSorted((a, b) => (behindLike.get(b.id) ?? 0) - (behindLike.get(a.id) ?? 0))[0]
  if (known) return { kind: 'known', problem: known, alikeLinked: behindLike.get(known.id) ?? 0 }

  const often = alike.find((one) => one.service === incident.service && one.symptom === incident.symptom)
  const { in7Days = 0, in30Days = 0 } = often ?? {}
  if (isRecurring({ in7Days, in30Days })) return { kind: 'new', title: incident.title, in7Days, in30Days }

  const ofService = open.filter(({ service }) => service !== null && service === incident.service)
  return ofService.length === 1 && ofService[0] ? { kind: 'of its service', problem: ofService[0] } : null
}
