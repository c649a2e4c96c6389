import { z } from 'zod'
import { isDay, isZone, parseInstant } from '../../calendar.ts'
import { severities } from '../../record/schema.ts'

/** How a column's cell is read from a sheet. A word is one of a few, whatever its case and gaps. */
export type Written = 'text' | 'word' | 'instant' | 'day' | 'number' | 'truth'
export const written = z.registry<{ as: Written }>()

// What a spreadsheet, a terminal and a log line can hold without harm: no control characters but tab and line breaks.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const printable = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/

export function text(max = 10_000) {
  return z.string().trim().min(1).max(max).regex(printable).register(written, { as: 'text' })
}

/** A name other rows refer to: an id, a service, an owner. */
export function name() {
  return text(1_000)
}

export function word<const Words extends readonly string[]>(words: Words) {
  return z.enum(words).register(written, { as: 'word' })
}

export function severity() {
  return word(severities)
}

/** ISO 8601 with offset, read into a Date between 1970 and 2200. */
export function instant() {
  return z
    .string()
    .meta({ format: 'date-time' })
    .transform((given, context) => {
      const read = readInstant(given)
      if (read instanceof Date) return read
      context.addIssue({ code: 'custom', message: read.fault, params: { mend: read.mend }, input: given })
      return z.NEVER
    })
    .register(written, { as: 'instant' })
}

const example = '2016-03-07T09:00:00+01:00'
const lastYear = 2200

export function readInstant(given: string, zone?: string): Date | { fault: string; mend: string } {
  try {
    const read = parseInstant(given, zone)
    if (read.getUTCFullYear() <= lastYear) return read
    return { fault: `${quoted(given)} lies after ${lastYear}`, mend: `write ${example}` }
  } catch (error) {
    const [said = ''] = error instanceof Error ? error.message.split('; ') : []
    const fault = said.startsWith('cannot read') ? `${quoted(given)} is not an instant` : said
    return { fault, mend: `write ${example}` }
  }
}

export function day() {
  return checked(isDay, 'is not a day', 'write 2016-03-07').register(written, { as: 'day' })
}

export function zone() {
  return checked(isZone, 'is not a time zone', 'write Europe/Berlin').register(written, { as: 'text' })
}

/** Only what a browser may safely follow. */
export function link() {
  const isLink = (given: string) => /^https?:\/\/[^\s]+$/i.test(given) && given.length <= 4_000 && URL.canParse(given)
  return checked(isLink, 'is not a link', 'write https://example.org/...').register(written, { as: 'text' })
}

export function email() {
  const isEmail = (given: string) => /^[^\s@<>"(),;:]{1,64}@[^\s@<>"(),;:]{1,250}$/.test(given)
  return checked(isEmail, 'is not an e-mail address', 'write ann@example.org').register(written, { as: 'text' })
}

export function quantity(least = 0, most = 1e12) {
  return z.number().min(least).max(most).register(written, { as: 'number' })
}

export function count(least = 0, most = 1e9) {
  return z.int().min(least).max(most).register(written, { as: 'number' })
}

export function truth() {
  return z.boolean().register(written, { as: 'truth' })
}

function checked(isRight: (given: string) => boolean, fault: string, mend: string) {
  return z
    .string()
    .trim()
    .check((context) => {
      if (isRight(context.value)) return
      const message = `${quoted(context.value)} ${fault}`
      context.issues.push({ code: 'custom', message, params: { mend }, input: context.value })
    })
}

/** Refuses a row in which an instant lies before the one it must follow, naming both columns. */
export function inOrder<Row extends object>(first: keyof Row & string, ...followers: (keyof Row & string)[]) {
  return (context: z.core.ParsePayload<Row>) => {
    const from = context.value[first]
    for (const column of followers) {
      const to = context.value[column]
      if (!(from instanceof Date && to instanceof Date && to < from)) continue
      const message = `${to.toISOString()} lies before ${first} ${from.toISOString()}`
      const params = { mend: `let ${column} be ${first} or later, or leave it empty` }
      context.issues.push({ code: 'custom', message, params, path: [column], input: to })
    }
  }
}

export function quoted(given: unknown): string {
  const said = typeof given === 'string' ? given : (JSON.stringify(given) ?? String(given))
  return JSON.stringify(said.length > 60 ? `${said.slice(0, 60)}…` : said)
}

/** What a row says, without the columns it leaves out. */
export function said<Columns extends object>(columns: Columns): Said<Columns> {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Said<Columns>
}
type Said<Columns> = { [Name in keyof Columns]?: Exclude<Columns[Name], undefined> }
