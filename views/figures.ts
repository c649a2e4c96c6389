import {
  aDay,
  addDays,
  aMinute,
  anHour,
  clockTime,
  dateWords,
  dayOf,
  daysBetween,
  type Window,
} from '../src/calendar.ts'

/** From where one reads: an agenda, or anything else with an instant and the meeting's zone. */
export interface Reading {
  asOf: Date
  zone: string
  nameOf?: (personId: string) => string
}

/** '4 min', '38 h 12 m', from 72 h on '3 d 2 h', from ten days on '23 d', from two years on '10 years'. */
export function spell(ms: number): string {
  const span = Math.abs(ms)
  if (span < aMinute) return 'less than 1 min'
  if (span < anHour) return `${Math.floor(span / aMinute)} min`
  if (span < 72 * anHour) return hoursAndMinutes(span)

  const [days, hours] = [Math.floor(span / aDay), Math.floor((span % aDay) / anHour)]
  if (days >= 730) return `${Math.floor(days / 365.25)} years`
  return hours === 0 || days >= 10 ? `${figure(days)} d` : `${days} d ${hours} h`
}

/** 'Fri 09:02 → Mon 09:00, 71 h 58 m'. Past six days the dates are told too. */
export function windowWords({ from, to }: Window, zone: string): string {
  const span = to.getTime() - from.getTime()
  const reading = { asOf: to, zone }
  return `${weekdayTime(from, reading)} → ${weekdayTime(to, reading)}, ${span < 100 * anHour ? hoursAndMinutes(span) : spell(span)}`
}

/** As short as it stays plain: '09:02' today, 'Fri 09:02' in the past six days, 'tomorrow 09:02', else 'Fri 27 Nov 09:02'. */
export function when(at: Date, reading: Reading): string {
  const [day, today] = [dayOf(at, reading.zone), dayOf(reading.asOf, reading.zone)]
  const time = clockTime(at, reading.zone)
  if (day === today) return time
  return day < today ? weekdayTime(at, reading) : `${dayWords(day, reading)} ${time}`
}

/** 'today', 'yesterday', 'tomorrow', else 'Thu 26 Nov', another year's with its year. */
export function dayWords(day: string, { asOf, zone }: Reading): string {
  const today = dayOf(asOf, zone)
  if (day === today) return 'today'
  if (day === addDays(today, -1)) return 'yesterday'
  if (day === addDays(today, 1)) return 'tomorrow'
  return datedWords(day, today)
}

/** '3 min ago', 'in 2 h'. */
export function ago(at: Date, asOf: Date): string {
  const ms = asOf.getTime() - at.getTime()
  return ms < 0 ? `in ${spell(ms)}` : `${spell(ms)} ago`
}

/** Cut, never rounded up: 99.996 is '99.99 %', for it was not 100. */
export function percent(value: number): string {
  return `${(Math.floor(value * 100 + 1e-7) / 100).toFixed(2)} %`
}

/** As agreed, not one digit more: '99.9 %', '99.95 %'. */
export function objectiveWords(objective: number): string {
  return `${objective} %`
}

/** '1,436 min', '−57 min'. */
export function minutes(value: number): string {
  return `${figure(value)} min`
}

/** '25 points', '1 point'. */
export function points(value: number): string {
  return counted(Math.abs(Math.round(value)), 'point')
}

/** '€8,000'; a currency we were not told is not guessed. */
export function money(value: number, currency: string | null): string {
  if (!currency) return figure(value)
  return /^[A-Za-z]{3}$/.test(currency) ? inCurrency(currency).format(value) : `${figure(value)} ${currency}`
}

const currencies = new Map<string, Intl.NumberFormat>()

function inCurrency(currency: string): Intl.NumberFormat {
  const known = currencies.get(currency)
  if (known) return known

  const format = new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 })
  currencies.set(currency, format)
  return format
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** '1,800': whole, with a true minus. */
export function figure(value: number): string {
  return whole.format(Math.round(value) || 0).replace('-', '−')
}

/** '1 incident', '1,800 incidents'. */
export function counted(count: number, noun: string, many = `${noun}s`): string {
  return `${figure(count)} ${count === 1 ? noun : many}`
}

/** 'fra', 'fra and ams', 'fra, ams and par'. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** The first letter large: a sentence. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function hoursAndMinutes(ms: number): string {
  const [hours, rest] = [Math.floor(ms / anHour), Math.floor((ms % anHour) / aMinute)]
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} m`
}

function weekdayTime(at: Date, { asOf, zone }: Reading): string {
  const [day, today] = [dayOf(at, zone), dayOf(asOf, zone)]
  const isNear = Math.abs(daysBetween(day, today)) <= 6
  return `${isNear ? dateWords(day).slice(0, 3) : datedWords(day, today)} ${clockTime(at, zone)}`
}

function datedWords(day: string, today: string): string {
  return day.slice(0, 4) === today.slice(0, 4) ? dateWords(day) : `${dateWords(day)} ${day.slice(0, 4)}`
}
