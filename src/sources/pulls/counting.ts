/** What a range query answered: at each instant (in seconds) the values of all its series; NaN is no value. */
export type Series = ReadonlyMap<number, readonly number[]>

export interface Counted {
  good: number
  total: number // what was seen: good and bad
  unknown: number
}
export interface Span {
  from: Date
  to: Date
  stepSeconds: number
}

/**
 * Minutes that were good, and minutes that were seen at all. The minute that ends at t is judged by the values at t: good when
 * all of them are above zero. One in which nothing was scraped is unknown, whatever Prometheus still remembers; so is one
 * without a value, unless the query leaves out what is bad.
 */
export function countMinutes(
  values: Series,
  seen: Series,
  { from, to, stepSeconds, missingIsBad }: Span & { missingIsBad: boolean },
): Counted {
  const counted = { good: 0, total: 0, unknown: 0 }
  const minutes = stepSeconds / 60
  for (const end of endsOf({ from, to, stepSeconds })) {
    const here = values.get(end) ?? []
    const isSeen = (seen.get(end) ?? []).some((count) => count > 0)
    if (!isSeen || (here.length === 0 && !missingIsBad)) counted.unknown += minutes
    else {
      counted.total += minutes
      if (here.length > 0 && here.every((value) => value > 0)) counted.good += minutes
    }
  }
  return counted
}

/**
 * Events that were good, of all. `unknown`: how many there would have been in the steps in which nothing was scraped, at the
 * mean of the steps that were seen; none seen = none known.
 */
export function countEvents({ good, total }: { good: Series; total: Series }, seen: Series, span: Span): Counted {
  const ends = endsOf(span)
  const steps = ends.filter((end) => (seen.get(end) ?? []).some((count) => count > 0))
  const sum = (series: Series) =>
    steps.reduce((whole, end) => whole + (series.get(end) ?? []).reduce((a, b) => a + b, 0), 0)
  const all = rounded(sum(total))
  const unseen = ends.length - steps.length
  return {
    good: Math.min(all, Math.max(0, rounded(sum(good)))),
    total: all,
    unknown: steps.length === 0 ? 0 : rounded((all / steps.length) * unseen),
  }
}

export function endsOf({ from, to, stepSeconds }: Span): number[] {
  const first = Math.floor(from.getTime() / 1000)
  const steps = Math.floor((to.getTime() / 1000 - first) / stepSeconds)
  return Array.from({ length: steps }, (_, step) => first + (step + 1) * stepSeconds)
}

// Prometheus extrapolates increases: a thousandth of an event is none.
function rounded(events: number): number {
  return Math.round(events * 1000) / 1000
}
