import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { day, name, quantity, zone } from './columns.ts'

/** Minutes or events of one day. `total` is what should have been good; more good than that is a mistake. */
export const serviceLevelRow = z
  .strictObject({
    service: name(),
    indicator: name(),
    day: day(),
    good: quantity(),
    total: quantity(),
    unknown: quantity().nullish(),
    zone: zone().nullish(),
  })
  .check((context) => {
    const { good, total } = context.value
    if (good <= total) return
    const params = { mend: 'let good be total or less' }
    context.issues.push({
      code: 'custom',
      path: ['good'],
      message: `${good} exceeds total ${total}`,
      params,
      input: good,
    })
  })

export function serviceLevelFacts(row: z.output<typeof serviceLevelRow>, ours: { zone: string }): Fact[] {
  return [{ kind: 'service-level', ...row, unknown: row.unknown ?? 0, zone: row.zone ?? ours.zone }]
}
