import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { count, name, quantity, quoted, text, word } from './columns.ts'

const need = /^([^\s:]+)(?::([^\s:]+))?$/

/**
 * Ours: what the room expects of a service. `needs` is 'search payments:pair db': members of a group stand in for each other.
 * `objectives` is 'latency=99 checkout%20ok=99.9': percent of the indicators that have their own.
 */
export const serviceRow = z
  .strictObject({
    service: name(),
    tier: word(['experiment', 'standard', 'critical']).nullish(),
    objective: quantity(0, 100).nullish(),
    sitesRequired: count(1, 100).nullish(),
    team: name().nullish(),
    needs: text(100_000).nullish(),
    objectives: text(100_000).nullish(),
  })
  .check((context) => {
    const stray = wordsOf(context.value.needs).find((word) => !need.test(word))
    const unfit = wordsOf(context.value.objectives).find((word) => !isObjective(word))
    if (stray !== undefined) {
      const params = { mend: 'write names parted by spaces, each with or without :group, as in search payments:pair' }
      const message = `${quoted(stray)} is not a need`
      context.issues.push({ code: 'custom', path: ['needs'], message, params, input: stray })
    }
    if (unfit !== undefined) {
      const params = {
        mend: 'write indicators with a percentage, parted by spaces, as in latency=99 availability=99.9',
      }
      const message = `${quoted(unfit)} is not an objective`
      context.issues.push({ code: 'custom', path: ['objectives'], message, params, input: unfit })
    }
  })

export function serviceFacts(row: z.output<typeof serviceRow>): Fact[] {
  const { service: id, tier = null, objective = null, sitesRequired = null, team = null } = row
  const needs = row.needs === undefined ? null : wordsOf(row.needs).map(asNeed)
  const objectives = Object.fromEntries(wordsOf(row.objectives).map(asObjective))
  return [{ kind: 'service', id, tier, objective, sitesRequired, team, needs, objectives }]
}

function wordsOf(needs: string | null | undefined): string[] {
  return needs?.split(/\s+/).filter((word) => word !== '') ?? []
}

function isObjective(word: string): boolean {
  const [indicator, percent] = asObjective(word)
  return indicator !== '' && percent > 0 && percent <= 100
}

function asObjective(word: string): [string, number] {
  const [, indicator = '', percent = ''] = /^([^\s=]+)=(\d{1,3}(?:\.\d{1,9})?)%?$/.exec(word) ?? []
  return [unescaped(indicator), Number(percent || Number.NaN)]
}

function asNeed(word: string): { needs: string; group: string } {
  const [, needs = word, group = ''] = need.exec(word) ?? []
  return { needs: unescaped(needs), group: unescaped(group) }
}

/** A name may hold blanks and colons, written as in an address: Card%20payments. */
function unescaped(name: string): string {
  return name.replace(/%(?:[0-7][0-9A-F])/gi, decodeURIComponent)
}
