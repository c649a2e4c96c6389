import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beginning, firstBreak, type Head, type Version } from './chain.ts'
import { heavyOf } from './triggers.ts'

/** A version as the change log tells it; with the bytes that stay out of the past itself. */
export interface Logged {
  version: Version
  body: Buffer | null
}
/** One line of JSON. The row, and what it was and became, stand in it byte for byte as the database told them. */
export function lineOf({ version, body }: Logged): string {
  const { number, at, by, why, source, saving, tableName, row, was, became, hash } = version
  const told = JSON.stringify({ number, at: at.toISOString(), by, why, source, saving, table: tableName })
  const bytes = body === null ? '' : `,"body":"${body.toString('base64')}"`
  return `${told.slice(0, -1)}${bytes},"row":${row},"was":${was ?? 'null'},"became":${became ?? 'null'},"hash":"${hash}"}`
}

/** The version on a line. null = this is not a line of ours, or not as it was written. */
export function loggedOn(line: string): Logged | null {
  try {
    const [told = '', row = '', was = '', became = '', hash = ''] = partsOf(line)
    const { number, at, by, why, source, saving, table, body } = JSON.parse(`${told}}`)
    const past = { row, was: orNull(was), became: orNull(became), hash: JSON.parse(hash.slice(0, -1)) }
    const version = { number, at: new Date(at), by, why, source, saving, tableName: table, ...past }
    const logged = { version, body: typeof body === 'string' ? Buffer.from(body, 'base64') : null }
    return lineOf(logged) === line && isOwnBody(logged) ? logged : null
  } catch {
    return null
  }
}

// A quotation mark within a text is escaped, so the first `,"row":` is the name and not a part of what was said.
function partsOf(line: string): string[] {
  const row = line.indexOf(',"row":')
  const was = line.indexOf(',"was":', row)
  const became = line.indexOf(',"became":', was)
  const hash = line.lastIndexOf(',"hash":')
  if (row < 0 || was < row || became < was || hash < became) return []
  return [
    line.slice(0, row),
    line.slice(row + ',"row":'.length, was),
    line.slice(was + ',"was":'.length, became),
    line.slice(became + ',"became":'.length, hash),
    line.slice(hash + ',"hash":'.length),
  ]
}

function orNull(text: string): string | null {
  return text === 'null' ? null : text
}

function isOwnBody({ version, body }: Logged): boolean {
  return body === null || sha3Of(body) === heavyHashIn(version.tableName, version.became)
}

export function sha3Of(bytes: Uint8Array): string {
  return createHash('sha3-256').update(bytes).digest('hex')
}

/** The hash that stands for the bytes of a heavy column in what a row was or became. undefined = the table has none. */
export function heavyHashIn(tableName: string, json: string | null): string | undefined {
  const heavy = heavyOf(tableName)
  return heavy && json !== null ? JSON.parse(json)[heavy.name] : undefined
}

/** The first line of each segment says what it follows. */
export function headerAfter({ number, hash }: Head): string {
  return JSON.stringify({ log: 'muster', after: { number, hash } })
}

function headIn(header: string): Head | null {
  try {
    const { number, hash } = JSON.parse(header).after
    return headerAfter({ number, hash }) === header ? { number, hash } : null
  } catch {
    return null
  }
}

export function segmentName(first: number): string {
  return `${String(first).padStart(12, '0')}.jsonl`
}

/** The segments of a log, in the order of their versions. */
export async function segmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => /^\d{12}\.jsonl$/.test(name)).sort()
}

/** A segment as far as it can be believed. `fault` = what is not as it was written. */
export interface Segment {
  start: Head
  logged: Logged[]
  fault: string | null
}

/** A last line that was cut short was never acknowledged: it counts for nothing. Any other that is not as written is a fault. */
export function segmentOf(text: string): Segment {
  const [header = '', ...lines] = text.split('\n')
  const start = headIn(header)
  if (start === null) return { start: beginning, logged: [], fault: 'its first line is not as it was written' }

  const cut = lines.pop() ?? ''
  const logged: Logged[] = []
  const head = { ...start }
  for (const line of cut !== '' && loggedOn(cut.slice(0, -1)) !== null ? [...lines, cut] : lines) {
    const told = loggedOn(line)
    if (told === null || firstBreak(head, [told.version]) !== null)
      return { start, logged, fault: `the line of version ${head.number + 1} is not as it was written` }
    Object.assign(head, { number: told.version.number, hash: told.version.hash })
    logged.push(told)
  }
  return { start, logged, fault: null }
}

/**
 * The versions after a head, segment by segment. What is damaged or does not go on from what came before is told as a fault
 * and left out: a later segment may tell it again.
 */
export async function* readLog(folder: string, from: Head, faults: string[]): AsyncGenerator<Logged[]> {
  const segments = await segmentsIn(folder)
  const first = segments.findLastIndex((name) => Number.parseInt(name, 10) <= from.number + 1)
  const head = { ...from }
  for (const name of segments.slice(Math.max(0, first))) {
    const { start, logged, fault } = segmentOf(await readFile(join(folder, name), 'utf8'))
    const isNext = joins(head, start, logged)
    const fresh = isNext ? logged.filter(({ version }) => version.number > head.number) : []
    const last = fresh.at(-1)?.version
    if (fresh.length > 0) yield fresh
    if (last) Object.assign(head, { number: last.number, hash: last.hash })
    if (fault !== null) faults.push(`${name}: ${fault}`)
    else if (!isNext) faults.push(`${name}: it does not go on from version ${head.number}`)
  }
}

function joins(head: Head, start: Head, logged: readonly Logged[]): boolean {
  const hash =
    start.number === head.number
      ? start.hash
      : logged.find(({ version }) => version.number === head.number)?.version.hash
  return hash === head.hash
}
