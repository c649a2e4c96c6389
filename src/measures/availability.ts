import type { Service } from '../record/shapes.ts'

/** All of them are required: availabilities multiply. Two of .99 make .9801 (S19). null = one is unknown. */
export function chain(availabilities: readonly (number | null)[]): number | null {
  return availabilities.reduce(
    (whole, one) => (whole === null || one === null ? null : whole * one),
    1 as number | null,
  )
}

/** Any one of them will do: only all failing at once is an outage, 1 - product(1 - a). Two of .99 make .9999 (S19). */
export function redundant(availabilities: readonly (number | null)[]): number | null {
  const allDown = chain(availabilities.map((one) => (one === null ? null : 1 - one)))
  return allDown === null ? null : 1 - allDown
}

/** Minutes of a span in which an availability lets us expect to be down: 38.2 h at .99 is 22.9, at .9999 it is 0.23 (S19). */
export function expectedDownMinutes(availability: number | null, spanMinutes: number): number | null {
  return availability === null ? null : (1 - availability) * spanMinutes
}

interface Known {
  services: readonly Service[]
  availabilities: ReadonlyMap<string, number | null> // 0..1, each part's own
  lost?: ReadonlySet<string> // members of a group that cannot carry now: while alone, a pair counts as its survivor
}

/**
 * What a service can be expected to reach by what it needs: its own availability and that of every absolute need, near or
 * far, each once; of a group, the redundant figure. Members of a group are taken to fail independently of each other. A
 * service with needs but no figure of its own is as good as they are; one with neither makes the answer unknown.
 */
export function ofService(id: string, known: Known): number | null {
  return within(id, known, new Set())
}

function within(id: string, known: Known, counted: ReadonlySet<string>): number | null {
  const { always, groups } = requiredBy(id, known.services, counted)
  const owns = [...always].map((part) => ownOf(part, known))
  const seen = new Set([...counted, ...always])
  const shared = groups.map((members) =>
    redundant(survivors(members, known).map((member) => within(member, known, seen))),
  )
  return chain([...owns, ...shared])
}

/** Everything without which it cannot work, itself included, and the groups of which one member will do. */
function requiredBy(id: string, services: readonly Service[], counted: ReadonlySet<string>) {
  const always = new Set<string>()
  const groups: string[][] = []
  const ahead = [id]
  for (const next of ahead) {
    if (always.has(next) || counted.has(next)) continue
    always.add(next)
    const needs = services.find((service) => service.id === next)?.needs ?? []
    ahead.push(...needs.filter(({ group }) => group === '').map((need) => need.needs))
    const named = new Set(needs.flatMap(({ group }) => group || []))
    groups.push(...[...named].map((name) => needs.filter(({ group }) => group === name).map((need) => need.needs)))
  }
  return { always, groups }
}

function ownOf(id: string, { services, availabilities }: Known): number | null {
  const own = availabilities.get(id) ?? null
  const hasNeeds = (services.find((service) => service.id === id)?.needs.length ?? 0) > 0
  return own ?? (hasNeeds ? 1 : null)
}

function survivors(members: readonly string[], { lost }: Known): readonly string[] {
  return members.filter((member) => !lost?.has(member))
}
