import { dayOf, parseInstant, parsePattern } from '../../calendar.ts'

const epochs: Record<string, { pattern: RegExp; unitMs: number }> = {
  'epoch s': { pattern: /^\d{9,11}(?:\.\d+)?$/, unitMs: 1_000 },
  'epoch ms': { pattern: /^\d{12,14}(?:\.\d+)?$/, unitMs: 1 },
}

/** What is wrong with a word under `dates`: undefined for ISO, epoch s, epoch ms and a pattern that reads a date. */
export function datesFault(pattern: string, check: (pattern: string) => void): string | undefined {
  if (pattern === 'ISO' || pattern in epochs) return undefined
  try {
    check(pattern)
    return undefined
  } catch (error) {
    return `${error instanceof Error ? error.message : error}, ISO, epoch s or epoch ms`
  }
}

/** Their date as an ISO instant, or as a day. The patterns are tried in order. */
export function readDate(
  text: string,
  patterns: readonly string[],
  wanted: { zone: string | undefined; day: boolean },
): string | { fault: string; mend: string } {
  const faults: string[] = []
  for (const pattern of patterns) {
    try {
      const read = asRead(text, pattern, wanted)
      return wanted.day ? dayOf(read, wanted.zone ?? 'UTC') : read.toISOString()
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error))
    }
  }
  const [fault = ''] = faults
  if (patterns.length === 1) return { fault: fault.split('; ')[0] ?? fault, mend: mendOf(fault) }
  return {
    fault: `${JSON.stringify(text)} follows none of the patterns ${patterns.join(', ')}`,
    mend: 'add its pattern to the map',
  }
}

function mendOf(fault: string): string {
  return fault.split('; ')[1] ?? 'mend the cell, or name its pattern in the map'
}

function asRead(text: string, pattern: string, { zone, day }: { zone: string | undefined; day: boolean }): Date {
  const epoch = epochs[pattern]
  const local = day ? (zone ?? 'UTC') : zone
  if (epoch) return asEpoch(text, pattern, epoch)
  if (pattern === 'ISO') return parseInstant(text, local)
  if (local === undefined && !pattern.includes('XXX'))
    throw new Error(`${JSON.stringify(text)} has no offset; give --zone, or name a zone in the map`)
  return parsePattern(text, pattern, local ?? 'UTC')
}

function asEpoch(text: string, name: string, { pattern, unitMs }: { pattern: RegExp; unitMs: number }): Date {
  if (!pattern.test(text)) throw new Error(`${JSON.stringify(text)} is not ${name}`)
  return new Date(Math.round(Number(text) * unitMs))
}
