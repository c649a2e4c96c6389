import { z } from 'zod'
import { exposureEventKinds, type Fact } from '../../record/fact.ts'
import { siteStates } from '../../record/schema.ts'
import { instant, name, quantity, quoted, readInstant, said, text, word } from './columns.ts'

export const siteRow = z.strictObject({
  service: name(),
  site: name(),
  at: instant(),
  state: word(siteStates),
  capacityPercent: quantity(0, 10_000).nullish(),
  by: name().nullish(),
})

export function siteFacts({ capacityPercent = null, by, ...row }: z.output<typeof siteRow>): Fact[] {
  return [{ kind: 'site', ...row, capacityPercent, ...(by ? { by } : {}) }]
}

/** Ours: what was decided while one datacenter carried a service alone. `value` of eta is an instant. */
export const exposureEventRow = z
  .strictObject({
    service: name(),
    at: instant(),
    kind: word(exposureEventKinds),
    value: text(100_000).nullish(),
    by: name().nullish(),
    why: text(100_000).nullish(),
  })
  .check((context) => {
    const { kind, value } = context.value
    const read = kind === 'eta' && value ? readInstant(value) : new Date(0)
    if (read instanceof Date) return
    const message = `${quoted(value)} is no instant, and eta needs one`
    context.issues.push({ code: 'custom', path: ['value'], input: value, message, params: { mend: read.mend } })
  })

export function exposureEventFacts({ service, kind, at, ...rest }: z.output<typeof exposureEventRow>): Fact[] {
  const words = said({ value: rest.value ?? undefined, by: rest.by ?? undefined, why: rest.why ?? undefined })
  return [{ kind: 'exposure-event', service, at, event: kind, ...words }]
}
