// Mornings, windows, days and clocks: the only file that knows time zones, so it is longer than the others.
// It asks Intl and keeps what it heard: ten times quicker than a Temporal polyfill, which is the tests' second opinion.

/** From exclusive, to inclusive: an event at `to` belongs to this window, one at `from` to the one before. */
export interface Window {
  from: Date
  to: Date
}

/** When the meeting is due. weekdays: 1 = Monday .. 7 = Sunday. holidays: days on which it is not. */
export interface Rhythm {
  hour: number
  minute: number
  weekdays: ReadonlySet<number>
  zone: string
  holidays: ReadonlySet<string>
}

export const aMinute = 60_000
export const anHour = 60 * aMinute
export const aDay = 24 * anHour

/**
 * Since the last closed meeting, whenever that was; where none was held, since the last one that was due before the
 * morning `to` belongs to: at 09:00 and at 09:05 on a Monday alike, the window answers for the weekend.
 */
export function windowEnding(to: Date, { lastCutOff, rhythm }: { lastCutOff: Date | null; rhythm: Rhythm }): Window {
  const from =
    lastCutOff && lastCutOff < to ? lastCutOff : dueOn(dueDayBefore(meetingDayOf(to, rhythm), rhythm), rhythm)
  return { from, to }
}

export function holds(window: Window, at: Date): boolean {
  return window.from < at && at <= window.to
}

/**
 * Whether the morning of this window tells the event as new, as late, or not at all. It is new in the morning that
 * holds `at`; if we heard of it only after that morning's cut-off, it is late in the morning that holds `recordedAt`.
 * What happened before the record was born is imported history: never late. Over contiguous windows exactly one tells it.
 */
export function isNews(event: { at: Date; recordedAt: Date }, window: Window, bornAt: Date): 'new' | 'late' | null {
  const isHistory = event.at <= bornAt
  const isNew = holds(window, event.at) && (isHistory || event.recordedAt <= window.to)
  const isLate = !isHistory && event.at <= window.from && holds(window, event.recordedAt)
  return isNew ? 'new' : isLate ? 'late' : null
}

/** The business day whose meeting is prepared or held: today's until the local day ends, then the next that is due. */
export function meetingDayOf(at: Date, rhythm: Rhythm): string {
  const today = dayOf(at, rhythm.zone)
  return isDue(today, rhythm) ? today : dueDayAfter(today, rhythm)
}

export function isDue(day: string, rhythm: Rhythm): boolean {
  return rhythm.weekdays.has(weekdayOf(day)) && !rhythm.holidays.has(day)
}

/** The instant of the meeting on that day, whether or not the day is due. */
export function dueOn(day: string, { hour, minute, zone }: Rhythm): Date {
  return atWall(midnight(day) + hour * anHour + minute * aMinute, zone)
}

/** The first instant of that day at which the wall shows this time or a later one: where a clock change skips it, the change. */
export function slotOn(day: string, time: Pick<Rhythm, 'hour' | 'minute' | 'zone'>): Date {
  const wanted = midnight(day) + time.hour * anHour + time.minute * aMinute
  const at = atWall(wanted, time.zone)
  const skippedMs = wallOf(at, time.zone).getTime() - wanted
  for (let back = skippedMs; back > 0; back -= aMinute) {
    const earlier = new Date(at.getTime() - back)
    if (wallOf(earlier, time.zone).getTime() >= wanted) return earlier
  }
  return at
}

export function nextDueAfter(instant: Date, rhythm: Rhythm): Date {
  const today = dayOf(instant, rhythm.zone)
  const isAhead = isDue(today, rhythm) && dueOn(today, rhythm) > instant
  return dueOn(isAhead ? today : dueDayAfter(today, rhythm), rhythm)
}

export function lastDueBefore(instant: Date, rhythm: Rhythm): Date {
  const today = dayOf(instant, rhythm.zone)
  const isPast = isDue(today, rhythm) && dueOn(today, rhythm) < instant
  return dueOn(isPast ? today : dueDayBefore(today, rhythm), rhythm)
}

