import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Room } from '../../src/commands/command.ts'
import { exportRows } from '../../src/commands/export.ts'
import { importRows } from '../../src/commands/import.ts'
import type { Db } from '../../src/record/db.ts'
import { listRows } from '../../src/record/kinds.ts'
import type { Row } from '../../src/record/rows.ts'
import { morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'

/** Somebody at a terminal with an empty record and a folder. */
export async function aDesk() {
  const { db, settings, folder } = await openTestRecord()
  return {
    db,
    folder,
    path: (name: string) => join(folder, name),
    put: (name: string, text: string | Uint8Array) => writeFile(join(folder, name), text),
    import: (...words: string[]) => run(importRows, words, { db, settings, folder }),
    export: (...words: string[]) => run(exportRows, words, { db, settings, folder }),
    rows: (name: string) => rowsOf(db, name),
  }
}

export async function rowsOf(db: Db, name: string): Promise<Row[]> {
  const { rows } = await listRows(db, name, { order: 'oldest', limit: 1_000 })
  return rows.map(({ row }) => row)
}

type Command = typeof importRows

async function run(command: Command, words: readonly string[], place: Pick<Room, 'db' | 'settings' | 'folder'>) {
  const [told, complained]: [string[], string[]] = [[], []]
  const exit = await command.run(words, {
    ...place,
    now: () => morning,
    terminal: false,
    say: (line) => void told.push(line),
    complain: (line) => void complained.push(line),
    progress: () => undefined,
  })
  return { exit, told, complained }
}
