import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { isZone } from '../calendar.ts'
import type { Outcome, Telling } from '../record/fact.ts'
import { rehearsing } from '../record/rehearsal.ts'
import { saying } from '../record/saying.ts'
import { type ColumnMap, readMap } from '../sources/column-map.ts'
import type { ToolExport } from '../sources/exports/export.ts'
import { toolExportNamed, toolExports } from '../sources/exports/exports.ts'
import { portionsOf, type SoundRow } from '../sources/judged.ts'
import { isKind, type KindName, kindNames } from '../sources/kinds.ts'
import { MapError } from '../sources/maps/map-file.ts'
import { ownColumns } from '../sources/own-columns.ts'
import { classOf, recordRows } from '../sources/rows.ts'
import { SheetError } from '../sources/sheets/fault.ts'
import { keepRefused, type RefusedRow } from '../sources/sheets/refused.ts'
import { type Survey, surveySheet } from '../sources/spreadsheet.ts'
import type { Command, ExitCode, Room } from './command.ts'
import { type AskedExport, importExport } from './import-export.ts'
import { importHistory, onlyIntoNothing } from './import-history.ts'

export const importRows: Command = {
  name: 'import',
  help: `npm run import -- KIND FILE [--map MAP.json] [--zone ZONE] [--source NAME] [--dry-run]
  Puts the rows of a CSV or JSON lines file (UTF-8) on the record. Twice is the same as once.
  KIND           ${kindNames.join(' ')}
                 or what another tool hands over whole: ${toolExports.map(({ name }) => name).join(' ')}
  history FILE   makes a whole record of the history that an export of all wrote, where none is yet
  --map MAP      which of their columns are ours (src/sources/maps/README.md)
  --zone ZONE    where times without an offset are from: Europe/Berlin
  --source NAME  who said it (default: import)
  --dry-run      only tells what would become of the rows
  Refused rows are told by line and reason and written to FILE.refused.csv, to be mended and imported again.
  Exit 0: rows were read, even if some were refused. 1: the file, the map or every row was refused. 2: wrong words.
  Example: npm run import -- incidents incidents.csv --zone Europe/Berlin`,
  async run(words, room) {
    const whole = exportIn(words)
    if (whole) return importExport(whole.tool, whole, room)

    if (words[0] === 'history') {
      room.complain(onlyIntoNothing)
      return 1
    }
    const asked = askedIn(words, room.folder)
    if (typeof asked === 'string') {
      room.complain(`${asked}.\n${importRows.help}`)
      return 2
    }
    try {
      const why = `import of ${basename(asked.file)}`
      return await saying({ why }, () => importFile(asked, room))
    } catch (error) {
      return refuseWhole(error, asked, room)
    }
  },
  async instead([kind, file, ...more], room) {
    return kind === 'history' && file !== undefined && more.length === 0 ? importHistory(file, room) : null
  },
}

interface Asked {
  kind: KindName
  file: string
  map: string | undefined
  zone: string | undefined
  source: string
  dryRun: boolean
}

/** Words for the whole export of a tool; undefined = they are not, or not right, and are told so as for any other KIND. */
function exportIn(words: readonly string[]): (AskedExport & { tool: ToolExport }) | undefined {
  const parsed = parse(words)
  if (typeof parsed === 'string') return undefined
  const { values, positionals } = parsed
  const [kind = '', file, ...more] = positionals
  const tool = toolExportNamed(kind)
  const isRight =
    file !== undefined && more.length === 0 && values.map === undefined && /^[\w.-]{1,60}$/.test(values.source ?? 'x')
  return tool && isRight
    ? { tool, file, zone: values.zone, source: values.source, dryRun: values['dry-run'] }
    : undefined
}

/** A string is what is wrong with the words. */
function askedIn(words: readonly string[], folder: string): Asked | string {
  const parsed = parse(words)
  if (typeof parsed === 'string') return parsed

  const { values, positionals } = parsed
  const [kind = '', file, ...more] = positionals
  if (kind === '') return 'import needs a KIND and a FILE'
  if (toolExportNamed(kind)) return `import ${kind} needs one FILE, and takes only --zone, --source and --dry-run`
  if (!isKind(kind)) return `${JSON.stringify(kind)} is not a kind`
  if (file === undefined) return `import ${kind} needs a FILE`
  if (more.length > 0) return `import takes one FILE, and ${JSON.stringify(more[0])} is another`
  if (values.zone !== undefined && !isZone(values.zone)) return `${JSON.stringify(values.zone)} is not a time zone`
  const source = values.source ?? 'import'
  if (!/^[\w.-]{1,60}$/.test(source))
    return `${JSON.stringify(source)} is no name of a source: letters, digits, . _ and -`
  const map = values.map === undefined ? undefined : resolve(folder, values.map)
  return { kind, file: resolve(folder, file), map, zone: values.zone, source, dryRun: values['dry-run'] }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        map: { type: 'string' },
        zone: { type: 'string' },
        source: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/\.? To specify .*$/s, '')
  }
}

