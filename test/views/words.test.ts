import { expect, test } from 'vitest'
import type { Reason } from '../../src/agenda/shapes.ts'
import { anHour } from '../../src/calendar.ts'
import { reasonClauses, reasonWords } from '../../views/words.ts'
import { anAgenda, anExposure, aPlannedEvent, daysAgo, hoursAgo, morning, zone } from '../support/builders.ts'

const reading = { asOf: morning, zone }

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
