/** When somebody had the part last; nobody in the list = never. */
export interface Turn {
  by: string
  at: Date
}

/** Whose turn it is (S48): who never had the part, then who had it longest ago; between equals the one whose name comes first. */
export function mostRested<One extends { id: string; name: string }>(
  people: readonly One[],
  turns: readonly Turn[],
  except: readonly (string | null)[] = [],
): One | null {
  const last = new Map<string, number>()
  for (const { by, at } of turns) last.set(by, Math.max(last.get(by) ?? 0, at.getTime()))
  const rest = ({ id }: One) => last.get(id) ?? 0
  return (
    people
      .filter(({ id }) => !except.includes(id))
      .toSorted((a, b) => rest(a) - rest(b) || (a.name < b.name ? -1 : 1))[0] ?? null
  )
}

/**
 * The weekly deep-dive (A11): any service may be drawn, and the longer one has waited the likelier it is. Its weight is the
 * weeks since its last time, one that never had its time weighs a year.
 * @param draw from 0 to below 1
 */
export function drawDeepDive(
  services: readonly string[],
  turns: readonly { service: string; at: Date }[],
  { now, draw }: { now: Date; draw: number },
): string | null {
  const weighed = services.toSorted().map((service) => ({ service, weight: weightOf(service, turns, now) }))
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const reach = { left: draw * whole }
  for (const { service, weight } of weighed) {
    if (reach.left < weight) return service
    reach.left -= weight
  }
  return weighed.at(-1)?.service ?? null
}

const aWeek = 7 * 24 * 60 * 60 * 1000

function weightOf(service: string, turns: readonly { service: string; at: Date }[], now: Date): number {
  const last = turns.filter((turn) => turn.service === service).map(({ at }) => at.getTime())
  return last.length === 0 ? 52 : Math.min(52, Math.max(0.25, (now.getTime() - Math.max(...last)) / aWeek))
}
