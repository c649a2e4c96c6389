import { expect, test } from 'vitest'
import type { Reason, VerdictReason } from '../../src/agenda/shapes.ts'
import { aMinute, anHour } from '../../src/calendar.ts'
import {
  ago,
  counted,
  dayWords,
  listed,
  minutes,
  money,
  objectiveWords,
  percent,
  spell,
  when,
  windowWords,
} from '../../views/figures.ts'
import { budgetWords, countsWords, recipeWords, usualWords, verdictWords } from '../../views/headlines.ts'
import { figureName } from '../../views/names.ts'
import { quietWords } from '../../views/quiet.ts'
import { reasonClauses, reasonWords } from '../../views/words.ts'
import {
  anAgenda,
  anExposure,
  anIncident,
  anInput,
  aPlannedEvent,
  aSource,
  daysAgo,
  hoursAgo,
  inHours,
  minutesAgo,
  morning,
  sinceFriday,
  zone,
} from '../support/builders.ts'

const reading = { asOf: morning, zone }

test.each([
  [20_000, 'less than 1 min'],
  [4 * aMinute, '4 min'],
  [anHour, '1 h'],
  [38 * anHour + 12 * aMinute, '38 h 12 m'],
  [74 * anHour, '3 d 2 h'],
  [96 * anHour, '4 d'],
  [23.4 * 24 * anHour, '23 d'],
  [-4 * aMinute, '4 min'],
])('%d ms is spelt %s', (ms, words) => {
  expect(spell(ms)).toBe(words)
})

test('a window is told by its weekdays and its length in hours, a long one by its dates', () => {
  expect(windowWords(sinceFriday, zone)).toBe('Fri 09:02 → Mon 09:00, 71 h 58 m')
  expect(windowWords({ from: daysAgo(10), to: morning }, zone)).toBe('Fri 13 Nov 09:00 → Mon 09:00, 10 d')
  expect(windowWords({ from: new Date('2026-10-23T07:02:00Z'), to: new Date('2026-10-26T08:00:00Z') }, zone)).toBe(
    'Fri 09:02 → Mon 09:00, 72 h 58 m',
  )
})

test('an instant is as short as it stays plain, in the zone of the meeting', () => {
  expect(when(hoursAgo(2), reading)).toBe('07:00')
  expect(when(hoursAgo(35), reading)).toBe('Sat 22:00')
  expect(when(daysAgo(8), reading)).toBe('Sun 15 Nov 09:00')
  expect(when(daysAgo(400), reading)).toBe('Sun 19 Oct 2025 10:00')
  expect(when(inHours(26), reading)).toBe('tomorrow 11:00')
  expect(when(inHours(6 * 24), reading)).toBe('Sun 29 Nov 09:00')
  expect(dayWords('2026-11-22', reading)).toBe('yesterday')
  expect(ago(minutesAgo(3), morning)).toBe('3 min ago')
  expect(ago(inHours(2), morning)).toBe('in 2 h')
})

test('figures stand under each other, and a share is never rounded up to whole', () => {
  expect(percent(99.72)).toBe('99.72 %')
  expect(percent(99.999)).toBe('99.99 %')
  expect(percent(100)).toBe('100.00 %')
  expect(objectiveWords(99.95)).toBe('99.95 %')
  expect(minutes(1436.4)).toBe('1,436 min')
  expect(minutes(-57)).toBe('−57 min')
  expect(minutes(-0.2)).toBe('0 min')
  expect(money(8000, 'EUR')).toBe('€8,000')
  expect(money(8000, null)).toBe('8,000')
  expect(money(8000, 'points')).toBe('8,000 points')
  expect(counted(1800, 'incident')).toBe('1,800 incidents')
  expect(listed(['fra', 'ams', 'par'])).toBe('fra, ams and par')
  expect(figureName('incidents.nearMisses')).toBe('incidents near misses')
})

test('an exposure says where, for how long, what is short and what is missing', () => {
  const peak = aPlannedEvent({ title: 'Flash sale', peakPercent: 85, valuePerMinute: 8000, currency: 'EUR' })
  const [item] = anAgenda({ exposures: [anExposure({ peaks: [peak] })] }).sections[0]?.items ?? []

  expect(item && reasonWords(item.reason, reading)).toBe(
    'On fra alone for 35 h, since Sat 22:00. 25 points short at 12:00 for Flash sale, €8,000 a minute at risk. ' +
      'No owner, no plan, no ETA. Past 24 h: the director must know',
  )
})

