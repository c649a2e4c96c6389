import { z } from 'zod'
import { kinds } from '../kinds.ts'
import { longestExpression } from './ask.ts'

/** What a mapping may make of a delivery. */
export const mappedKinds = [
  'incidents',
  'incident-events',
  'changes',
  'complaints',
  'sites',
  'service-levels',
  'problems',
  'forecasts',
] as const
export type MappedKind = (typeof mappedKinds)[number]

/**
 * What is made of a delivery, where `when` is true of it: one row of `kind` for each thing that `each` finds (empty = one for
 * the whole). Each column is a JMESPath expression, asked of that thing; the whole delivery is at hand there as `_delivery`,
 * when it came as `_receivedAt`. An expression that finds nothing leaves its column unsaid.
 */
export interface Rule {
  kind: MappedKind
  when: string
  each: string
  columns: Record<string, string>
}

const expression = z.string().trim().max(longestExpression)
const rule = z.strictObject({
  kind: z.enum(mappedKinds),
  when: expression,
  each: expression,
  columns: z.record(z.string(), expression),
})
export const rulesSchema = z.array(rule).min(1).max(12)

/** A mapping as it is kept: its rules, and where its local times are from. */
const mapping = z.strictObject({ zone: z.string(), rules: rulesSchema })
export interface Mapping {
  zone: string
  rules: Rule[]
}

/** What was kept, as far as it is one; nothing kept = no rules, which reads nothing. */
export function keptRules(kept: unknown): { rules: Rule[] | undefined; zone: string } {
  const parsed = mapping.safeParse(kept)
  return parsed.success ? parsed.data : { rules: undefined, zone: 'UTC' }
}

/** The columns a rule of this kind may fill, in the order people think of them. */
export function columnsFor(kind: MappedKind): { name: string; required: boolean; means: string }[] {
  const own = kind === 'incidents' ? incidentColumns : []
  const contract = kinds[kind].columns
    .filter(({ name }) => !notHere.has(name))
    .map(({ name, required, words }) => ({
      name,
      required,
      means: meanings[name] ?? words.join(', '),
    }))
  const asked = [...contract, ...own]
  return kind === 'incidents' ? asked.toSorted((a, b) => placeOf(a.name) - placeOf(b.name)) : asked
}

// Of an incident only: what is true of this one delivery, not of the whole life of it.
const incidentColumns = [
  { name: 'state', required: false, means: 'how it stands: open, acknowledged, mitigated, resolved; other words too' },
  { name: 'at', required: false, means: 'since when it stands so: the tool’s own “updated at”' },
  { name: 'note', required: false, means: 'what was said of it' },
  { name: 'groupKey', required: false, means: 'what the tool takes for one cause' },
]
const notHere = new Set(['class', 'change'])
const order = ['id', 'title', 'startedAt', 'state', 'at', 'service', 'severity', 'owner', 'site', 'team', 'url']
const meanings: Record<string, string> = {
  id: 'what tells it from all others; put behind the source’s name',
  title: 'what one reads first',
  startedAt: 'when it began',
  service: 'what it hurts; matched to ours at “Names”',
  severity: 'in its own words; matched to ours at “Names”',
  owner: 'who has it',
  site: 'where',
  url: 'where one reads on',
  customerMinutes: 'customers times minutes; 0 = a near miss',
  problem: 'the id of the problem behind it',
}

function placeOf(name: string): number {
  const place = order.indexOf(name)
  return place < 0 ? order.length : place
}
