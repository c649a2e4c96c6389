import type { Row } from '../../record/rows.ts'
import type { KindName } from '../kinds.ts'
import { kinds } from '../kinds.ts'
import { csvLine } from './formulas.ts'

export const formats = ['csv', 'jsonl'] as const
export type Format = (typeof formats)[number]

/** The line that names the columns; JSON lines need none. */
export function headerOf(name: KindName, format: Format): string[] {
  return format === 'csv' ? [kinds[name].columns.map((column) => column.name).join(',')] : []
}

/** A stored row as a line that `import` reads as the same row. */
export function written(row: Row, name: KindName, format: Format): string {
  const cells = kinds[name].columns.map((column) => {
    const cell = readable(row[column.name], column.name)
    return [column.name, column.required ? (cell ?? row.id ?? '?') : cell] as const // a title of blanks is none
  })
  if (format === 'csv') return csvLine(cells.map(([, cell]) => (cell === null ? '' : String(cell))))
  return JSON.stringify(Object.fromEntries(cells.filter(([, cell]) => cell !== null)))
}

// What a tool once said may hold what an import refuses: control characters, blanks at the ends, a link no browser may follow.
function readable(cell: Row[string] | undefined, column: string): string | number | boolean | null {
  if (typeof cell !== 'string') return cell ?? null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = cell.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim()
  return clean === '' || (column === 'url' && !/^https?:\/\/\S+$/i.test(clean)) ? null : clean
}
