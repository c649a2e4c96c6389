import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { meetingDayOf } from '../calendar.ts'
import type { Incident } from '../record/shapes.ts'
import type { Env } from './house.ts'

/** Of its day and its words: a double click opens one thing, and two people who open two at once open two. */
export function idForWords(c: Context<Env>, said: readonly (string | null | undefined)[]): string {
  const words = JSON.stringify(said.map((word) => word?.toLowerCase() ?? ''))
  const { now, settings } = c.var
  const mark = createHash('sha256').update(words).digest('hex').slice(0, 10)
  return `room:${meetingDayOf(now, settings.rhythm)}:${mark}`
}

export function problemIdFor(c: Context<Env>, { id }: Incident, title: string): string {
  return idForWords(c, ['problem', id, title])
}