async function importFile(asked: Asked, room: Room): Promise<ExitCode> {
  room.progress(`reading ${asked.file}`)
  const survey = await surveySheet(asked.file)
  const map = await mapFor(asked, survey, room)
  const keep = keepRefused(`${asked.file}.refused.csv`, survey.columns)
  const telling: Telling = {
    recordedAt: room.now(),
    source: asked.source,
    origin: 'import',
    class: classOf(asked.kind),
  }
  const db = asked.dryRun ? rehearsing(room.db) : room.db
  const zone = asked.zone ?? map.zone
  const reading = { home: room.settings.rhythm.zone, ...(zone === undefined ? {} : { zone }) }
  const tally: Tally = { read: 0, new: 0, changed: 0, unchanged: 0, refused: 0, shown: [] }

  const size = asked.dryRun ? rehearsedPortion : portion
  for await (const judged of portionsOf(asked, { map, reading, size })) {
    const sound = judged.filter((row) => 'checked' in row)
    const outcomes = await recordRows(
      db,
      asked.kind,
      sound.map(({ checked }) => checked),
      telling,
    )
    const refused = [...judged.filter((row) => 'reason' in row), ...refusedAmong(sound, outcomes)]
    if (!asked.dryRun) await keep(refused)
    for (const outcome of outcomes) if (typeof outcome === 'string') tally[outcome] += 1
    tally.read += judged.length
    tally.refused += refused.length
    tally.shown.push(...refused.slice(0, most - tally.shown.length))
    room.progress(`${tally.read} of ${survey.count} rows`)
    await breathe()
  }
  tell(tally, asked, room)
  return tally.read > 0 && tally.refused === tally.read ? 1 : 0
}

const portion = 500
const rehearsedPortion = 20_000 // what is not written is not remembered from one portion to the next

async function mapFor(asked: Asked, { columns }: Survey, room: Room): Promise<ColumnMap> {
  if (columns.length === 0) return { zone: undefined, translate: (cells) => ({ cells, faults: [] }) }
  if (asked.map !== undefined) return readMap(await readFile(asked.map, 'utf8'), asked.kind, columns)
  const { ignored, ...map } = ownColumns(asked.kind, columns)
  if (ignored.length > 0) room.say(`not a column of ${asked.kind}, left out: ${ignored.join(', ')}`)
  return map
}

function refusedAmong(rows: readonly SoundRow[], outcomes: readonly Outcome[]): RefusedRow[] {
  return rows.flatMap(({ line, cells }, place) => {
    const outcome = outcomes[place]
    return typeof outcome === 'object' ? [{ line, cells, reason: outcome.refused }] : []
  })
}

interface Tally {
  read: number
  new: number
  changed: number
  unchanged: number
  refused: number
  shown: RefusedRow[]
}

const most = 20

function tell(tally: Tally, { file, kind, dryRun }: Asked, room: Room): void {
  const { read, changed, unchanged, refused } = tally
  room.say(`${kind}: read ${read}, new ${tally.new}, changed ${changed}, unchanged ${unchanged}, refused ${refused}`)
  for (const { line, reason } of tally.shown) room.say(`line ${line}: ${reason}`)
  if (refused > most) room.say(`and ${refused - most} more`)
  if (refused > 0 && !dryRun)
    room.say(`the refused rows are in ${file}.refused.csv: mend them there and import that file`)
  if (dryRun) room.say('nothing was written: this was a dry run')
}

function refuseWhole(error: unknown, { file, map }: Asked, room: Room): 1 {
  if (error instanceof SheetError) room.complain(`${file}: ${error.message}. Nothing was written.`)
  else if (error instanceof MapError) for (const fault of error.faults) room.complain(`${map}: ${fault}.`)
  else if (isMissing(error))
    room.complain(`${error.path ?? file} cannot be read: ${missingWords[error.code] ?? error.code}.`)
  else throw error
  return 1
}

const missingWords: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
}

function isMissing(error: unknown): error is { code: string; path?: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code in missingWords
}
