import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aMinute, anHour } from '../../src/calendar.ts'
import { escalationOf, figureOf, noticesBetween } from '../../src/measures/exposure.ts'
import type { Exposure } from '../../src/record/shapes.ts'

const since = new Date('2026-11-21T18:48:00+01:00')

describe('the complacency clock', () => {
  test.each([
    [0, 'room'],
    [4 * anHour - 1, 'room'],
    [4 * anHour, 'manager'],
    [24 * anHour - 1, 'manager'],
    [24 * anHour, 'director'],
    [72 * anHour - 1, 'director'],
    [72 * anHour, 'subject line'],
    [900 * anHour, 'subject line'],
  ])('after %i ms without an ETA it has climbed to the %s', (age, escalation) => {
    expect(escalationOf(anExposure(), later(age))).toBe(escalation)
  })

  test('stays with the room while an owner keeps an ETA ahead, and counts its whole age once that has passed', () => {
    const promised = anExposure({ ownerId: 'ana@muster.example', eta: later(30 * anHour) })

    expect(escalationOf(promised, later(30 * anHour - 1))).toBe('room')
    expect(escalationOf(promised, later(30 * anHour))).toBe('director')
    expect(figureOf(promised, { asOf: later(30 * anHour), zone: 'UTC' }).etaPassed).toBe(true)
  })

  test("takes an ETA that is nobody's for no promise", () => {
    expect(escalationOf(anExposure({ ownerId: ' ', eta: later(30 * anHour) }), later(5 * anHour))).toBe('manager')
  })

  test('gives each notice once over minute steps of a frozen clock', () => {
    const minutes = Array.from({ length: 80 * 60 }, (_, minute) => minute)
    const notices = minutes.flatMap((minute) =>
      noticesBetween(anExposure(), { from: later(minute * aMinute), to: later((minute + 1) * aMinute) }).map(
        (notice) => [minute + 1, notice],
      ),
    )

    expect(notices).toEqual([
      [4 * 60, 'manager'],
      [24 * 60, 'director'],
      [72 * 60, 'subject line'],
    ])
  })

  test('gives each notice once over any chain of looks', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 100 * 60 }), { minLength: 1, maxLength: 30 }), (looks) => {
        const steps = [0, ...looks.toSorted((a, b) => a - b), 100 * 60].map((minute) => later(minute * aMinute))
        const notices = steps
          .slice(1)
          .flatMap((to, index) => noticesBetween(anExposure(), { from: steps[index] ?? to, to }))

        expect(notices).toEqual(['manager', 'director', 'subject line'])
      }),
    )
  })

  test('stops when the exposure ends', () => {
    const ended = anExposure({ until: later(5 * anHour) })

    expect(figureOf(ended, { asOf: later(80 * anHour), zone: 'UTC' })).toMatchObject({
      forMs: 5 * anHour,
      escalation: 'manager',
    })
  })
})

function anExposure(told: Partial<Exposure> = {}): Exposure {
  const unsaid = { until: null, ownerId: null, plan: null, eta: null, sites: [], notes: [], incidentIds: [], peaks: [] }
  return { id: 'checkout@1', service: 'checkout', since, certain: true, ...unsaid, ...told }
}

function later(ms: number): Date {
  return new Date(since.getTime() + ms)
}
