import { expect, test } from 'vitest'
import { buildAgenda } from '../../src/agenda/agenda.ts'
import type { Section } from '../../src/agenda/shapes.ts'
import type { Facts } from '../../src/record/shapes.ts'
import { aPlannedEvent, aSite, facts, hoursAgo } from '../support/builders.ts'

test('warns of a peak to come that a healthy pair could not carry after a loss', () => {
  const pair = ['ams', 'fra'].map((site) => aSite({ site, state: 'serving', capacityPercent: 60 }))
  const sale = aPlannedEvent({ service: 'checkout', peakPercent: 85, from: hoursAgo(-4), to: hoursAgo(-6) })

  const { items } = exposuresOf({ sites: [{ service: 'checkout', sites: pair }], plannedEvents: [sale] })

  expect(items).toMatchObject([
    { reason: { kind: 'thin', service: 'checkout', peakPercent: 85, remainingPercent: 60 } },
  ])
})

test('says that nobody ever told how a site stands, rather than that none is alone', () => {
  expect(exposuresOf({ sites: [] })).toMatchObject({ items: [], heardAt: null })
})

function exposuresOf(given: Partial<Facts>): Partial<Section> {
  return buildAgenda(facts(given)).sections.find(({ topic }) => topic === 'exposures') ?? {}
}
