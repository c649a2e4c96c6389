import type { z } from 'zod'
import type { Column } from '../kinds.ts'
import { quoted } from './columns.ts'

/** What is wrong with a row: the column, the fault and how to mend it. */
export interface Fault {
  column: string
  fault: string
  mend: string
}

/** 'startedAt: "13/40/2016" is not an instant; write 2016-03-07T09:00:00+01:00' */
export function inWords({ column, fault, mend }: Fault): string {
  return `${column}: ${fault}; ${mend}`
}

export function faultsOf(error: z.ZodError, given: unknown, columns: readonly Column[]): Fault[] {
  return error.issues.flatMap((issue) => asFaults(issue, given, columns))
}

function asFaults(issue: z.core.$ZodIssue, given: unknown, columns: readonly Column[]): Fault[] {
  const column = String(issue.path[0] ?? 'row')
  const isOfColumn = issue.path.length > 0 && typeof given === 'object' && given !== null
  const value = isOfColumn ? Reflect.get(given, column) : given
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => strayColumn(key, columns))
    case 'invalid_type':
      return [value === undefined || value === null ? missingColumn(column) : wrongType(column, value, issue.expected)]
    case 'invalid_value':
      return [{ column, fault: `${quoted(value)} is not known here`, mend: `write one of ${issue.values.join(', ')}` }]
    case 'too_small':
      return [outOfRange(column, value, 'least', issue)]
    case 'too_big':
      return [outOfRange(column, value, 'most', issue)]
    case 'invalid_format':
      return [{ column, fault: `${quoted(value)} holds control characters`, mend: 'take them out' }]
    case 'custom':
      return [{ column, fault: issue.message, mend: String(issue.params?.mend ?? 'mend it') }]
    default:
      return [{ column, fault: `${quoted(value)} cannot be read: ${issue.message}`, mend: 'mend it or leave it empty' }]
  }
}

export function missingColumn(column: string): Fault {
  return { column, fault: 'is missing', mend: 'write it: every row needs it' }
}

export function strayColumn(column: string, columns: readonly Column[]): Fault {
  return { column, fault: 'is not known here', mend: `the columns are ${columns.map(({ name }) => name).join(', ')}` }
}

const typeWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object of columns',
}

function wrongType(column: string, value: unknown, expected: string): Fault {
  const wanted = typeWords[expected] ?? expected
  return { column, fault: `${quoted(value)} is not ${wanted}`, mend: `write ${wanted}` }
}

function outOfRange(
  column: string,
  value: unknown,
  end: 'least' | 'most',
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
): Fault {
  const bound = 'minimum' in issue ? issue.minimum : issue.maximum
  if (typeof value === 'string' && end === 'least')
    return { column, fault: 'is empty', mend: 'write it, or leave it out where it may be unknown' }
  const unit = typeof value === 'string' ? ' characters' : ''
  const fault = typeof value === 'string' ? `has ${value.length}${unit}` : `${quoted(value)} is out of range`
  return { column, fault, mend: `at ${end} ${bound}${unit}` }
}
