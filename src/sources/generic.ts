import { inWords } from './kinds/faults.ts'
import { type Made, readByRules } from './mapping/reading.ts'
import type { Rule } from './mapping/rules.ts'
import { jsonIn, type Source, UnreadableDelivery } from './source.ts'

/** Any tool that delivers JSON, read by a mapping that is kept with the source and written at /sources/:name/mapping. */
export const generic = { adapter: 'generic', title: 'Anything else, by a mapping', class: 'automated' } as const

/** The reader that a mapping amounts to. `zone` is that of its local times. */
export function genericSource({ rules, zone }: { rules: readonly Rule[] | undefined; zone: string }): Source {
  return {
    ...generic,
    read(delivery) {
      if (rules === undefined)
        throw new UnreadableDelivery(
          `no mapping is kept for ${delivery.source}: write one at its page against this very delivery, then replay`,
        )
      const made = readByRules(rules, jsonIn(delivery), { ...delivery, zone })
      const faulty = made.find(({ faults }) => faults.length > 0)
      if (faulty) throw new UnreadableDelivery(faultWords(faulty))
      return made.flatMap(({ facts }) => facts)
    },
  }
}

function faultWords({ rule, faults }: Made): string {
  return `rule ${rule + 1} of its mapping: ${faults.map(inWords).join(' | ')}`
}