export function dueDayAfter(day: string, rhythm: Rhythm): string {
  return dueDayFrom(day, 1, rhythm)
}

export function dueDayBefore(day: string, rhythm: Rhythm): string {
  return dueDayFrom(day, -1, rhythm)
}

function dueDayFrom(day: string, step: 1 | -1, rhythm: Rhythm): string {
  for (let away = 1; away <= 400; away++) {
    const candidate = addDays(day, step * away)
    if (isDue(candidate, rhythm)) return candidate
  }
  throw new Error(`no meeting is due within 400 days of ${day}: every day is a holiday`)
}

const weekdayWords = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** '09:00 mon-fri', '8:30 mon,wed,fri', '09:00 sun-thu'. Throws an Error that says the fault and gives an example. */
export function parseRhythm(text: string, zone: string, holidays: Iterable<string> = []): Rhythm {
  const [, hour, minute, days] = /^(\d{1,2}):(\d\d)\s+(\S+)$/.exec(text.trim().toLowerCase()) ?? []
  if (!days) throw new Error(`cannot read ${quoted(text)} as a time and its days; write for example 09:00 mon-fri`)
  if (Number(hour) > 23 || Number(minute) > 59)
    throw new Error(`there is no ${hour}:${minute}; write for example 09:00 mon-fri`)
  if (!isZone(zone)) throw new Error(`${quoted(zone)} is not a time zone; write for example Europe/Berlin`)
  const stray = [...holidays].find((day) => !isDay(day))
  if (stray !== undefined) throw new Error(`the holiday ${quoted(stray)} is not a day; write for example 2026-12-25`)

  const weekdays = new Set(days.split(',').flatMap(weekdaysIn))
  return { hour: Number(hour), minute: Number(minute), weekdays, zone, holidays: new Set(holidays) }
}

function weekdaysIn(range: string): number[] {
  const [first = -1, last = first, ...rest] = range.split('-').map((word) => weekdayWords.indexOf(word))
  if (first < 0 || last < 0 || rest.length > 0)
    throw new Error(`${quoted(range)} is not a weekday or a span of them; write for example mon-fri`)
  const length = ((last - first + 7) % 7) + 1
  return Array.from({ length }, (_, away) => ((first + away) % 7) + 1)
}

// Days: 'YYYY-MM-DD', the zone beside them.

export function isDay(text: string): boolean {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  return found !== null && isDate(Number(found[1]), Number(found[2]), Number(found[3]))
}

export function dayOf(instant: Date, zone: string): string {
  return wallOf(instant, zone).toISOString().slice(0, 10)
}

/** The day's first instant, and the next day's: unlike a Window, `from` belongs to it and `to` does not. */
export function dayBounds(day: string, zone: string): { from: Date; to: Date } {
  return { from: atWall(midnight(day), zone), to: atWall(midnight(day) + aDay, zone) }
}

export function addDays(day: string, days: number): string {
  return new Date(midnight(day) + days * aDay).toISOString().slice(0, 10)
}

/** How many days `to` lies after `from`. */
export function daysBetween(from: string, to: string): number {
  return (midnight(to) - midnight(from)) / aDay
}

/** 1 = Monday .. 7 = Sunday. */
export function weekdayOf(day: string): number {
  return new Date(midnight(day)).getUTCDay() || 7
}

function midnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

// Words: what a view shows.

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** '09:02' */
export function clockTime(instant: Date, zone: string): string {
  return wallOf(instant, zone).toISOString().slice(11, 16)
}

