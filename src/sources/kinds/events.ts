import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { inOrder, instant, name, quantity, text } from './columns.ts'

const eventColumns = z.strictObject({
  id: name(),
  title: text(),
  from: instant(),
  to: instant(),
  service: name().nullish(),
  peakPercent: quantity(0, 100_000).nullish(),
  valuePerMinute: quantity().nullish(),
  currency: name().nullish(),
})
export const eventRow = eventColumns.check(inOrder<z.output<typeof eventColumns>>('from', 'to'))

export function eventFacts(row: z.output<typeof eventRow>): Fact[] {
  const { service = null, peakPercent = null, valuePerMinute = null, currency = null, ...rest } = row
  return [{ kind: 'planned-event', ...rest, service, peakPercent, valuePerMinute, currency }]
}
