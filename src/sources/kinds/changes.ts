import { z } from 'zod'
import { changeEventKinds, type Fact } from '../../record/fact.ts'
import { instant, link, name, said, text, word } from './columns.ts'

export const changeRow = z.strictObject({
  id: name(),
  at: instant(),
  what: text(),
  service: name().nullish(),
  site: name().nullish(),
  who: name().nullish(),
  url: link().nullish(),
  kind: name().nullish(),
})

export function changeFacts(row: z.output<typeof changeRow>): Fact[] {
  const { id, at, what, service = null, site = null, who = null, url = null, kind: type = null } = row
  return [{ kind: 'change', id, at, what, service, site, who, url, type }]
}

/** Ours: what became of a change. `value` of confirmed-cause is the incident. */
export const changeEventRow = z.strictObject({
  change: name(),
  at: instant(),
  kind: word(changeEventKinds),
  value: text(100_000).nullish(),
  by: name().nullish(),
  why: text(100_000).nullish(),
})

export function changeEventFacts({ change, kind, at, ...rest }: z.output<typeof changeEventRow>): Fact[] {
  const words = said({ value: rest.value ?? undefined, by: rest.by ?? undefined, why: rest.why ?? undefined })
  return [{ kind: 'change-event', changeId: change, at, event: kind, ...words }]
}
