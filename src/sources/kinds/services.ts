import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { count, name, quantity, quoted, text, word } from './columns.ts'

const need = /^([^\s:]+)(?::([^\s:]+))?$/

/** Ours: what the room expects of a service. `needs` is 'search payments:pair db': members of a group stand in for each other. */
export const serviceRow = z
  .strictObject({
    service: name(),
    tier: word(['experiment', 'standard', 'critical']).nullish(),
    objective: quantity(0, 100).nullish(),
    sitesRequired: count(1, 100).nullish(),
    team: name().nullish(),
    needs: text(100_000).nullish(),
  })
  .check((context) => {
    const stray = wordsOf(context.value.needs).find((word) => !need.test(word))
    if (stray === undefined) return
    const params = { mend: 'write names parted by spaces, each with or without :group, as in search payments:pair' }
    const message = `${quoted(stray)} is not a need`
    context.issues.push({ code: 'custom', path: ['needs'], message, params, input: stray })
  })

export function serviceFacts(row: z.output<typeof serviceRow>): Fact[] {
  const { service: id, tier = null, objective = null, sitesRequired = null, team = null } = row
  const needs = row.needs === undefined ? null : wordsOf(row.needs).map(asNeed)
  return [{ kind: 'service', id, tier, objective, sitesRequired, team, needs }]
}

function wordsOf(needs: string | null | undefined): string[] {
  return needs?.split(/\s+/).filter((word) => word !== '') ?? []
}

function asNeed(word: string): { needs: string; group: string } {
  const [, needs = word, group = ''] = need.exec(word) ?? []
  return { needs: unescaped(needs), group: unescaped(group) }
}

/** A name may hold blanks and colons, written as in an address: Card%20payments. */
function unescaped(name: string): string {
  return name.replace(/%(?:[0-7][0-9A-F])/gi, decodeURIComponent)
}
