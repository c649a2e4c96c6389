/** The fault struck on `struck` of `observed` days before the fix; `quiet` exposed days have passed since without it. */
export interface Watch {
  struck: number
  observed: number
  quiet: number
}

/** Chances are 0..1, days whole. */
export interface FixConfidence {
  luck: number // that the quiet is luck, if the fault struck on exactly struck/observed of days
  cautiousLuck: number // the same, allowing for how few days were observed
  daysNeeded: number // quiet days until luck is at most 5 %
  cautiousDaysNeeded: number
  daysLeft: number // of daysNeeded
}

/**
 * The coin toss (S20): a fault of p = struck/observed stays away `quiet` days by luck alone with (1 - p) ** quiet. The
 * cautious figure is the predictive value B(k + .5, N - k + .5 + n) / B(k + .5, N - k + .5) of Jeffreys' prior.
 * null = it cannot be told: no day was observed, or it never struck.
 */
export function fixConfidence(watch: Watch): FixConfidence | null {
  if (!isTold(watch)) return null

  const daysNeeded = daysUntilSure((days) => luckOf(watch, days))
  return {
    luck: luckOf(watch, watch.quiet),
    cautiousLuck: cautiousLuckOf(watch, watch.quiet),
    daysNeeded,
    cautiousDaysNeeded: daysUntilSure((days) => cautiousLuckOf(watch, days)),
    daysLeft: Math.max(0, daysNeeded - watch.quiet),
  }
}

/** Days that count: the service had its normal traffic and its detector was alive. A blind day proves nothing (S20). */
export function exposedDays(days: readonly { hadTraffic: boolean | null; wasWatched: boolean | null }[]): number {
  return days.filter(({ hadTraffic, wasWatched }) => hadTraffic && wasWatched).length
}

function isTold({ struck, observed, quiet }: Watch): boolean {
  const areDays = [struck, observed, quiet].every((days) => Number.isSafeInteger(days) && days >= 0)
  return areDays && struck > 0 && struck <= observed
}

function luckOf({ struck, observed }: Watch, days: number): number {
  return (1 - struck / observed) ** days
}

function cautiousLuckOf({ struck, observed }: Watch, days: number): number {
  const [a, b] = [struck + 0.5, observed - struck + 0.5]
  return Math.exp(logBeta(a, b + days) - logBeta(a, b))
}

/** The first day on which luck is at most 5 %, sought by doubling until it is and then halving the gap. */
function daysUntilSure(luckAfter: (days: number) => number, unsure = 0, sure = 1): number {
  if (luckAfter(sure) > 0.05) return daysUntilSure(luckAfter, sure, sure * 2)
  if (sure - unsure === 1) return sure
  const middle = Math.floor((unsure + sure) / 2)
  return luckAfter(middle) > 0.05 ? daysUntilSure(luckAfter, middle, sure) : daysUntilSure(luckAfter, unsure, middle)
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

/** Stirling's series, shifted to where it is exact to 12 digits. */
function logGamma(x: number): number {
  const y = x + 10
  const series =
    (y - 0.5) * Math.log(y) - y + Math.log(2 * Math.PI) / 2 + 1 / (12 * y) - 1 / (360 * y ** 3) + 1 / (1260 * y ** 5)
  return series - Array.from({ length: 10 }, (_, step) => Math.log(x + step)).reduce((sum, log) => sum + log, 0)
}
