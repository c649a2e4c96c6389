import { quoted, readInstant } from './kinds/columns.ts'
import type { Fault } from './kinds/faults.ts'
import type { KindName } from './kinds.ts'
import { type Checked, type Column, checkRow, kinds } from './kinds.ts'

export type Cells = Readonly<Record<string, string>>
/** `zone`: where local times are from, if that was told. `home`: whose days service levels count where no zone is told. */
export interface Reading {
  zone?: string
  home: string
}

/** Judges a row of a sheet: its text becomes JSON values (an empty cell says nothing), then the kind's own schema judges. */
export function checkCells(name: KindName, cells: Cells, reading: Reading): Checked {
  const values: Record<string, unknown> = {}
  const faults: Fault[] = []
  for (const column of kinds[name].columns) {
    const cell = cells[column.name]?.trim()
    if (cell === undefined || cell === '') {
      if (cell === '' && speaksByItsGaps(name, column)) values[column.name] = null
      continue
    }
    const read = fromText(cell, column, reading)
    if ('fault' in read) faults.push({ column: column.name, ...read })
    else values[column.name] = read.value
  }
  const checked = checkRow(name, values, { zone: reading.zone ?? reading.home })
  if (faults.length === 0) return checked
  return { faults: [...faults, ...othersOf(checked, new Set(faults.map(({ column }) => column)))] }
}

// A snapshot tells how an incident stood, so a column that is there and empty is news: nobody owns it, it is not resolved.
function speaksByItsGaps(name: KindName, { required }: Column): boolean {
  return name === 'incident-snapshots' && !required
}

function othersOf(checked: Checked, named: ReadonlySet<string>): Fault[] {
  return 'faults' in checked ? checked.faults.filter(({ column }) => !named.has(column)) : []
}

type Read = { value: unknown } | { fault: string; mend: string }

function fromText(cell: string, column: Column, { zone }: Reading): Read {
  switch (column.as) {
    case 'instant':
      return asInstant(cell, zone)
    case 'number':
      return asNumber(cell, column)
    case 'truth':
      return asTruth(cell)
    case 'word':
      return { value: wordLike(cell, column.words) }
    case 'day':
    case 'text':
      return { value: cell }
  }
}

function asInstant(cell: string, zone: string | undefined): Read {
  const read = readInstant(cell, zone)
  if (read instanceof Date) return { value: read.toISOString() }
  return { fault: read.fault, mend: zone === undefined ? `${read.mend} or give --zone` : read.mend }
}

function asNumber(cell: string, { name }: Column): Read {
  const digits = /percent$|^objective$/i.test(name) ? cell.replace(/\s*%$/, '') : cell
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits)
    ? { value: Number(digits) }
    : { fault: `${quoted(cell)} is not a number`, mend: 'write digits with a decimal point, as in 1250.5' }
}

const truths: Record<string, boolean> = { true: true, yes: true, '1': true, false: false, no: false, '0': false }

function asTruth(cell: string): Read {
  const value = truths[cell.toLowerCase()]
  return value === undefined ? { fault: `${quoted(cell)} is not a truth`, mend: 'write true or false' } : { value }
}

/** SEV1 is sev1 and 'Known error' is known-error: form is forgiven, meaning is not. */
function wordLike(cell: string, words: readonly string[]): string {
  return words.find((word) => bare(word) === bare(cell)) ?? cell
}

/** A name without its case, gaps and signs: started_at, Started At and startedAt are one. */
export function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
