import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { count, instant, name, text, word } from './columns.ts'

export const complaintRow = z.strictObject({
  id: name(),
  at: instant(),
  text: text(100_000),
  service: name().nullish(),
  class: word(['customer', 'internal']).nullish(),
  incident: name().nullish(),
  count: count(1).nullish(),
  by: name().nullish(),
})

export function complaintFacts(row: z.output<typeof complaintRow>): Fact[] {
  const { id, at, text, service = null, class: from = null, incident: incidentId = null, by } = row
  const told = { id, at, text, service, class: from, incidentId, count: row.count ?? 1 }
  return [{ kind: 'complaint', ...told, ...(by ? { by } : {}) }]
}
