import { mkdir, open, rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { retold } from '../record/retold.ts'
import { pastLines } from '../record/whole-past.ts'
import { isKind, type KindName, kindNames } from '../sources/kinds.ts'
import { type Format, formats, headerOf, written } from '../sources/sheets/written.ts'
import type { Command, ExitCode, Room } from './command.ts'

export const exportRows: Command = {
  name: 'export',
  help: `npm run export -- KIND|all [--out FOLDER] [--format csv|jsonl]
  Writes what is on the record in the shapes that import reads; an import of all of it into an empty record gives an
  equal export. A cell a spreadsheet would run as a formula gets an apostrophe before it, which import takes off again.
  KIND           ${kindNames.join(' ')}
                 all = every kind but incident-snapshots, whose content the incidents and their events carry
                 and history/all.jsonl: every version of every row, every message as it came (import history FILE)
  --out FOLDER   one file for each kind (default: one kind to standard output, all to the folder muster-export)
  --format       csv (default) or jsonl
  Example: npm run export -- all --out backup`,
  async run(words, room) {
    const asked = askedIn(words)
    if (typeof asked === 'string') {
      room.complain(`${asked}.\n${exportRows.help}`)
      return 2
    }
    return asked.out === undefined ? print(asked, room) : writeAll({ ...asked, out: asked.out }, room)
  },
}

interface Asked {
  names: KindName[]
  out: string | undefined
  format: Format
}

/** A string is what is wrong with the words. */
function askedIn(words: readonly string[]): Asked | string {
  const parsed = parse(words)
  if (typeof parsed === 'string') return parsed

  const { values, positionals } = parsed
  const [name, ...more] = positionals
  if (name === undefined) return 'export needs a KIND, or all'
  if (name !== 'all' && !isKind(name)) return `${JSON.stringify(name)} is not a kind`
  if (more.length > 0) return `export takes one KIND, and ${JSON.stringify(more[0])} is another`
  const format = formats.find((format) => format === values.format)
  if (format === undefined) return `${JSON.stringify(values.format)} is no format: csv or jsonl`
  const names = name === 'all' ? kindNames.filter((kind) => kind !== 'incident-snapshots') : [name]
  return { names, format, out: values.out ?? (name === 'all' ? 'muster-export' : undefined) }
}

function parse(words: readonly string[]) {
  try {
    const options = { out: { type: 'string' }, format: { type: 'string', default: 'csv' } } as const
    return parseArgs({ args: [...words], allowPositionals: true, options })
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/\.? To specify .*$/s, '')
  }
}

async function print({ names, format }: Asked, room: Room): Promise<ExitCode> {
  for (const name of names) {
    for (const line of headerOf(name, format)) room.say(line)
    for await (const rows of retold(room.db, name)) for (const row of rows) room.say(written(row, name, format))
  }
  return 0
}

async function writeAll({ names, out, format }: Asked & { out: string }, room: Room): Promise<ExitCode> {
  const folder = resolve(room.folder, out)
  try {
    await mkdir(folder, { recursive: true })
    for (const name of names)
      room.say(`${name}: ${await writeKind(join(folder, `${name}.${format}`), name, { format, room })} rows`)
    if (names.length > 1) {
      await mkdir(join(folder, 'history'), { recursive: true })
      room.say(`history: ${await writePast(join(folder, 'history/all.jsonl'), room)} versions`)
    }
  } catch (error) {
    if (!isOfFiles(error)) throw error
    room.complain(`${folder} cannot be written: ${error.message}.`)
    return 1
  }
  room.say(`written to ${folder}`)
  return 0
}

/** All that was ever changed, with every message as it came: `import history` makes the same record of it. */
async function writePast(path: string, room: Room): Promise<number> {
  const file = await open(`${path}.part`, 'w')
  const tally = { lines: 0 }
  try {
    for await (const told of pastLines(room.db)) {
      await file.write(told.map((line) => `${line}\n`).join(''))
      tally.lines += told.length
      room.progress(`history: ${tally.lines} versions`)
      await breathe()
    }
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
  return tally.lines - 1 // the first line is the header
}

/** Writes beside, then renames: a file that is there is whole. */
async function writeKind(
  path: string,
  name: KindName,
  { format, room }: { format: Format; room: Room },
): Promise<number> {
  const file = await open(`${path}.part`, 'w')
  const tally = { rows: 0 }
  try {
    await file.write(lines(headerOf(name, format)))
    for await (const rows of retold(room.db, name)) {
      await file.write(lines(rows.map((row) => written(row, name, format))))
      tally.rows += rows.length
      room.progress(`${name}: ${tally.rows} rows`)
      await breathe()
    }
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
  return tally.rows
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\r\n`).join('')
}

function isOfFiles(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
