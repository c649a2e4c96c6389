import type { Fact, IncidentTold } from '../record/fact.ts'
import type { Severity } from '../record/schema.ts'
import { longest } from './said.ts'
import { happened, incidentTold } from './tellings.ts'

/** One word of a monitor that names no episode: its alarm is on, or it is off, at an instant. */
export interface Signal {
  source: string // the source's own name: two monitors may use the same keys
  key: string // which alarm
  at: Date
  on: boolean
  since?: Date | undefined // where an end tells when it began
  // What it is called, alike whether it is on or off: so it does not matter which of them is heard first.
  told: { [Name in keyof IncidentTold]?: IncidentTold[Name] | undefined } & { title: string }
  severity?: Severity | undefined
  theirs?: string | undefined // the severity in the tool's own words
  note?: string | undefined
  by?: string | undefined
}

/** The run of an alarm that this signal would make by itself: `<source>:<key>:<instant>`. Joined on the record by runs.ts. */
export function signalFacts(signal: Signal): Fact[] {
  const { at, on, since, note, by } = signal
  const id = idAt(signal, at)
  if (on) return [...standing(signal, at), ...happened(id, 'note', at, { value: note, by })]

  const began = since && since < at ? standing({ ...signal, on: true }, since) : []
  return [...began, ...standing(signal, at), ...happened(id, 'resolved', at, { by })]
}

/** What the ids of one alarm's runs begin with. */
export function runOf(incidentId: string): string | null {
  return /^(.+:)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.exec(incidentId)?.[1] ?? null
}

function standing(signal: Signal, at: Date): Fact[] {
  const { told, severity, theirs } = signal
  const id = idAt(signal, at)
  return signal.on
    ? incidentTold({ id, at, told: { ...told, severity }, theirs: { severity: theirs } })
    : incidentTold({ id, at, told })
}

export function idAt({ source, key }: { source: string; key: string }, at: Date): string {
  const instant = at.toISOString()
  return `${`${source}:${key}`.slice(0, longest.id - instant.length - 1)}:${instant}`
}
