import type { ChangedRow } from './restoring.ts'
import type { Shift } from './telling.ts'
import { rememberedAs } from './triggers.ts'

const wasHeld = 'what a meeting left stays as it was left'
const staysWithdrawn = 'what was withdrawn from somebody stays withdrawn'
const wasSent = 'what was sent was sent'

/** Tables that no restoration of rows turns back, and why. A restored record has them as they were. */
export const neverTurnedBack: Readonly<Record<string, string>> = {
  deliveries: 'what was delivered was delivered',
  inputs: 'what was heard was heard',
  corrections: 'a correction is followed by another one',
  meetings: wasHeld,
  snapshots: wasHeld,
  level_reports: wasHeld,
  postmortems_due: wasHeld,
  problem_lists: wasHeld,
  look_back_figures: wasHeld,
  audit: 'who came in came in',
  person_roles: 'a role is given anew, by whoever may',
  identities: staysWithdrawn,
  tokens: staysWithdrawn,
  passkeys: staysWithdrawn,
  source_secrets: staysWithdrawn,
  phones: staysWithdrawn,
  runs: wasSent,
  outbox: wasSent,
  editions: wasSent,
  drills: 'what was tried was tried',
  record: 'it is about the record itself',
}
/** No restoration of rows turns this back: its table, or as far as that. The message says why. */
export class NeverTurnedBackError extends Error {
  override name = 'NeverTurnedBackError'
}

/** Whether there is such a table, with a past. */
export function isRemembered(table: string): boolean {
  return rememberedAs(table) !== undefined
}

export function isTurnedBack(table: string): boolean {
  return neverTurnedBack[table] === undefined && rememberedAs(table) !== undefined
}

/** What counts otherwise once these rows stand as they did. */
export function shiftsOfRows(rows: readonly ChangedRow[]): Shift[] {
  return rows.flatMap(({ table, row, was, is }) => {
    const [subjectId = ''] = JSON.parse(row) as string[]
    const subjectKind = table.slice(0, -1)
    return (counted[table] ?? []).flatMap(({ figure, column }) => {
      const [before, after] = [instantIn(is, column), instantIn(was, column)]
      if (before === after) return []
      const shift = { figure, subjectKind, subjectId }
      return [
        ...(before === null ? [] : [{ ...shift, at: new Date(before), by: -1 as const }]),
        ...(after === null ? [] : [{ ...shift, at: new Date(after), by: 1 as const }]),
      ]
    })
  })
}

// The instant that decides to which morning a row counts.
const counted: Readonly<Record<string, readonly { figure: string; column: string }[]>> = {
  incidents: [
    { figure: 'incidents.opened', column: 'started_at' },
    { figure: 'incidents.resolved', column: 'resolved_at' },
  ],
  changes: [{ figure: 'changes.inWindow', column: 'at' }],
  complaints: [{ figure: 'complaints.inWindow', column: 'at' }],
}

// What is part of another incident is counted there.
function instantIn(json: string | null, column: string): number | null {
  const { merged_into: mergedInto, [column]: at } = json === null ? {} : JSON.parse(json)
  return typeof at === 'number' && (mergedInto ?? null) === null ? at : null
}
