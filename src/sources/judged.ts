import { groupBy } from '../record/telling.ts'
import { checkCells, type Reading } from './cells.ts'
import type { ColumnMap } from './column-map.ts'
import { inWords } from './kinds/faults.ts'
import type { Snapshot } from './kinds/incidents.ts'
import type { KindName } from './kinds.ts'
import type { CheckedRow } from './rows.ts'
import type { RefusedRow } from './sheets/refused.ts'
import { readSheet, type SheetRow } from './spreadsheet.ts'

export interface SoundRow {
  line: number
  cells: SheetRow['cells']
  checked: CheckedRow
}
export type JudgedRow = RefusedRow | SoundRow

/** The file's rows, judged, about `size` at a time. Snapshots come by incident and instant, those of one incident together. */
export async function* portionsOf(
  { kind, file }: { kind: KindName; file: string },
  { map, reading, size }: { map: ColumnMap; reading: Reading; size: number },
): AsyncGenerator<JudgedRow[]> {
  const bySubject = kind === 'incident-snapshots'
  const waiting: JudgedRow[] = []
  for await (const row of readSheet(file)) {
    waiting.push(judge(row, kind, { map, reading }))
    if (!bySubject && waiting.length >= size) yield waiting.splice(0)
  }
  if (bySubject) yield* inSubjects(waiting, size)
  else if (waiting.length > 0) yield waiting
}

function judge(
  { line, cells, fault }: SheetRow,
  kind: KindName,
  { map, reading }: { map: ColumnMap; reading: Reading },
): JudgedRow {
  if (fault !== undefined) return { line, cells, reason: fault }

  const { cells: ours, faults } = map.translate(cells, reading.zone)
  const checked = checkCells(kind, ours, reading)
  if (faults.length === 0 && !('faults' in checked)) return { line, cells, checked }

  const named = new Set(faults.map(({ column }) => column))
  const more = 'faults' in checked ? checked.faults.filter(({ column }) => !named.has(column)) : []
  return { line, cells, reason: [...faults, ...more].map(inWords).join(' | ') }
}

function* inSubjects(rows: JudgedRow[], size: number): Generator<JudgedRow[]> {
  const subjects = groupBy(rows, subjectOf)
  const portion: JudgedRow[] = []
  for (const [, lives] of subjects) {
    portion.push(...lives.sort((a, b) => instantOf(a) - instantOf(b)))
    if (portion.length >= size) yield portion.splice(0)
  }
  if (portion.length > 0) yield portion
}

function subjectOf(row: JudgedRow): string {
  return 'checked' in row ? asSnapshot(row).incident : ''
}

function instantOf(row: JudgedRow): number {
  return 'checked' in row ? asSnapshot(row).at.getTime() : row.line
}

// Its kind's schema has judged it.
function asSnapshot({ checked }: SoundRow): Snapshot {
  return checked.row as Snapshot
}