test.each<[Reason, string]>([
  [
    {
      kind: 'new',
      severity: 'sev1',
      startedAt: hoursAgo(2),
      mitigatedAt: null,
      customerMinutes: 1436,
      suspectId: 'c',
      suspect: { what: 'search deploy 4.2', at: hoursAgo(2.2) },
    },
    'SEV1, open for 2 h, since 07:00. 1,436 customer-minutes. Suspect: search deploy 4.2, 12 min before it began',
  ],
  [
    {
      kind: 'restored',
      severity: 'sev3',
      startedAt: hoursAgo(31),
      at: hoursAgo(30),
      customerMinutes: 0,
      suspectId: null,
      suspect: null,
    },
    'SEV3, over after 1 h, ended Sun 03:00. Near miss: no customer was hurt',
  ],
  [
    { kind: 'late', severity: null, belongsTo: '2026-11-19', at: daysAgo(4), customerMinutes: null },
    'Severity unknown, late: belongs to Thu 19 Nov, but we heard of it only now',
  ],
  [
    {
      kind: 'still open',
      severity: 'sev2',
      since: daysAgo(6),
      mitigatedAt: null,
      unowned: true,
      customerMinutes: null,
    },
    'SEV2, open for 6 d, since Tue 09:00, nobody owns it',
  ],
  [{ kind: 'overdue', dueAt: daysAgo(3) }, 'Overdue by 3 d, was due Fri 09:00'],
  [
    { kind: 'recurring', service: null, symptom: '', in7Days: 2, in30Days: 4 },
    'Struck twice in 7 days, 4 times in 30. Is there one problem behind it?',
  ],
  [{ kind: 'recurred', at: hoursAgo(3), fixedAt: daysAgo(2) }, 'Back since 06:00: the fix of Sat 09:00 did not hold'],
  [
    { kind: 'to decide', advice: { answer: 'yes', rules: ['severity', 'repeated'] } },
    'To decide, advised yes: it was grave and has struck before',
  ],
  [{ kind: 'to decide', advice: { answer: 'no', rules: [] } }, 'To decide, advised no'],
  [
    { kind: 'silent', class: 'automated', lastHeardAt: null, silenceMs: anHour },
    'No automatic alert was ever told to us. Should speak every 1 h',
  ],
  [
    { kind: 'correction', meetingDay: '2026-11-20', number: 1, figure: 'incidents.opened', was: 2, is: 3 },
    'Correction 1 to Fri 20 Nov: incidents opened was told as 2, is 3',
  ],
])('a reason is one plain line: %o', (reason, words) => {
  expect(reasonWords(reason, reading)).toBe(words)
  expect(reasonClauses(reason, reading)[0]).not.toBe('')
})

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

test('a quiet section names who says so and how old that is', () => {
  const sources = [
    aSource({ lastHeardAt: minutesAgo(3) }),
    aSource({ name: 'icinga', silent: true, lastHeardAt: daysAgo(2) }),
  ]
  const inputs = [anInput({ lastHeardAt: minutesAgo(3) })]

  expect(quiet('incidents', { sources: sources.slice(0, 1), inputs })).toBe(
    'No incident since Fri 09:02. Alertmanager last spoke 3 min ago',
  )
  expect(quiet('incidents', { sources, inputs })).toBe(
    'No incident since Fri 09:02. Alertmanager last spoke 3 min ago, but icinga is silent',
  )
  expect(quiet('incidents', { sources: [], inputs })).toBe('No incident since Fri 09:02. Last word 3 min ago')
  expect(quiet('actions', {})).toBe('No action from last time is due. Our own record, as of 09:00')
})

test('where nobody ever told us, no section says that there is nothing', () => {
  const unheard = anAgenda({ sources: [], inputs: [] }).sections.filter(({ heardAt }) => heardAt === null)

  expect(unheard.map(({ topic }) => topic)).toEqual(
    expect.arrayContaining(['exposures', 'service-levels', 'incidents', 'still-open', 'complaints', 'changes']),
  )
  for (const section of unheard) expect(quietWords(section, reading)).toMatch(/^Nobody has told us: /)
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

function quiet(topic: string, given: Parameters<typeof anAgenda>[0]): string | undefined {
  const section = anAgenda(given).sections.find((each) => each.topic === topic)
  return section && quietWords(section, reading)
}
