import { parseArgs } from 'node:util'
import { rowChange, rowLine } from '../../views/version-words.ts'
import { parseInstant } from '../calendar.ts'
import { type Plan, planRestoration, planUndoing, restore } from '../record/restoring.ts'
import { NeverTurnedBackError } from '../record/turning-back.ts'
import type { Command, ExitCode, Room } from './command.ts'
import { restoreAll, type Whole } from './restore-all.ts'

export const restoreCommand: Command = {
  name: 'restore',
  help: `npm run restore -- --to INSTANT [--table T [--row ID]] [--apply]
npm run restore -- --undo VERSION [--apply]
  Brings back how things stood, from the backup or from the past that the record keeps of each row.
  --to INSTANT   2026-11-23T09:00+01:00, or a local time; latest = all that the backup knows
  --table T      only these rows: incidents problems actions changes exposures services people complaints forecasts ...
                 A thing comes with all that was said of it. What the room said since is not overruled, but told.
  --row ID       only this one, whatever was said since
  --undo VERSION before one saving: a merge, an edit, an import (its number stands in every history)
  --apply        do it; without it, only the difference is told
  --out FILE     where the whole record is written (default: restored-INSTANT.db in the data folder)
  --branch NAME  which life of the record (default: the newest that knows of then)
  Without --table the whole record is written to a new file. Where none is left in the data folder it is put in place;
  where one is, only with --apply and while Muster is stopped, and the one before stays beside it.
  Exit 0 done or told, 1 not, 2 wrong words, 75 the record is in use. Example: npm run restore -- --to latest`,
  async run(words, room) {
    const asked = askedIn(words, room)
    if (typeof asked === 'string') return wrongWords(room, asked)
    return 'table' in asked || 'undo' in asked ? restoreRows(asked, room) : restoreAll(asked, room, room.db)
  },
  async instead(words, room) {
    const asked = askedIn(words, room)
    if (typeof asked === 'string') return wrongWords(room, asked)
    return 'table' in asked || 'undo' in asked ? null : restoreAll(asked, room, null)
  },
}

type Rows = { apply: boolean } & ({ table: string; to: Date; thing: string | undefined } | { undo: number })

/** A string is what is wrong with the words. */
function askedIn(words: readonly string[], { settings, folder }: Omit<Room, 'db'>): Rows | Whole | string {
  const parsed = parse(words)
  if (typeof parsed === 'string') return parsed

  const { to, table, row, undo, apply, out, branch } = parsed
  if (undo !== undefined)
    return /^\d+$/.test(undo) ? { undo: Number(undo), apply } : `--undo ${undo} is no number of a version`
  if (to === undefined) return 'restore needs --to INSTANT'
  if (row !== undefined && table === undefined) return '--row needs its --table'
  const instant = to === 'latest' ? null : instantOr(to, settings.rhythm.zone)
  if (typeof instant === 'string') return instant
  if (table === undefined) return { to: instant, apply, out, branch, folder }
  return instant === null ? '--to latest is for the whole record' : { to: instant, table, thing: row, apply }
}

function parse(words: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    const options = {
      to: text,
      table: text,
      row: text,
      undo: text,
      out: text,
      branch: text,
      apply: { type: 'boolean', default: false },
    } as const
    return parseArgs({ args: [...words], options }).values
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/\.? To specify .*$/s, '')
  }
}

function instantOr(text: string, zone: string): Date | string {
  try {
    return parseInstant(text, zone)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function wrongWords(room: Omit<Room, 'db'>, fault: string): ExitCode {
  room.complain(`${fault}.\n${restoreCommand.help}`)
  return 2
}

async function restoreRows(asked: Rows, room: Room): Promise<ExitCode> {
  const { db, now, say, complain } = room
  const plan = async (): Promise<Plan | undefined> =>
    'undo' in asked ? planUndoing(db, asked.undo) : planRestoration(db, asked)
  try {
    const planned = await plan()
    if (planned === undefined) {
      complain('There is no such version.')
      return 1
    }
    tell(planned, room)
    if (!asked.apply) {
      say(planned.differences.length === 0 ? 'Nothing is to be changed.' : 'Nothing was changed yet: --apply does it.')
      return 0
    }
    const why = 'undo' in asked ? `version ${asked.undo} undone` : `restored to ${asked.to.toISOString()}`
    const { differences } = await restore(db, async () => (await plan()) ?? planned, { at: now(), by: 'console', why })
    say(`${differences.length} brought back.`)
    return 0
  } catch (error) {
    if (!(error instanceof NeverTurnedBackError)) throw error
    complain(error.message)
    return 1
  }
}

const mostLines = 40

function tell({ differences, conflicts }: Plan, { settings, say }: Room): void {
  const { zone } = settings.rhythm
  const lines = differences.flatMap(({ rows }) =>
    rows.map(({ table, row, was, is }) => rowLine(rowChange({ table, row, was: is, became: was }, zone))),
  )
  for (const line of lines.slice(0, mostLines)) say(line)
  if (lines.length > mostLines) say(`and ${lines.length - mostLines} more rows`)
  say(`${differences.length} would be brought back, ${conflicts.length} are left as they are:`)
  for (const { thing, later } of conflicts.slice(0, mostLines))
    say(`  ${thing}: ${later?.by || later?.source || 'somebody'} has spoken of it since (version ${later?.number})`)
}
