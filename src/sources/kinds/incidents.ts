import { z } from 'zod'
import { type Fact, type IncidentTold, incidentEventKinds } from '../../record/fact.ts'
import { decisions, inputClasses, severities } from '../../record/schema.ts'
import { inOrder, instant, link, name, quantity, quoted, readInstant, said, severity, text, word } from './columns.ts'

const standing = {
  service: name().nullish(),
  severity: severity().nullish(),
  detectedAt: instant().nullish(),
  acknowledgedAt: instant().nullish(),
  mitigatedAt: instant().nullish(),
  resolvedAt: instant().nullish(),
  owner: name().nullish(),
  team: name().nullish(),
  site: name().nullish(),
  customerMinutes: quantity().nullish(),
  problem: name().nullish(),
  change: name().nullish(),
  url: link().nullish(),
  class: word(inputClasses).nullish(),
}

const incidentColumns = z.strictObject({ id: name(), title: text(), startedAt: instant(), ...standing })
export const incidentRow = incidentColumns.check(
  inOrder<z.output<typeof incidentColumns>>('startedAt', 'detectedAt', 'acknowledgedAt', 'mitigatedAt', 'resolvedAt'),
)
export type IncidentRow = z.output<typeof incidentRow>

/** One fact that speaks for the incident's whole life, as far as the row tells it. */
export function incidentFacts(row: IncidentRow): Fact[] {
  return [{ kind: 'incident', id: row.id, at: row.startedAt, told: toldBy(row) }]
}

export function toldBy({ id: _, owner, problem, change, ...columns }: Partial<IncidentRow>): IncidentTold {
  return said({ ...columns, ownerId: owner, problemId: problem, changeId: change })
}

/** How an incident stood at `at`. What a row leaves out is unknown, or gone, at that instant. */
const snapshotColumns = z.strictObject({
  incident: name(),
  at: instant(),
  title: text().nullish(),
  startedAt: instant().nullish(),
  ...standing,
})
export const snapshotRow = snapshotColumns.check(
  inOrder<z.output<typeof snapshotColumns>>('startedAt', 'mitigatedAt', 'resolvedAt'),
)
export type Snapshot = z.output<typeof snapshotRow>

export const incidentEventRow = z
  .strictObject({
    incident: name(),
    at: instant(),
    kind: word(incidentEventKinds),
    value: text(100_000).nullish(),
    by: name().nullish(),
    why: text(100_000).nullish(),
  })
  .check((context) => {
    const fault = valueFault(context.value.kind, context.value.value ?? '')
    if (fault) context.issues.push({ code: 'custom', path: ['value'], input: context.value.value, ...fault })
  })

export function incidentEventFacts({ incident, kind, at, ...rest }: z.output<typeof incidentEventRow>): Fact[] {
  const value = rest.value && worded.has(kind) ? rest.value.toLowerCase() : rest.value
  const words = said({ value: value ?? undefined, by: rest.by ?? undefined, why: rest.why ?? undefined })
  return [{ kind: 'incident-event', incidentId: incident, at, event: kind, ...words }]
}

const worded = new Set(['severity', 'postmortem'])

/** What is wrong with an event's value, as a zod issue's message and mend. */
function valueFault(kind: string, value: string) {
  if (kind === 'severity' && value !== '') return notAmong(severities, kind, value)
  if (kind === 'postmortem') return notAmong(decisions, kind, value)
  if (['note', 'linked-problem', 'merged-into', 'split-from', 'clock-skew', 'group-key'].includes(kind))
    return value === '' ? missing(kind) : undefined
  if (kind !== 'postmortem-scheduled' || value === '') return undefined
  const read = readInstant(value)
  return read instanceof Date ? undefined : { message: read.fault, params: { mend: read.mend } }
}

export function notAmong(words: readonly string[], kind: string, value: string) {
  if (words.includes(value.toLowerCase())) return undefined
  return { message: `${quoted(value)} is no value of ${kind}`, params: { mend: `write one of ${words.join(', ')}` } }
}

export function missing(kind: string) {
  return { message: `is empty, and ${kind} needs one`, params: { mend: 'write it' } }
}
