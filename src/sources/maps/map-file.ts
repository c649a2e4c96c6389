import { z } from 'zod'
import { isZone } from '../../calendar.ts'

const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
const conditions = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const rule = z.strictObject({
  from: names.optional(),
  always: z.string().optional(),
  values: z.record(z.string(), z.string()).optional(),
  otherwise: z.string().optional(),
  dates: names.optional(),
  unknown: names.optional(),
  where: conditions.optional(),
})
const mapFile = z.strictObject({
  about: z.string().optional(),
  kind: z.string().optional(),
  zone: z.string().refine(isZone, 'is not a time zone; write Europe/Berlin').optional(),
  dates: names.optional(),
  unknown: names.optional(),
  columns: z.record(z.string(), z.union([names, rule])),
})
export type MapFile = z.output<typeof mapFile>
export type Rule = z.output<typeof rule>

/** A map that cannot be followed: each fault begins with the key and ends with the mend. */
export class MapError extends Error {
  override name = 'MapError'
  faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

/** The map as it is written, or a MapError. */
export function parseMap(text: string): MapFile {
  const given = attempt(text)
  const checked = mapFile.safeParse(given)
  if (checked.success) return checked.data
  throw new MapError(checked.error.issues.flatMap((issue) => shapeFaults(issue)))
}

function attempt(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new MapError([`the map is not JSON: ${error instanceof Error ? error.message : error}; mend it there`])
  }
}

const keys = Object.keys(mapFile.shape).join(', ')
const ruleKeys = Object.keys(rule.shape).join(', ')

function shapeFaults(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): string[] {
  const path = [...above, ...issue.path]
  const place = path.join('.') || 'the map'
  const known = path[0] === 'columns' ? ruleKeys : keys
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${[...path, key].join('.')} is not known here; the keys are ${known}`)
  const inner = issue.code === 'invalid_union' ? issue.errors.at(-1) : undefined
  if (inner?.some((fault) => fault.code === 'unrecognized_keys' || fault.path.length > 0))
    return inner.flatMap((fault) => shapeFaults(fault, path))
  if (issue.code === 'custom') return [`${place} ${issue.message}`]
  if (path[0] === 'columns' && path.length === 2)
    return [`${place} is neither text nor a rule; write the name of their column, or an object with ${ruleKeys}`]
  return [`${place} cannot be read (${issue.message}); see the map format in the README`]
}

/** A name, a template or a list of them is a rule that says no more. */
export function asRule(said: string | string[] | Rule): Rule {
  return typeof said === 'string' || Array.isArray(said) ? { from: said } : said
}
