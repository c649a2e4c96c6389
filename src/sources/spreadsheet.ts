import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Cells } from './cells.ts'
import { delimiterOf, isBlank, readRecords } from './sheets/csv.ts'
import { SheetError } from './sheets/fault.ts'
import { undone } from './sheets/formulas.ts'
import { type Element, elementsOf, jsonLines } from './sheets/json.ts'
import { decoded, refuseBinary } from './sheets/text.ts'

/** A row of somebody's file, as it stands there. `fault` = why it could not be read. */
export interface SheetRow {
  line: number
  cells: Cells
  fault?: string
}
/** Is told the header's columns before the first row; JSON has no header. */
type Hear = (columns: readonly string[]) => void
/** What a file holds: its columns (for JSON every key that occurs) and how many rows. */
export interface Survey {
  columns: string[]
  count: number
}

/**
 * The rows of a CSV file (RFC 4180; comma, semicolon or tab), of JSON lines or of a JSON array, UTF-8, as a stream.
 * Throws a SheetError, one sentence, where the file as a whole cannot be believed: reading on would be guessing.
 */
export async function* readSheet(path: string, hear: Hear = () => undefined): AsyncGenerator<SheetRow> {
  const start = await startOf(path)
  refuseBinary(start)
  const opening = new TextDecoder().decode(start).replace(/^\uFEFF/, '')
  if (opening.trim() === '' && /\.(?:jsonl?|ndjson)$/i.test(path)) return
  if (opening.trim() === '') throw empty

  const text = decoded(createReadStream(path, { highWaterMark: 1 << 18 }))
  if (/^\s*\[/.test(opening) || isSpread(opening)) yield* rowsOf(elementsOf(text))
  else if (/^\s*\{/.test(opening)) yield* rowsOf(jsonLines(text))
  else yield* csvRows(text, delimiterOf(opening), hear)
}

/** Reads the whole file once and believes nothing yet: a fault of the file is found before the first row is told. */
export async function surveySheet(path: string): Promise<Survey> {
  const columns = new Set<string>()
  const survey = { count: 0 }
  const hear: Hear = (names) => {
    for (const name of names) if (name !== '') columns.add(name)
  }
  for await (const { cells } of readSheet(path, hear)) {
    survey.count += 1
    for (const column in cells) columns.add(column)
  }
  return { columns: [...columns], count: survey.count }
}

const empty = new SheetError('the file is empty: it must begin with a line that names the columns')

async function startOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(1 << 16), position: 0 })
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

// An object printed over several lines, rather than one a line.
function isSpread(opening: string): boolean {
  return /^\s*\{[ \t]*\r?\n/.test(opening)
}

async function* csvRows(text: AsyncIterable<string>, delimiter: string, hear: Hear): AsyncGenerator<SheetRow> {
  const header: string[] = []
  for await (const record of readRecords(text, delimiter)) {
    if (isBlank(record.fields) || /^sep=.$/i.test(record.fields.join(delimiter))) continue
    if (header.length === 0) {
      header.push(...headerFrom(record.fields))
      hear(header)
    } else yield { line: record.line, cells: asCells(header, record.fields), ...faultOf(header, record) }
  }
  if (header.length === 0) throw empty
}

function headerFrom(fields: readonly string[]): string[] {
  const names = fields.map((field) => field.trim())
  const twice = names.find((name, place) => name !== '' && names.indexOf(name) !== place)
  if (twice !== undefined)
    throw new SheetError(`the header names the column ${JSON.stringify(twice)} twice: which of them counts?`)
  return names
}

function asCells(header: readonly string[], fields: readonly string[]): Cells {
  const cells: Record<string, string> = {}
  for (const [place, name] of header.entries()) if (name !== '') cells[name] = undone(fields[place] ?? '')
  return cells
}

function faultOf(header: readonly string[], record: { fields: string[]; fault?: string }): { fault?: string } {
  if (record.fault !== undefined) return { fault: record.fault }
  const [wanted, found] = [header.length, record.fields.length]
  if (found === wanted || (found > wanted && isBlank(record.fields.slice(wanted)))) return {}
  return { fault: `has ${found} cells where the header names ${wanted} columns; is a quote or a separator missing?` }
}

async function* rowsOf(elements: AsyncIterable<Element>): AsyncGenerator<SheetRow> {
  for await (const { line, text } of elements) yield { line, ...asRow(text) }
}

function asRow(text: string): Omit<SheetRow, 'line'> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { cells: flat(value) }
    return { cells: { json: text.slice(0, 1_000) }, fault: 'is JSON but no object of columns' }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return { cells: { json: text.slice(0, 1_000) }, fault: `is not JSON: ${said}` }
  }
}

/** Nested columns take dotted names; null and {} say nothing; a list of words is those words parted by spaces. */
function flat(value: object, prefix = ''): Cells {
  const cells: Record<string, string> = {}
  for (const [name, inner] of Object.entries(value)) {
    if (Array.isArray(inner)) cells[prefix + name] = inner.map(asText).join(' ')
    else if (typeof inner === 'object' && inner !== null) Object.assign(cells, flat(inner, `${prefix}${name}.`))
    else cells[prefix + name] = inner === null ? '' : String(inner)
  }
  return cells
}

function asText(inner: unknown): string {
  return typeof inner === 'object' ? JSON.stringify(inner) : String(inner)
}
