import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aMinute, anHour } from '../../src/calendar.ts'
import { type ExposureFigure, figureOf, headroom, longestFirst, moneyAtRisk } from '../../src/measures/exposure.ts'
import type { Exposure, PlannedEvent, SiteStanding } from '../../src/record/shapes.ts'

const zone = 'Europe/Berlin'
const since = new Date('2026-11-21T18:48:00+01:00')
const monday = new Date('2026-11-23T09:00:00+01:00')

describe('the headroom', () => {
  test('of 60 % capacity against a peak of 85 % is -25 points, with the money of the sale', () => {
    const figure = figureAt(monday, {
      sites: [aSite('fra', 'serving', 60), aSite('ams', 'unable', 100)],
      peaks: [aSale()],
    })

    expect(figure).toMatchObject({
      remainingPercent: 60,
      peakPercent: 85,
      headroomPoints: -25,
      peak: { title: 'Flash sale' },
      valuePerMinute: 8000,
      currency: 'USD',
      carriedBy: ['fra'],
    })
    expect(moneyAtRisk(figure, 5 * aMinute)).toBe(40_000)
  })

  test('is unknown, not green, without a forecast or without a capacity', () => {
    expect(figureAt(monday, { peaks: [] }).headroomPoints).toBeNull()
    expect(figureAt(monday, { sites: [aSite('fra', 'serving', null)], peaks: [aSale()] }).headroomPoints).toBeNull()
    expect([headroom(null, 85), headroom(60, null), headroom(0, 85)]).toEqual([null, null, -85])
    expect(moneyAtRisk(figureAt(monday, { peaks: [] }), anHour)).toBeNull()
  })

  test("counts the highest peak and the costliest event of what is still to come of today's local day", () => {
    const peaks = [
      aSale({ id: 'over', to: new Date('2026-11-23T08:30:00+01:00'), peakPercent: 99, valuePerMinute: 99_000 }),
      aSale({ id: 'small', peakPercent: 70, valuePerMinute: 9_000, currency: 'EUR' }),
      aSale({ id: 'high', peakPercent: 90, valuePerMinute: 10 }),
      aSale({
        id: 'tomorrow',
        from: new Date('2026-11-24T00:00:00+01:00'),
        to: new Date('2026-11-24T01:00:00+01:00'),
        peakPercent: 100,
      }),
      aSale({ id: 'silent', peakPercent: null, valuePerMinute: null }),
    ]

    expect(figureAt(monday, { peaks })).toMatchObject({
      peakPercent: 90,
      peak: { id: 'high' },
      valuePerMinute: 9_000,
      currency: 'EUR',
    })
  })
})

describe('an exposure', () => {
  test('says how long, and what nobody has said about it', () => {
    expect(figureAt(later(38.2 * anHour))).toMatchObject({
      forMs: 38.2 * anHour,
      missing: ['owner', 'plan', 'eta'],
      etaPassed: false,
    })
    const told = { ownerId: 'ana@muster.example', plan: 'Fail back after the sale', eta: later(anHour) }
    expect(figureAt(since, told).missing).toEqual([])
  })

  test('comes before those that have run for less', () => {
    const figures = [
      anExposure({ service: 'search', since: later(2 * anHour) }),
      anExposure({ service: 'checkout' }),
      anExposure({ service: 'billing' }),
    ].map((exposure) => figureOf(exposure, { asOf: later(9 * anHour), zone }))

    expect(figures.toSorted(longestFirst).map(({ exposure }) => exposure.service)).toEqual([
      'billing',
      'checkout',
      'search',
    ])
  })
})

test('any exposure has a figure, and no part of it is NaN', () => {
  const percent = fc.option(fc.integer({ min: 0, max: 150 }))
  const site = fc.record({
    site: fc.string(),
    state: fc.constantFrom('serving', 'able', 'unable', 'draining', 'unknown'),
    capacityPercent: percent,
  })
  fc.assert(
    fc.property(
      fc.array(site),
      fc.array(fc.record({ peakPercent: percent, valuePerMinute: percent })),
      (sites, peaks) => {
        const figure = figureAt(monday, {
          sites: sites.map((told) => ({ ...told, since })) as SiteStanding[],
          peaks: peaks.map((told) => aSale(told)),
        })

        for (const number of [
          figure.forMs,
          figure.remainingPercent,
          figure.peakPercent,
          figure.headroomPoints,
          figure.valuePerMinute,
        ])
          expect(number).not.toBeNaN()
        expect(figure.headroomPoints === null).toBe(figure.remainingPercent === null || figure.peakPercent === null)
      },
    ),
  )
})

function figureAt(asOf: Date, told: Partial<Exposure> = {}): ExposureFigure {
  return figureOf(anExposure(told), { asOf, zone })
}

function anExposure(told: Partial<Exposure> = {}): Exposure {
  const unsaid = { until: null, ownerId: null, plan: null, eta: null, notes: [], incidentIds: [], peaks: [] }
  const sites = [aSite('fra', 'serving', 60), aSite('ams', 'unable', 100)]
  return { id: 'checkout@1', service: 'checkout', since, certain: true, sites, ...unsaid, ...told }
}

function aSite(site: string, state: SiteStanding['state'], capacityPercent: number | null): SiteStanding {
  return { site, state, since, capacityPercent }
}

function aSale(told: Partial<PlannedEvent> = {}): PlannedEvent {
  const hours = { from: new Date('2026-11-23T12:00:00+01:00'), to: new Date('2026-11-23T14:00:00+01:00') }
  return {
    id: 'sale',
    title: 'Flash sale',
    service: 'checkout',
    peakPercent: 85,
    valuePerMinute: 8000,
    currency: 'USD',
    ...hours,
    ...told,
  }
}

function later(ms: number): Date {
  return new Date(since.getTime() + ms)
}
