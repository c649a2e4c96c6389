import { z } from 'zod'
import { addDays, dayBounds, dayOf, isDay } from '../../calendar.ts'
import type { Fact } from '../../record/fact.ts'
import { name } from '../kinds/columns.ts'
import { type Counted, countEvents, countMinutes, type Span } from './counting.ts'
import { seriesIn, valuesBy } from './prometheus-answer.ts'
import { faultIn, leavesOut, seenBy } from './promql.ts'
import type { Asking, Puller } from './puller.ts'

const query = z
  .string()
  .trim()
  .max(5_000)
  .check((context) => {
    const fault = faultIn(context.value.replaceAll('$window', '5m'))
    if (fault) context.issues.push({ code: 'custom', message: fault, input: context.value })
  })
const level = z
  .strictObject({
    service: name(),
    indicator: name(),
    good: query.optional(), // of minutes
    every: z.int().min(60).max(3600).optional(), // how often it is scraped, where that is more than 60 s
    goodEvents: query.optional(),
    events: query.optional(),
  })
  .check((context) => {
    const { good, goodEvents, events } = context.value
    const isOne = good ? !goodEvents && !events : goodEvents && events
    const message = 'needs either good, or goodEvents and events'
    if (!isOne) context.issues.push({ code: 'custom', message, input: context.value })
  })
const options = z.strictObject({
  levels: z.array(level).max(500).optional().default([]),
  sites: z
    .array(z.strictObject({ service: name(), label: name(), query }))
    .max(100)
    .optional()
    .default([]),
  days: z.int().min(1).max(31).optional().default(7),
})
type Options = z.output<typeof options>
type Level = z.output<typeof level>

// A day is asked when it is over and its last scrape has been written.
const graceMs = 120_000
const mostDaysARound = 6

/**
 * Prometheus. Each complete day of the meeting's zone is counted once: for `good`, minute by minute, for `goodEvents` of `events`
 * in steps of five minutes ($window). What was not scraped is unknown. `sites`: above zero serves, zero is unable, and a site
 * that was there and is not any more is unknown.
 */
export const prometheus: Puller = {
  kind: 'prometheus',
  title: 'Prometheus: service levels and sites by query',
  class: 'service-level',
  everyMinutes: 1,
  options,
  example: `levels:
  - service: checkout
    indicator: availability
    good: avg(up{job="checkout"}) >= bool 0.5
  - service: checkout
    indicator: p95 within 300 ms
    good: histogram_quantile(0.95, sum by (le) (rate(request_seconds_bucket{job="checkout"}[5m]))) < bool 0.3
  - service: search
    indicator: requests
    goodEvents: sum(increase(requests_total{job="search",code!~"5.."}[$window]))
    events: sum(increase(requests_total{job="search"}[$window]))
sites:
  - service: checkout
    label: datacenter
    query: max by (datacenter) (up{job="checkout"})`,

  async fetch(asking) {
    const asked = asking.options as Options // as the schema above gave them
    const kept = keptIn(asking.cursor)
    const due = dueDays(asked, kept, asking)
    const facts: Fact[] = []
    for (const { level, day } of due.slice(0, mostDaysARound)) {
      const counted = await countDay(level, day, asking)
      facts.push(asFact(level, { day, zone: asking.zone, counted }))
      kept.days[keyOf(level)] = day
    }
    facts.push(...(await sitesNow(asked, kept, asking)))
    return { facts, cursor: JSON.stringify(kept), more: due.length > mostDaysARound }
  },
}

interface Kept {
  days: Record<string, string> // the last day that was counted
  sites: Record<string, string> // how each site stood when last asked
}
const keptShape = z.object({ days: z.record(z.string(), z.string()), sites: z.record(z.string(), z.string()) })

function keptIn(cursor: string | null): Kept {
  const parsed = keptShape.safeParse(cursor === null ? {} : JSON.parse(cursor))
  return parsed.success ? parsed.data : { days: {}, sites: {} }
}

function dueDays({ levels, days }: Options, kept: Kept, { now, zone }: Asking): { level: Level; day: string }[] {
  const last = dayOf(new Date(now.getTime() - graceMs), zone) // the day under way: not over
  const due = levels.flatMap((level) => {
    const counted = kept.days[keyOf(level)] ?? ''
    const first = isDay(counted) ? addDays(counted, 1) : addDays(last, -days)
    const open: { level: Level; day: string }[] = []
    for (let day = first < addDays(last, -31) ? addDays(last, -31) : first; day < last; day = addDays(day, 1))
      open.push({ level, day })
    return open
  })
  return due.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

async function countDay(level: Level, day: string, asking: Asking): Promise<Counted> {
  const bounds = dayBounds(day, asking.zone)
  const { good: goodMinutes, goodEvents = '', events = '' } = level
  if (goodMinutes !== undefined) {
    const span = { ...bounds, stepSeconds: 60 }
    const seenWithin = Math.max(level.every ?? 60, 60)
    const values = await range(goodMinutes, span, asking)
    const seen = await range(seenBy(goodMinutes, seenWithin), span, asking)
    return countMinutes(values, seen, { ...span, missingIsBad: leavesOut(goodMinutes) })
  }
  const span = { ...bounds, stepSeconds: 300 }
  const [good, total] = [windowed(goodEvents), windowed(events)]
  const counts = { good: await range(good, span, asking), total: await range(total, span, asking) }
  return countEvents(counts, await range(seenBy(total, 300), span, asking), span)
}

function windowed(query: string): string {
  return query.replaceAll('$window', '5m')
}

async function range(query: string, { from, to, stepSeconds }: Span, { get }: Asking) {
  const [start, end] = [from.getTime() / 1000 + stepSeconds, to.getTime() / 1000]
  const words = new URLSearchParams({ query, start: String(start), end: String(end), step: String(stepSeconds) })
  return seriesIn(await get(`api/v1/query_range?${words}`))
}

function asFact(
  { service, indicator }: Level,
  { day, zone, counted }: { day: string; zone: string; counted: Counted },
): Fact {
  return { kind: 'service-level', service, indicator, day, zone, ...counted }
}

async function sitesNow({ sites }: Options, kept: Kept, { now, get }: Asking): Promise<Fact[]> {
  const facts: Fact[] = []
  for (const { service, label, query } of sites) {
    const words = new URLSearchParams({ query, time: String(now.getTime() / 1000) })
    const values = valuesBy(label, await get(`api/v1/query?${words}`))
    const before = Object.keys(kept.sites).map((key) => JSON.parse(key) as [string, string])
    const known = before.flatMap(([of, site]) => (of === service ? [site] : []))
    for (const site of new Set([...values.keys(), ...known])) {
      const value = values.get(site) ?? null
      const state = value === null ? 'unknown' : value > 0 ? 'serving' : 'unable'
      const key = JSON.stringify([service, site])
      if (kept.sites[key] === state) continue
      kept.sites[key] = state
      facts.push({ kind: 'site', service, site, at: now, state, capacityPercent: null })
    }
  }
  return facts
}

function keyOf({ service, indicator }: Level): string {
  return JSON.stringify([service, indicator])
}