/** 'Mon 23 Nov' */
export function dateWords(day: string): string {
  const weekday = weekdayWords[weekdayOf(day) - 1] ?? ''
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]}`
}

/** 'Mon 23 Nov 09:02' */
export function dateTimeWords(instant: Date, zone: string): string {
  return `${dateWords(dayOf(instant, zone))} ${clockTime(instant, zone)}`
}

// Reading: other people's times.

const iso =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?\s?(?<offset>[Zz]|[+-]\d\d(?::?\d\d)?)?)?$/

/**
 * An ISO 8601 instant with offset or Z, or a local time or day (its start) of `zone`. A local time that a clock change
 * skipped is read an hour later, one that came twice as the first. Throws an Error with the fault and an example.
 */
export function parseInstant(text: string, zone?: string): Date {
  const parts = iso.exec(text.trim())?.groups
  if (!parts) throw new Error(`cannot read ${quoted(text)} as an instant; write for example 2026-11-23T09:00:00+01:00`)
  if (!parts.offset && zone === undefined)
    throw new Error(`${quoted(text)} has no offset and no zone was given; write for example 2026-11-23T09:00:00+01:00`)
  return instantOf(parts, text, zone ?? 'UTC')
}

/** Reads `text` by a pattern of yyyy yy MMM MM M dd d HH H hh h a mm m ss s SSS XXX and literals, e.g. 'd/M/yyyy HH:mm'. */
export function parsePattern(text: string, pattern: string, zone: string): Date {
  const parts = compiled(pattern).exec(text.trim())?.groups
  if (!parts) throw new Error(`${quoted(text)} does not follow the pattern ${pattern}`)
  return instantOf(parts, text, zone)
}

/** Throws an Error with the fault and an example when the pattern could not read a date. */
export function checkPattern(pattern: string): void {
  compiled(pattern)
}

const patternParts: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<shortYear>\\d\\d)',
  MMM: '(?<monthWord>[A-Za-z]{3})',
  MM: '(?<month>\\d\\d)',
  M: '(?<month>\\d\\d?)',
  dd: '(?<day>\\d\\d)',
  d: '(?<day>\\d\\d?)',
  HH: '(?<hour>\\d\\d)',
  H: '(?<hour>\\d\\d?)',
  hh: '(?<halfDayHour>\\d\\d)',
  h: '(?<halfDayHour>\\d\\d?)',
  a: '(?<halfDay>[AaPp][Mm])',
  mm: '(?<minute>\\d\\d)',
  m: '(?<minute>\\d\\d?)',
  ss: '(?<second>\\d\\d)',
  s: '(?<second>\\d\\d?)',
  SSS: '(?<fraction>\\d{3})',
  XXX: '(?<offset>[Zz]|[+-]\\d\\d:?\\d\\d)',
}
const compiledPatterns = new Map<string, RegExp>()

function compiled(pattern: string): RegExp {
  const known = compiledPatterns.get(pattern)
  if (known) return known

  const example = 'write for example d/M/yyyy HH:mm'
  const pieces = pattern.match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']/g) ?? []
  const stray = pieces.find((piece) => /^[A-Za-z]/.test(piece) && !(piece in patternParts))
  if (stray)
    throw new Error(`the date pattern ${quoted(pattern)} holds ${quoted(stray)}, which means nothing; ${example}`)
  const sources = pieces.map((piece) => patternParts[piece] ?? escaped(piece.replaceAll("'", '')))
  const names = sources.flatMap((source) => /\?<(\w+)>/.exec(source)?.[1] ?? [])
  const isWhole = [/^(y|shortY)ear$/, /^month/, /^day$/].every((wanted) => names.some((name) => wanted.test(name)))
  const isOnce = new Set(names).size === names.length
  const isHalved = names.includes('halfDayHour') === names.includes('halfDay')
  if (!isWhole || !isOnce || !isHalved)
    throw new Error(
      `the date pattern ${quoted(pattern)} needs one year, one month and one day, and an a beside h; ${example}`,
    )

  const made = new RegExp(`^${sources.join('')}$`)
  compiledPatterns.set(pattern, made)
  return made
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

interface Parts {
  year?: string
  shortYear?: string
  month?: string
  monthWord?: string
  day?: string
  hour?: string
  halfDayHour?: string
  halfDay?: string
  minute?: string
  second?: string
  fraction?: string
  offset?: string
}

function instantOf(parts: Parts, text: string, zone: string): Date {
  const year = parts.shortYear ? 2000 + Number(parts.shortYear) : Number(parts.year)
  const month = parts.monthWord ? monthNumber(parts.monthWord) : Number(parts.month)
  const day = Number(parts.day)
  if (!isDate(year, month, day)) throw new Error(`there is no such day: ${quoted(text)}`)
  if (year < 1970) throw new Error(`${quoted(text)} lies before 1970, which usually stands for an empty date`)
  const [hour, minute, second] = [hourOf(parts), Number(parts.minute ?? 0), Number(parts.second ?? 0)]
  if (!(hour < 24 && minute < 60 && second < 60)) throw new Error(`there is no such time of day: ${quoted(text)}`)

  const wall = Date.UTC(
    year,
    month - 1,
    day,
    hour,
    minute,
    second,
    Number((parts.fraction ?? '').padEnd(3, '0').slice(0, 3)),
  )
  return parts.offset ? new Date(wall - offsetMs(parts.offset, text)) : atWall(wall, zone)
}

function monthNumber(word: string): number {
  return months.findIndex((month) => month.toLowerCase() === word.toLowerCase()) + 1
}

function hourOf({ hour, halfDayHour, halfDay }: Parts): number {
  if (halfDayHour === undefined) return Number(hour ?? 0)
  const isReal = Number(halfDayHour) >= 1 && Number(halfDayHour) <= 12
  return isReal ? (Number(halfDayHour) % 12) + (halfDay?.toLowerCase() === 'pm' ? 12 : 0) : Number.NaN
}

function isDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

function offsetMs(offset: string, text: string): number {
  if (offset.toUpperCase() === 'Z') return 0
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', ''))]
  if (hours > 18 || minutes > 59) throw new Error(`there is no such offset: ${quoted(text)}`)
  return (offset.startsWith('-') ? -1 : 1) * (hours * anHour + minutes * aMinute)
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}

// Zones: what the clock on the wall shows.

export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    clockOf(zone)
    return true
  } catch {
    return false
  }
}

/** The clock on the wall, as if it were UTC. */
function wallOf(instant: Date, zone: string): Date {
  return new Date(instant.getTime() + offsetAt(instant.getTime(), zone))
}

/** The instant at which the wall showed this. In a gap the offset before it counts (so: later), in an overlap too (earlier). */
function atWall(wall: number, zone: string): Date {
  const [before, after] = [offsetAt(wall - aDay, zone), offsetAt(wall + aDay, zone)]
  const isAfter = offsetAt(wall - before, zone) !== before && offsetAt(wall - after, zone) === after
  return new Date(wall - (isAfter ? after : before))
}

/** How far the wall is ahead of UTC, in ms. A day that ends with the offset it began with keeps it throughout. */
function offsetAt(instant: number, zone: string): number {
  const day = Math.floor(instant / aDay)
  const offset = offsetAtStart(day, zone)
  return offset === offsetAtStart(day + 1, zone) ? offset : askedOffset(instant, zone)
}

function offsetAtStart(day: number, zone: string): number {
  const { offsets } = clockOf(zone)
  const known = offsets.get(day)
  if (known !== undefined) return known

  const offset = askedOffset(day * aDay, zone)
  if (offsets.size > 20_000) offsets.clear()
  offsets.set(day, offset)
  return offset
}

interface Clock {
  format: Intl.DateTimeFormat
  offsets: Map<number, number>
}
const clocks = new Map<string, Clock>()

function clockOf(zone: string): Clock {
  const known = clocks.get(zone)
  if (known) return known

  const clock = { format: new Intl.DateTimeFormat('en-US', { ...wallClock, timeZone: zone }), offsets: new Map() }
  clocks.set(zone, clock)
  return clock
}

const wallClock: Intl.DateTimeFormatOptions = {
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
}

function askedOffset(instant: number, zone: string): number {
  const [month = 0, day, year = 0, hour, minute, second] = (
    clockOf(zone).format.format(instant).match(/\d+/g) ?? []
  ).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
}
