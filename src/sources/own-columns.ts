import { bare, type Cells } from './cells.ts'
import type { ColumnMap } from './column-map.ts'
import { type KindName, kinds } from './kinds.ts'
import { SheetError } from './sheets/fault.ts'

/**
 * A file that speaks our columns, whatever their case, gaps and signs; what it has besides is left out.
 * Throws a SheetError when a required column is missing, or two of theirs claim one of ours.
 */
export function ownColumns(name: KindName, theirs: readonly string[]): ColumnMap & { ignored: string[] } {
  const ours = new Map(kinds[name].columns.map((column) => [bare(column.name), column.name]))
  const pairs = theirs.flatMap((their) => {
    const our = ours.get(bare(their))
    return our === undefined ? [] : [{ their, our }]
  })
  const rival = pairs.find(({ our }, place) => pairs.findIndex((pair) => pair.our === our) !== place)
  if (rival) throw new SheetError(`${JSON.stringify(rival.their)} is ${rival.our} once more: which of them counts?`)
  const missing = kinds[name].columns.filter(({ name, required }) => required && !pairs.some(({ our }) => our === name))
  if (missing.length > 0)
    throw lacking(
      missing.map(({ name }) => name),
      name,
      theirs,
    )

  return {
    zone: undefined,
    ignored: theirs.filter((their) => !ours.has(bare(their)) && !written.has(their)),
    translate: (row) => ({ cells: asOurs(row, pairs), faults: [] }),
  }
}

// What stands in a file of refused rows beside its own columns: why, and the text of what was no row at all.
const written = new Set(['reason', 'json'])

function asOurs(row: Cells, pairs: readonly { their: string; our: string }[]): Cells {
  const cells: Record<string, string> = {}
  for (const { their, our } of pairs) cells[our] = row[their] ?? ''
  return cells
}

function lacking(missing: readonly string[], name: KindName, theirs: readonly string[]): SheetError {
  const found = theirs.map((their) => JSON.stringify(their.slice(0, 40))).join(', ')
  return new SheetError(
    `the file has no ${missing.join(', no ')}, which every row of ${name} needs; its first line names ${found}. ` +
      'Let the first line name the columns, or say with --map which of theirs is which',
  )
}
