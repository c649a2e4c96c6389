import { expect, test } from 'vitest'
import type { VerdictReason } from '../../src/agenda/shapes.ts'
import { budgetWords, countsWords, recipeWords, usualWords, verdictWords } from '../../views/headlines.ts'
import { anAgenda, anIncident, hoursAgo, morning, zone } from '../support/builders.ts'

const reading = { asOf: morning, zone }

test.each<[VerdictReason, string]>([
  [
    { kind: 'alone', service: 'checkout', sites: ['fra'], since: hoursAgo(38.2), headroomPoints: -25, others: 0 },
    "checkout on fra alone for 38 h 12 m, 25 points short of today's peak",
  ],
  [
    { kind: 'alone', service: 'checkout', sites: ['fra'], since: hoursAgo(1), headroomPoints: null, others: 2 },
    'checkout on fra alone for 1 h, headroom unknown; and 2 other services',
  ],
  [
    { kind: 'grave incident open', severity: 'sev1', incidentId: 'x', title: 'Nobody can pay', others: 1 },
    'SEV1 open: Nobody can pay; and 1 other grave incident',
  ],
  [
    { kind: 'off target', service: 'payments', measured: 99.866, objective: 99.95, others: 0 },
    'payments is at 99.86 %, target 99.95 %',
  ],
  [{ kind: 'unowned', incidents: 2, problems: 1 }, '2 open incidents and 1 open problem without an owner'],
  [
    { kind: 'silent', sources: ['nagios', 'automated'] },
    'Nagios and automatic alerts: silent. What we did not hear, we do not know',
  ],
  [{ kind: 'never heard' }, 'Nobody has told us anything yet'],
])('the verdict is one plain sentence: %o', (reason, words) => {
  expect(verdictWords(reason, reading)).toBe(words)
})

test('the counts name only what is there, the incidents always', () => {
  expect(countsWords(anAgenda().counts)).toEqual(['0 new incidents, 0 resolved, 0 open'])
  expect(countsWords(anAgenda({ incidents: [anIncident({ customerMinutes: 0 })] }).counts)).toEqual([
    '1 new incident, 0 resolved, 1 open (1 without an owner)',
    '1 near miss',
  ])
  expect(usualWords({ weekday: 1, mornings: 8, incidentsOpened: 2.7 })).toBe(
    'a usual Monday brings 3 (from 8 mornings)',
  )
  expect(usualWords({ weekday: 1, mornings: 1, incidentsOpened: 9 })).toBe('last Monday brought 9')
})

test('a percentage carries its recipe, a budget its sign in words', () => {
  expect(recipeWords({ percent: 99.86, good: 43104, total: 43162, unknown: 38, days: 29, missingDays: 1 })).toBe(
    '43,104 good of 43,162 over 29 days; 38 unknown, never counted as good; 1 day missing',
  )
  expect(budgetWords(-57)).toBe('error budget overspent by 57 min')
  expect(budgetWords(12)).toBe('12 min of error budget left')
})
