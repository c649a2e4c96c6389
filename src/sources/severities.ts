import type { Severity } from '../record/schema.ts'
import { severityOf } from './alert-labels.ts'

/**
 * A tool's own word for how grave it is, as ours: its words as with alert labels, 'P1' and 'SEV-1' by their number (0 is 1,
 * beyond 4 is 4), '1 - Critical' too. A word nobody here knows says nothing: better no severity than a wrong one.
 */
export function severityFrom(word: string | undefined): Severity | undefined {
  const plain = word?.trim().toLowerCase() ?? ''
  const numbered = /^(?:p|pri|prio|priority|s|sev|severity)?[-_ :]*([0-9])(?:$|\s*[-–:(])/.exec(plain)?.[1]
  if (numbered !== undefined) return asSeverity(Math.min(4, Math.max(1, Number(numbered))))
  return severityOf({ severity: plain }) ?? further.get(plain)
}

const further = new Map<string, Severity>([
  ['highest', 'sev1'],
  ['immediate', 'sev1'],
  ['fatal', 'sev1'],
  ['average', 'sev3'],
  ['normal', 'sev3'],
  ['lowest', 'sev4'],
  ['trivial', 'sev4'],
  ['debug', 'sev4'],
  ['planning', 'sev4'],
])

function asSeverity(number: number): Severity | undefined {
  return (['sev1', 'sev2', 'sev3', 'sev4'] as const)[number - 1]
}
