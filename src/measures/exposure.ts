import { aMinute, anHour, dayBounds, dayOf } from '../calendar.ts'
import type { Exposure, PlannedEvent, SiteStanding } from '../record/shapes.ts'

/** What an exposure amounts to at one instant. null = unknown, and unknown is never green. */
export interface ExposureFigure {
  exposure: Exposure
  forMs: number
  escalation: 'room' | 'manager' | 'director' | 'subject line'
  carriedBy: string[] // the sites that serve
  remainingPercent: number | null // capacity of the sites able to carry
  peakPercent: number | null // highest forecast peak of asOf's day
  headroomPoints: number | null // remaining - peak
  peak: PlannedEvent | null // the event behind the peak
  valuePerMinute: number | null // money a minute at risk, of the costliest event of the day
  currency: string | null
  etaPassed: boolean
  missing: ('owner' | 'plan' | 'eta')[]
}

/** The figures of S13 to S15. Only what is still to come of asOf's local day counts for the peak and the money. */
export function figureOf(exposure: Exposure, { asOf, zone }: { asOf: Date; zone: string }): ExposureFigure {
  const today = exposure.peaks.filter((event) => isStillToday(event, asOf, zone))
  const peak = today.filter((event) => event.peakPercent !== null).toSorted(highestFirst)[0] ?? null
  const costliest = today.filter((event) => event.valuePerMinute !== null).toSorted(costliestFirst)[0] ?? null
  const remainingPercent = remainingCapacity(exposure.sites)
  const peakPercent = peak?.peakPercent ?? null
  return {
    exposure,
    forMs: Math.max(0, endOf(exposure, asOf).getTime() - exposure.since.getTime()),
    escalation: escalationOf(exposure, asOf),
    carriedBy: exposure.sites.filter(({ state }) => state === 'serving').map(({ site }) => site),
    remainingPercent,
    peakPercent,
    headroomPoints: headroom(remainingPercent, peakPercent),
    peak,
    valuePerMinute: costliest?.valuePerMinute ?? null,
    currency: costliest?.currency ?? null,
    etaPassed: isEtaPassed(exposure, asOf),
    missing: missingOf(exposure),
  }
}

export function longestFirst(a: ExposureFigure, b: ExposureFigure): number {
  return b.forMs - a.forMs || a.exposure.service.localeCompare(b.exposure.service)
}

const steps = [
  { escalation: 'manager', afterMs: 4 * anHour },
  { escalation: 'director', afterMs: 24 * anHour },
  { escalation: 'subject line', afterMs: 72 * anHour },
] as const

/**
 * The complacency clock (S14): an exposure without a promise climbs by its age, from the room to the manager at 4 h, the
 * director at 24 h and the subject line at 72 h. A promise is an owner with an ETA still ahead: with one it stays with
 * the room; the moment the ETA passes, the whole age counts. It no longer climbs once it has ended.
 */
export function escalationOf(exposure: Exposure, asOf: Date): ExposureFigure['escalation'] {
  const end = endOf(exposure, asOf)
  const isPromised = !isBlank(exposure.ownerId) && exposure.eta !== null && exposure.eta > end
  const reached = steps.filter(({ afterMs }) => end.getTime() - exposure.since.getTime() >= afterMs)
  return (isPromised ? undefined : reached.at(-1)?.escalation) ?? 'room'
}

/** Whom to tell between two looks at the same exposure: every step climbed, each once over a chain of looks. */
export function noticesBetween(
  exposure: Exposure,
  { from, to }: { from: Date; to: Date },
): ExposureFigure['escalation'][] {
  const rungs = ['room', ...steps.map(({ escalation }) => escalation)] as const
  return rungs.slice(rungs.indexOf(escalationOf(exposure, from)) + 1, rungs.indexOf(escalationOf(exposure, to)) + 1)
}

/** What the sites that serve or are able could carry together, in percent; null when one of them has not said (S15). */
export function remainingCapacity(sites: readonly SiteStanding[]): number | null {
  const able = sites.filter(isAble)
  const isSilent = able.length === 0 && (sites.length === 0 || sites.some(({ state }) => state === 'unknown'))
  return isSilent ? null : total(able.map(({ capacityPercent }) => capacityPercent))
}

/** Remaining capacity minus the forecast peak, in points: 60 % against 85 % is -25. null = one of them is unknown (S15). */
export function headroom(remainingPercent: number | null, peakPercent: number | null): number | null {
  return remainingPercent === null || peakPercent === null ? null : remainingPercent - peakPercent
}

/** What an outage of that long would cost: minutes times the rate (S15). */
export function moneyAtRisk({ valuePerMinute }: ExposureFigure, outageMs: number): number | null {
  return valuePerMinute === null ? null : (outageMs / aMinute) * valuePerMinute
}

/** Redundancy (S13): how many sites could each carry the whole forecast peak. Without a forecast, how many are able at all. */
export function redundancy(sites: readonly SiteStanding[], peakPercent: number | null): number | null {
  const able = sites.filter(isAble)
  if (peakPercent !== null && able.some(({ capacityPercent }) => capacityPercent === null)) return null
  return able.filter(({ capacityPercent }) => capacityPercent === null || capacityPercent >= (peakPercent ?? 0)).length
}

/** All may be well, and still the loss of the largest site would leave less than the peak: what it would leave, or null. */
export function thinAfterLoss(sites: readonly SiteStanding[], peakPercent: number | null): number | null {
  const able = sites.filter(isAble).map(({ capacityPercent }) => capacityPercent)
  const whole = total(able)
  if (whole === null || peakPercent === null || able.length === 0) return null
  const left = whole - Math.max(...able.map((percent) => percent ?? 0))
  return left < peakPercent ? left : null
}

function isAble({ state }: SiteStanding): boolean {
  return state === 'serving' || state === 'able'
}

function total(percents: readonly (number | null)[]): number | null {
  return percents.reduce(
    (sum, percent) => (sum === null || percent === null ? null : sum + percent),
    0 as number | null,
  )
}

function isStillToday(event: PlannedEvent, asOf: Date, zone: string): boolean {
  return event.to > asOf && event.from < dayBounds(dayOf(asOf, zone), zone).to
}

function highestFirst(a: PlannedEvent, b: PlannedEvent): number {
  return (b.peakPercent ?? 0) - (a.peakPercent ?? 0) || a.from.getTime() - b.from.getTime()
}

function costliestFirst(a: PlannedEvent, b: PlannedEvent): number {
  return (b.valuePerMinute ?? 0) - (a.valuePerMinute ?? 0) || a.from.getTime() - b.from.getTime()
}

function endOf({ until }: Exposure, asOf: Date): Date {
  return until && until < asOf ? until : asOf
}

function isEtaPassed(exposure: Exposure, asOf: Date): boolean {
  return exposure.eta !== null && exposure.eta <= endOf(exposure, asOf)
}

function missingOf({ ownerId, plan, eta }: Exposure): ExposureFigure['missing'] {
  const gaps = { owner: isBlank(ownerId), plan: isBlank(plan), eta: eta === null }
  return (['owner', 'plan', 'eta'] as const).filter((part) => gaps[part])
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === ''
}
