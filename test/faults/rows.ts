import { backupRows } from './backup-rows.ts'
import { bareRows } from './bare-rows.ts'
import { loadRows } from './load-rows.ts'
import { recordRows } from './record-rows.ts'
import { serverRows } from './server-rows.ts'
import { slotRows } from './slot-rows.ts'
import type { Row } from './table.ts'

/** Everything that is tried, in the order of its numbers. */
export const rows: readonly Row[] = [
  ...recordRows,
  ...backupRows,
  ...serverRows,
  ...slotRows,
  ...bareRows,
  ...loadRows,
].toSorted((a, b) => keyOf(a.id).localeCompare(keyOf(b.id)))

function keyOf(id: string): string {
  return id.replace(/\d+/, (number) => number.padStart(2, '0'))
}
