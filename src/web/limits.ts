import type { Context } from 'hono'
import { aMinute } from '../calendar.ts'
import { refuse } from './faults.tsx'
import type { Env } from './house.ts'

/** So many within so long. */
export interface Allowance {
  most: number
  perMs: number
}
/** Counts what was asked, by whom and about whom. Of one record, in this process. */
export interface Limits {
  /** In how many seconds it may be asked again; 0 = now, and it is counted. */
  spend(key: string, allowance: Allowance, now: Date): number
}
const mostKeys = 20_000

/** Asking for a letter: by one address for one person, so that nobody is locked out by what others do elsewhere. */
export const allowances = {
  oneForOne: { most: 10, perMs: 15 * aMinute },
  fromOne: { most: 300, perMs: 15 * aMinute }, // a whole office may stand behind one address
  letters: { most: 1, perMs: aMinute }, // to one person; the one that is under way will do
  wrong: { most: 60, perMs: 15 * aMinute }, // links and tokens that open nothing
} as const

export function keepLimits(): Limits {
  const spent = new Map<string, { count: number; until: number }>()
  return {
    spend(key, { most, perMs }, now) {
      const at = now.getTime()
      const known = spent.get(key)
      const current = known && known.until > at ? known : { count: 0, until: at + perMs }
      if (current.count >= most) return Math.max(1, Math.ceil((current.until - at) / 1000))
      // Filled with strangers, it forgets the oldest rather than grow.
      if (spent.size >= mostKeys && !known) spent.delete(spent.keys().next().value ?? key)
      if (known !== current) spent.delete(key)
      spent.set(key, { ...current, count: current.count + 1 })
      return 0
    },
  }
}

/** 429, with when to come again. */
export function tooOften(c: Context<Env>, seconds: number): Response | Promise<Response> {
  const mend = seconds < 90 ? `Come again in ${seconds} seconds` : `Come again in ${Math.ceil(seconds / 60)} minutes`
  return refuse(c, 429, { title: 'That was too often', mend, headers: { 'retry-after': `${seconds}` } })
}
