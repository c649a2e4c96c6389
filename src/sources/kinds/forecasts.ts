import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { inOrder, instant, name, text } from './columns.ts'

const forecastColumns = z.strictObject({
  id: name(),
  madeAt: instant(),
  service: name(),
  what: text(),
  dueAt: instant(),
  confidence: name().nullish(),
})
export const forecastRow = forecastColumns.check(inOrder<z.output<typeof forecastColumns>>('madeAt', 'dueAt'))

export function forecastFacts({ confidence = null, ...row }: z.output<typeof forecastRow>): Fact[] {
  return [{ kind: 'forecast', ...row, confidence }]
}
