import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chain, expectedDownMinutes, ofService, redundant } from '../../src/measures/availability.ts'
import type { Service } from '../../src/record/shapes.ts'

const monthMinutes = 30 * 24 * 60

test('what is required multiplies, what stands in for each other backs up', () => {
  expect(chain([0.99, 0.99])).toBeCloseTo(0.9801, 10)
  expect(redundant([0.99, 0.99])).toBeCloseTo(0.9999, 10)
})

test('five at .999 are .99501: 215.6 minutes of a month', () => {
  const five = chain([0.999, 0.999, 0.999, 0.999, 0.999])

  expect(five).toBeCloseTo(0.99501, 5)
  expect(expectedDownMinutes(five, monthMinutes)).toBeCloseTo(215.6, 1)
})

test('38.2 h alone are 22.9 minutes we must expect to be down, against 0.23 as a pair', () => {
  const known = {
    services: [aPair],
    availabilities: new Map([
      ['fra', 0.99],
      ['ams', 0.99],
    ]),
  }

  expect(expectedDownMinutes(ofService('checkout', { ...known, lost: new Set(['ams']) }), 38.2 * 60)).toBeCloseTo(
    22.9,
    1,
  )
  expect(expectedDownMinutes(ofService('checkout', known), 38.2 * 60)).toBeCloseTo(0.23, 2)
})

test('with both of a pair lost a service is down', () => {
  const known = {
    services: [aPair],
    availabilities: new Map([
      ['fra', 0.99],
      ['ams', 0.99],
    ]),
  }

  expect(ofService('checkout', { ...known, lost: new Set(['ams', 'fra']) })).toBe(0)
})

test('a need shared by two others counts once', () => {
  const services = [aService('shop', ['search', 'basket']), aService('search', ['disk']), aService('basket', ['disk'])]
  const availabilities = new Map([
    ['shop', 0.9],
    ['search', 0.9],
    ['basket', 0.9],
    ['disk', 0.5],
  ])

  expect(ofService('shop', { services, availabilities })).toBeCloseTo(0.9 ** 3 * 0.5, 10)
})

test('needs that go round in a circle are each counted once', () => {
  const services = [aService('hen', ['egg']), aService('egg', ['hen'])]

  expect(
    ofService('hen', {
      services,
      availabilities: new Map([
        ['hen', 0.9],
        ['egg', 0.8],
      ]),
    }),
  ).toBeCloseTo(0.72, 10)
})

test('one unknown part makes the whole unknown', () => {
  expect([chain([0.99, null]), redundant([null, 0.99]), expectedDownMinutes(null, 60)]).toEqual([null, null, null])
  expect(ofService('checkout', { services: [aPair], availabilities: new Map([['fra', 0.99]]) })).toBeNull()
  expect(ofService('nowhere', { services: [], availabilities: new Map() })).toBeNull()
})

test('any graph of needs has an answer between never and always, or none', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const need = fc.record({ needs: fc.constantFrom(...names), group: fc.constantFrom('', 'x', 'y') })
  const graph = fc.tuple(...names.map(() => fc.array(need, { maxLength: 3 })))
  const chances = fc.tuple(...names.map(() => fc.option(fc.double({ min: 0, max: 1, noNaN: true }))))
  fc.assert(
    fc.property(graph, chances, (needs, chance) => {
      const services = names.map((name, index) => ({ ...aService(name, []), needs: needs[index] ?? [] }))
      const answer = ofService('a', {
        services,
        availabilities: new Map(names.map((name, index) => [name, chance[index] ?? null])),
      })

      expect(answer === null || (answer >= 0 && answer <= 1)).toBe(true)
    }),
  )
})

const aPair: Service = {
  ...aService('checkout', []),
  needs: [
    { needs: 'fra', group: 'site' },
    { needs: 'ams', group: 'site' },
  ],
}

function aService(id: string, needs: string[]): Service {
  return {
    id,
    tier: null,
    objective: null,
    sitesRequired: null,
    team: null,
    needs: needs.map((one) => ({ needs: one, group: '' })),
  }
}
