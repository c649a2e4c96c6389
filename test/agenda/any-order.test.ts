import fc from 'fast-check'
import { expect, test } from 'vitest'
import { severities } from '../../src/record/schema.ts'
import {
  aChange,
  aComplaint,
  anAction,
  anAgenda,
  anExposure,
  anIncident,
  aProblem,
  aSource,
  daysAgo,
  facts,
  hoursAgo,
} from '../support/builders.ts'

const aCrowd = Array.from({ length: 90 }, (_, n) =>
  anIncident({ symptom: `alarm ${n % 20}`, startedAt: hoursAgo(n % 7), severity: severities[n % 4] ?? null }),
)

test('any order of the same facts gives the same agenda', () => {
  const given = facts({
    incidents: [...aCrowd, anIncident({ startedAt: daysAgo(8), news: [] }), anIncident({ severity: null })],
    exposures: [
      anExposure(),
      anExposure({ service: 'search' }),
      anExposure({ service: 'payments', until: hoursAgo(2) }),
    ],
    problems: [aProblem(), aProblem({ fixedAt: daysAgo(1) }), aProblem()],
    changes: Array.from({ length: 50 }, (_, n) =>
      aChange({ at: hoursAgo(n % 7), service: n % 2 ? 'search' : 'payments' }),
    ),
    complaints: [aComplaint(), aComplaint(), aComplaint({ count: 7 })],
    actions: [anAction(), anAction({ dueAt: daysAgo(1) }), anAction({ dueAt: daysAgo(1) })],
    sources: [aSource({ name: 'b', silent: true }), aSource({ name: 'a', silent: true }), aSource()],
  })
  const expected = anAgenda(given)

  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (chance) => {
      const shuffled = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, Array.isArray(value) ? shuffle(value, chance) : value]),
      )
      expect(anAgenda(shuffled)).toEqual(expected)
    }),
    { numRuns: 20 },
  )
})

function shuffle<Thing>(things: Thing[], chance: Iterator<number>): Thing[] {
  return things
    .map((thing) => ({ thing, place: chance.next().value as number }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ thing }) => thing)
}
