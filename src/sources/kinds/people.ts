import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { email, instant, name, word, zone } from './columns.ts'

export const personRow = z.strictObject({
  name: name(),
  email: email(),
  role: name().nullish(),
  function: word(['support', 'operations', 'development', 'business']).nullish(),
  zone: zone().nullish(),
  deputy: name().nullish(),
  closedAt: instant().nullish(),
})

export function personFacts({ name, email, closedAt, ...row }: z.output<typeof personRow>): Fact[] {
  const { role = null, function: part = null, zone = null, deputy = null } = row
  const left = closedAt === undefined ? {} : { closedAt }
  return [{ kind: 'person', name, email, role, function: part, zone, deputy, ...left }]
}
