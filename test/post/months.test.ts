import { expect, test } from 'vitest'
import { aMinute } from '../../src/calendar.ts'
import { letterOf } from '../../src/post/digest-letter.tsx'
import { rehearse, tellingAt } from '../../src/post/editions.ts'
import type { Db } from '../../src/record/db.ts'
import { buildDigest } from '../../src/reports/digest.ts'
import { rhythm } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { incident, tell } from '../web/asking.ts'

const at = (text: string) => new Date(`${text}:00+01:00`)

test('on the first morning of a month and a quarter the letter answers for them in numbers; on a Monday for the week', async () => {
  const { db } = await openTestRecord()
  const struck = Array.from({ length: 10 }, (_, place) => {
    const startedAt = at(`2026-12-${10 + place}T12:00`)
    const resolvedAt = new Date(startedAt.getTime() + (place + 1) * aMinute)
    const service = place < 6 ? 'search' : 'checkout'
    return incident(`I-${place}`, startedAt, {
      service,
      resolvedAt,
      severity: place === 0 ? 'sev1' : 'sev3',
      customerMinutes: place < 4 ? 100 : null,
    })
  })
  await tell(
    db,
    [...struck, incident('I-before', at('2026-11-15T12:00'), { resolvedAt: at('2026-11-15T13:00') })],
    at('2026-12-31T20:00'),
  )
  await tell(
    db,
    [
      { kind: 'service', id: 'search', tier: null, objective: 99.9, sitesRequired: null, team: null, needs: [] },
      ...['2026-12-01', '2026-12-31', '2027-01-01'].map(
        (day) =>
          ({
            kind: 'service-level',
            service: 'search',
            indicator: 'availability',
            day,
            good: day.endsWith('01-01') ? 0 : 1420,
            total: 1440,
            unknown: 0,
            zone: 'Europe/Berlin',
          }) as const,
      ),
    ],
    at('2026-12-31T20:00'),
  )

  const [friday, monday, tuesday] = [
    await textAt(db, '2027-01-01'),
    await textAt(db, '2027-01-04'),
    await textAt(db, '2027-01-05'),
  ]

  expect(titlesIn(friday)).toEqual(['THE MONTH THAT ENDED', 'THE QUARTER THAT ENDED'])
  expect(friday).toMatch(/MONTH THAT ENDED\n +- Incidents\n +10, of which 1 SEV1; 1 in as long a time before\./)
  expect(friday).toMatch(/QUARTER THAT ENDED\n +- Incidents\n +11, of which 1 SEV1; 0 in as long a time before\./)
  expect(friday).toMatch(/- Customer-minutes\n +400, unknown of 6 incidents\./)
  expect(friday).toMatch(/- Most often struck\n +On search 6 times, on checkout 4 times\./)
  expect(friday).toMatch(
    /- Until the service was back\n +Half within 5 min, nine in ten within 9 min \(known of 10\)\./,
  )
  expect(friday).toMatch(/- Until it was noticed\n +Not known of any\./)
  expect(friday).toMatch(/- Off target\n +98.61 % instead of 99.9 % for search availability\./)
  expect(titlesIn(monday)).toEqual(['THE LAST SEVEN DAYS'])
  expect(titlesIn(tuesday)).toEqual([])
})

async function textAt(db: Db, day: string): Promise<string> {
  const edition = await rehearse(db, rhythm, await tellingAt(db, rhythm, at(`${day}T09:00`)))
  const reader = { personId: null, name: '', zone: 'Europe/Berlin', variant: 'manager' } as const
  const addresses = { at: (path: string) => path, stop: null, preferences: null, offer: () => null }
  return letterOf(buildDigest(edition, reader, null), addresses).text
}

function titlesIn(text: string): string[] {
  return text.match(/^THE (?:LAST SEVEN DAYS|MONTH|QUARTER).*$/gm) ?? []
}
