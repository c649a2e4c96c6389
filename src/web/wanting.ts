import type { Context } from 'hono'
import { aDay, dayBounds, isDay } from '../calendar.ts'
import { refuse, type Wrong } from './faults.tsx'
import type { Env } from './house.ts'
import { instantOrFault } from './moments.ts'

/** A form that cannot be taken as it is: 422 with the field, its fault and the mend. */
export function unfit(c: Context<Env>, wrong: Wrong): Promise<Response> {
  return refuse(c, 422, { title: 'That could not be taken', errors: [wrong] })
}

export function missing(c: Context<Env>, field: string, mend: string): Promise<Response> {
  return unfit(c, { field, fault: 'is missing', mend })
}

export function notOneOf(c: Context<Env>, field: string, known: readonly string[]): Promise<Response> {
  return unfit(c, { field, fault: 'is not known here', mend: `Choose one of ${known.join(', ')}` })
}

export function nobody(c: Context<Env>, name: string): Promise<Response> {
  const mend = 'Choose somebody of the list of people, or give an e-mail address'
  return unfit(c, { field: 'owner', fault: `nobody here is called ${name}`, mend })
}

/** When something is due, as a form says it: a day means its end in the zone. Else what is wrong with it. */
export function dueOrFault(text: string, zone: string): Date | string {
  return isDay(text)
    ? new Date(Math.min(dayBounds(text, zone).to.getTime() - 1, maxInstant))
    : instantOrFault(text, zone)
}
const maxInstant = 8.64e15 - aDay

export function isOneOf<const Words extends readonly string[]>(
  words: Words,
  said: string | undefined,
): said is Words[number] {
  return said !== undefined && words.includes(said)
}
