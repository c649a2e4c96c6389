import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { day, name, quantity, zone } from './columns.ts'

/**
 * Minutes or events of one day. `total` is what should have been good; more good than that is a mistake. p50 and p95: ms in
 * which half, and nineteen of twenty, of the answers came.
 */
export const serviceLevelRow = z
  .strictObject({
    service: name(),
    indicator: name(),
    day: day(),
    good: quantity(),
    total: quantity(),
    unknown: quantity().nullish(),
    p50: quantity().nullish(),
    p95: quantity().nullish(),
    zone: zone().nullish(),
  })
  .check(atMost('good', 'total'), atMost('p50', 'p95'))

type Amounts = Partial<Record<'good' | 'total' | 'p50' | 'p95', number | null | undefined>>

/** Refuses a row in which the one exceeds the other, where both are told. */
function atMost(less: keyof Amounts, more: keyof Amounts) {
  return (context: z.core.ParsePayload<Amounts>) => {
    const [input, limit] = [context.value[less], context.value[more]]
    if (typeof input !== 'number' || typeof limit !== 'number' || input <= limit) return
    const params = { mend: `let ${less} be ${more} or less` }
    context.issues.push({ code: 'custom', path: [less], message: `${input} exceeds ${more} ${limit}`, params, input })
  }
}

export function serviceLevelFacts(row: z.output<typeof serviceLevelRow>, ours: { zone: string }): Fact[] {
  return [{ kind: 'service-level', ...row, unknown: row.unknown ?? 0, zone: row.zone ?? ours.zone }]
}
