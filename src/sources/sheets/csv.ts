import { SheetError } from './fault.ts'
import { linesIn } from './text.ts'

// Our own reader, as people's files are: papaparse takes one line ending for the whole file and forgets on which line a row
// began; csv-parse either takes text behind a closing quote for a value or refuses a quote within plain text.

/** One record of RFC 4180, with the line it begins on. `fault` = its quotes do not add up. */
export interface CsvRecord {
  line: number
  fields: string[]
  fault?: string
}

const longest = 1 << 20

/** LF, CRLF and CR end a record, mixed as they come. Throws a SheetError where a quote never closes. */
export async function* readRecords(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  const unread = { text: '', line: 1 }
  for await (const chunk of text) {
    unread.text += chunk
    yield* take(unread, delimiter, false)
    if (unread.text.length > longest)
      throw new SheetError(`line ${unread.line} begins a row of over ${longest} characters: is a quote left open?`)
  }
  yield* take(unread, delimiter, true)
}

/** Whichever of comma, semicolon and tab parts most names in the first line that is not blank; or as a 'sep=;' line says. */
export function delimiterOf(opening: string): string {
  const line = opening.trimStart().split(/[\r\n]/, 1)[0] ?? ''
  const bare = line.replace(/"[^"]*"/g, '')
  const told = /^sep=(.)$/i.exec(line)?.[1]
  const [most] = [',', ';', '\t'].sort((a, b) => bare.split(b).length - bare.split(a).length)
  return told ?? most ?? ','
}

export function isBlank(fields: readonly string[]): boolean {
  return fields.every((field) => field.trim() === '')
}

function* take(unread: { text: string; line: number }, delimiter: string, atEnd: boolean): Generator<CsvRecord> {
  const { text } = unread
  const place = { at: 0 }
  while (place.at < text.length) {
    const found = recordAt(text, place.at, delimiter, atEnd)
    if (found === undefined) break
    if ('openQuote' in found) throw openQuote(unread.line + linesIn(text.slice(place.at, found.openQuote)))
    yield { line: unread.line, fields: found.fields, ...(found.fault ? { fault: found.fault } : {}) }
    unread.line += Math.max(1, linesIn(text.slice(place.at, found.next)))
    place.at = found.next
  }
  unread.text = text.slice(place.at)
}

function openQuote(line: number): SheetError {
  return new SheetError(`the quote that opens on line ${line} never closes: close it, or double a quote that is text`)
}

type Found = { fields: string[]; next: number; fault: string } | { openQuote: number } | undefined

/** The record that begins at `start`; undefined = its end has not been read yet. */
function recordAt(text: string, start: number, delimiter: string, atEnd: boolean): Found {
  const fields: string[] = []
  const faults: string[] = []
  for (let at = start; ; ) {
    const field = quoteAfter(text, at, delimiter) ? quotedAt(text, text.indexOf('"', at)) : { value: '', next: at }
    if (field === undefined) return atEnd ? { openQuote: text.indexOf('"', at) } : undefined
    const end = plainEnd(text, field.next, delimiter)
    if (end >= text.length - 1 && !atEnd && !(end === text.length - 1 && text[end] === '\n')) return undefined

    const rest = text.slice(field.next, end)
    const isQuoted = field.next > at
    if (isQuoted && rest.trim() !== '') faults.push(rest)
    fields.push(isQuoted ? field.value + rest.trimEnd() : rest)
    if (text[end] !== delimiter) return { fields, next: afterBreak(text, end), fault: quoteFault(faults) }
    at = end + 1
  }
}

function quoteFault([rest]: readonly string[]): string {
  return rest === undefined
    ? ''
    : `holds a quoted cell followed by ${JSON.stringify(rest.slice(0, 40))}; double a quote that is text`
}

/** Whether the cell at `at` begins with a quote, gaps aside. */
function quoteAfter(text: string, at: number, delimiter: string): boolean {
  for (let place = at; ; place++) {
    const sign = text[place]
    if (sign === '"') return true
    if (sign === delimiter || (sign !== ' ' && sign !== '\t')) return false
  }
}

function quotedAt(text: string, open: number): { value: string; next: number } | undefined {
  for (let close = text.indexOf('"', open + 1); close >= 0; close = text.indexOf('"', close + 2)) {
    if (text[close + 1] !== '"') return { value: text.slice(open + 1, close).replaceAll('""', '"'), next: close + 1 }
  }
  return undefined
}

function plainEnd(text: string, from: number, delimiter: string): number {
  const sign = delimiter.charCodeAt(0)
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === sign || code === 10 || code === 13) return at
  }
  return text.length
}

function afterBreak(text: string, end: number): number {
  return text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1
}
