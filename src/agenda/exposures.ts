import { type ExposureFigure, figureOf, longestFirst, thinAfterLoss } from '../measures/exposure.ts'
import type { Exposure, Facts, PlannedEvent } from '../record/shapes.ts'
import { byId } from './gravity.ts'
import type { Item, Reason } from './shapes.ts'
import { type Shown, shorten } from './shown.ts'

/**
 * Who could not survive the loss of one more site: first those whose capacity falls short today, then the longest, then
 * those of which a site has not said; after them peaks still to come that what is left cannot carry, and what is over.
 */
export function exposureItems(facts: Facts, figures: ExposureFigure[]): Shown {
  const past = facts.exposures.filter(({ until }) => until !== null).toSorted(latestEndFirst)
  return shorten([
    ...figures.map(openItem),
    ...figures.flatMap((figure) => thinItems(figure, facts)),
    ...facts.sites.flatMap((pair) => thinPairItems(pair, facts)),
    ...past.map(overItem),
  ])
}

/** The open ones, in the order in which the room takes them up. */
export function openExposures({ exposures, asOf, zone }: Facts): ExposureFigure[] {
  return exposures
    .filter(({ until }) => until === null)
    .map((exposure) => figureOf(exposure, { asOf, zone }))
    .toSorted(mostPressingFirst)
}

/** What is left cannot carry what is forecast. */
export function isShort({ headroomPoints }: ExposureFigure): boolean {
  return headroomPoints !== null && headroomPoints < 0
}

function mostPressingFirst(a: ExposureFigure, b: ExposureFigure): number {
  return (
    Number(b.exposure.certain) - Number(a.exposure.certain) ||
    Number(isShort(b)) - Number(isShort(a)) ||
    longestFirst(a, b) ||
    byId(a.exposure, b.exposure)
  )
}

function openItem(figure: ExposureFigure): Item {
  const { exposure } = figure
  return {
    subject: { kind: 'exposure', id: exposure.id },
    title: exposure.service,
    reason: exposure.certain ? alone(figure) : unproven(figure),
    ownerId: exposure.ownerId,
  }
}

function alone({ exposure, ...figure }: ExposureFigure): Reason {
  return {
    kind: 'alone',
    service: exposure.service,
    sites: figure.carriedBy.toSorted(),
    since: exposure.since,
    eta: exposure.eta,
    escalation: figure.escalation,
    headroomPoints: figure.headroomPoints,
    peak: figure.peak && { title: figure.peak.title, from: figure.peak.from },
    valueAtRiskPerMinute: figure.valuePerMinute,
    currency: figure.currency,
    missing: figure.missing,
  }
}

function unproven({ exposure, carriedBy, escalation, missing }: ExposureFigure): Reason {
  return {
    kind: 'unproven',
    service: exposure.service,
    sites: carriedBy.toSorted(),
    silentSites: exposure.sites.flatMap(({ site, state }) => (state === 'unknown' ? site : [])).toSorted(),
    since: exposure.since,
    escalation,
    missing,
  }
}

/** Peaks of the days to come that the sites left could not carry; today's is in the exposure's own headroom. */
function thinItems(
  { exposure, remainingPercent, peak: todays }: ExposureFigure,
  { plannedEvents, asOf }: Facts,
): Item[] {
  return plannedEvents
    .filter(
      ({ id, from, service }) => from > asOf && id !== todays?.id && (service ?? exposure.service) === exposure.service,
    )
    .toSorted(soonestFirst)
    .flatMap((event) => {
      const isThin = event.peakPercent !== null && remainingPercent !== null && remainingPercent < event.peakPercent
      return isThin ? thinItem(event, exposure, { peakPercent: event.peakPercent ?? 0, remainingPercent }) : []
    })
}

/** A pair that is well today, but whose loss of its largest site would leave less than a peak to come. */
function thinPairItems({ service, sites }: Facts['sites'][number], { plannedEvents, exposures }: Facts): Item[] {
  if (exposures.some((exposure) => exposure.service === service && exposure.until === null)) return []

  return plannedEvents
    .filter((event) => (event.service ?? service) === service)
    .toSorted(soonestFirst)
    .flatMap((event) => {
      const remainingPercent = sites.length > 1 ? thinAfterLoss(sites, event.peakPercent) : null
      const percents = remainingPercent === null ? null : { peakPercent: event.peakPercent ?? 0, remainingPercent }
      return percents ? thinItem(event, { service }, percents) : []
    })
}

function thinItem(
  { id, title, from }: PlannedEvent,
  { service }: Pick<Exposure, 'service'>,
  percents: { peakPercent: number; remainingPercent: number },
): Item {
  return {
    subject: { kind: 'planned-event', id },
    title,
    reason: { kind: 'thin', service, plannedEventId: id, ...percents, from },
    ownerId: null,
  }
}

function overItem({ id, service, since, until, ownerId }: Exposure): Item {
  return {
    subject: { kind: 'exposure', id },
    title: service,
    reason: { kind: 'redundant again', service, since, until: until ?? since },
    ownerId,
  }
}

function soonestFirst(a: PlannedEvent, b: PlannedEvent): number {
  return a.from.getTime() - b.from.getTime() || byId(a, b)
}

function latestEndFirst(a: Exposure, b: Exposure): number {
  return (b.until?.getTime() ?? 0) - (a.until?.getTime() ?? 0) || byId(a, b)
}
