/** Each factor from 1 (none) to 10; null = nobody has judged it. */
export interface RiskFactors {
  severity: number | null
  probability: number | null
  inabilityToDetect: number | null
}

/** FMEA's risk priority (S21): severity x probability x inability to detect, 1 to 1000. 9 x 4 x 7 = 252. */
export function riskOf({ severity, probability, inabilityToDetect }: RiskFactors): number | null {
  const factors = [severity, probability, inabilityToDetect]
  return factors.reduce(
    (risk, factor) => (risk === null || !isFactor(factor) ? null : risk * factor),
    1 as number | null,
  )
}

/** Ties go to the more severe. What nobody judged stands last. */
export function riskiestFirst(a: RiskFactors, b: RiskFactors): number {
  return (riskOf(b) ?? 0) - (riskOf(a) ?? 0) || (b.severity ?? 0) - (a.severity ?? 0)
}

function isFactor(factor: number | null): factor is number {
  return factor !== null && factor >= 1 && factor <= 10
}
