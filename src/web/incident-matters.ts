import { incidentStateWord, severityWord } from '../../views/names.ts'
import { dateTimeWords } from '../calendar.ts'
import type { Verdict } from '../measures/suspect-rate.ts'
import type { Decision, IncidentState, Severity } from '../record/schema.ts'
import type { Change, Incident } from '../record/shapes.ts'
import type { Matter } from './overtaken.tsx'

// What two people may decide differently of one incident. What stands was stored as one of its kind.

export function severityMatter({ title, severity }: Incident, wanted: Severity): Matter {
  const told = (value: string) => severityWord((value || null) as Severity | null)
  return { field: 'severity', what: `the severity of “${title}”`, stands: severity, wanted, told }
}

export function stateMatter({ title, state }: Incident, wanted: IncidentState): Matter {
  const told = (value: string) => incidentStateWord(value as IncidentState)
  return { field: 'state', what: `the state of “${title}”`, stands: state, wanted, told }
}

export function decisionMatter({ title, postmortem }: Incident, wanted: Decision): Matter {
  const told = (value: string) => value || 'to decide'
  return { field: 'decision', what: `the postmortem of “${title}”`, stands: postmortem, wanted, told }
}

export function sessionMatter({ title, postmortemFor }: Incident, wanted: Date, zone: string): Matter {
  const told = (value: string) => (value === '' ? 'no date' : dateTimeWords(new Date(value), zone))
  const what = `the session on “${title}”`
  return { field: 'for', what, stands: postmortemFor?.toISOString() ?? null, wanted: wanted.toISOString(), told }
}

/** wanted: a change's id, or none. */
export function causeMatter(
  { title }: Incident,
  verdict: Verdict | undefined,
  { wanted, changes }: { wanted: string; changes: Change[] },
): Matter {
  const told = (value: string) => {
    if (value === '') return 'not found yet'
    return value === 'none' ? 'none of the changes' : (changes.find(({ id }) => id === value)?.what ?? value)
  }
  const stands = verdict ? (verdict.causeId ?? 'none') : null
  return { field: 'cause', what: `the cause of “${title}”`, stands, wanted, told }
}
