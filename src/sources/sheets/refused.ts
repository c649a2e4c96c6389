import { appendFile, writeFile } from 'node:fs/promises'
import type { Cells } from '../cells.ts'
import { csvLine } from './formulas.ts'

export interface RefusedRow {
  line: number
  cells: Cells
  reason: string
}

/** Writes refused rows as they stood, with the reason, so that they can be mended and imported again. */
export function keepRefused(path: string, columns: readonly string[]): (rows: readonly RefusedRow[]) => Promise<void> {
  const own = columns.filter((column) => column !== 'reason')
  const kept = { count: 0 }
  return async (rows) => {
    if (rows.length === 0) return
    const lines = rows.map(({ line, cells, reason }) => [
      ...own.map((name) => cells[name] ?? ''),
      `line ${line}: ${reason}`,
    ])
    const text = (kept.count === 0 ? [[...own, 'reason'], ...lines] : lines)
      .map((line) => `${csvLine(line)}\r\n`)
      .join('')
    await (kept.count === 0 ? writeFile(path, text) : appendFile(path, text))
    kept.count += rows.length
  }
}
