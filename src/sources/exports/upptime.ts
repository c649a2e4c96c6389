import { parse } from 'yaml'
import { addDays, dayOf, daysBetween, isDay } from '../../calendar.ts'
import type { Fact } from '../../record/fact.ts'
import { instantIn } from '../mapping/values.ts'
import { asSaid, type Said } from '../said.ts'
import { type About, rowsIn, type Subject, type ToolExport } from './export.ts'

const mend = 'take history/summary.json of an Upptime repository, with the .yml of each site beside it'
const minutesOfDay = 24 * 60
const indicator = 'availability'

/**
 * Upptime's history: the minutes each site was down, day by day in UTC. A day is told when the site was watched all through it:
 * after the day its .yml begins, before the day of its last look. Without the .yml only the days on which it was down are
 * told. Its percentages are not believed: they are rounded, and each over another age.
 */
export const upptimeHistory: ToolExport = {
  name: 'upptime',
  title: 'Upptime: its history',
  source: 'upptime',
  class: 'service-level',

  async read(text, about) {
    const rows = rowsIn(text, ['sites'], mend).map(asSaid)
    return Promise.all(rows.map((row, place) => subjectOf(row, place, about)))
  },
}

async function subjectOf(row: Said, place: number, { beside }: About): Promise<Subject> {
  const [name, slug] = [row.text('name'), row.text('slug')]
  if (name === undefined || !row.has('dailyMinutesDown'))
    return { name: name ?? `row ${place + 1}`, facts: [], fault: `name or dailyMinutesDown: is missing; ${mend}` }

  const down = new Map(
    Object.entries(row.pairs('dailyMinutesDown')).flatMap(([day, minutes]): [string, number][] =>
      isDay(day) ? [[day, Number(minutes)]] : [],
    ),
  )
  const watched = watchedDays((slug && /^[\w-]+$/.test(slug) && (await beside(`${slug}.yml`))) || '')
  const days = new Set([...watched, ...[...down.keys()].filter((day) => watched.length === 0 || watched.includes(day))])
  const facts = [...days].sort().map((day): Fact => {
    const minutes = Math.min(minutesOfDay, Math.max(0, down.get(day) ?? 0))
    const counted = { good: minutesOfDay - minutes, total: minutesOfDay, unknown: 0 }
    return { kind: 'service-level', service: name, indicator, day, zone: 'UTC', ...counted }
  })
  return { name, facts }
}

function watchedDays(yml: string): string[] {
  if (yml === '') return []
  const said = asSaid(parse(yml, { maxAliasCount: 0 }))
  const [first, last] = [said.text('startTime'), said.text('lastUpdated')].map((text) =>
    text ? instantIn(text, 'UTC') : undefined,
  )
  if (first === undefined || last === undefined) return []

  const [from, to] = [addDays(dayOf(first, 'UTC'), 1), dayOf(last, 'UTC')]
  const whole = Math.min(4_000, Math.max(0, daysBetween(from, to)))
  return Array.from({ length: whole }, (_, day) => addDays(from, day))
}
