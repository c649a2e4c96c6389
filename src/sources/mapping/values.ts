import { parseInstant } from '../../calendar.ts'

// How tools write that there is none.
const none = new Set(['', '-', '--', '?', 'null', 'none', 'n/a', 'unassigned', 'undefined'])

/** What an expression found, as the text of a cell; undefined = nothing said. Of a list its texts, with commas between. */
export function asCell(found: unknown): string | undefined {
  if (found === null || found === undefined) return undefined
  if (typeof found === 'string') return none.has(found.trim().toLowerCase()) ? undefined : found.trim()
  if (typeof found === 'number' || typeof found === 'boolean') return String(found)
  if (Array.isArray(found)) {
    const cells = found.map(asCell).filter((cell) => cell !== undefined)
    return cells.length === 0 ? undefined : [...new Set(cells)].join(', ')
  }
  return JSON.stringify(found)
}

/** What an expression found, as one or several values. */
export function asList(found: unknown): unknown[] {
  if (found === null || found === undefined) return []
  return Array.isArray(found) ? found : [found]
}

/** As JMESPath has it: null, false, '', [] and {} are not true; 0 is. */
export function isTrue(found: unknown): boolean {
  if (found === null || found === undefined || found === false || found === '') return false
  return typeof found !== 'object' || Object.keys(found).length > 0
}

/**
 * The instants of other people: seconds, milliseconds, micro- or nanoseconds since 1970, ISO 8601 with or without offset,
 * '2023-07-25 13:34:49 UTC', 'Tue, 25 Jul 2023 13:34:49 GMT'. A local time is one of `zone`. undefined = not an instant;
 * the year 1, which stands for never, is none.
 */
export function instantIn(text: string, zone: string): Date | undefined {
  if (/^\d{9,19}(?:\.\d+)?$/.test(text)) return withinReason(new Date(millisecondsIn(text)))
  const said = /^\w{3}, \d\d? \w{3} \d{4} [\d:]{8} (?:GMT|UTC)$/.test(text)
    ? new Date(text).toISOString()
    : text.replace(/ (?:UTC|GMT)$/, 'Z').replace(/ (?=[+-]\d\d:?\d\d$)/, '')
  try {
    return withinReason(parseInstant(said, zone))
  } catch {
    return undefined
  }
}

function millisecondsIn(text: string): number {
  const digits = text.split('.', 1).join('').length
  const number = Number(text)
  if (digits <= 11) return number * 1_000
  return digits <= 14 ? number : digits <= 17 ? number / 1_000 : number / 1_000_000
}

function withinReason(at: Date): Date | undefined {
  const year = at.getUTCFullYear()
  return year >= 1971 && year <= 2200 ? new Date(Math.trunc(at.getTime())) : undefined
}
