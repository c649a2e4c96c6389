import { expect, test } from 'vitest'
import { letterOf } from '../../src/post/digest-letter.tsx'
import { rehearse, tellingAt } from '../../src/post/editions.ts'
import type { Fact } from '../../src/record/fact.ts'
import { buildDigest } from '../../src/reports/digest.ts'
import { morning, rhythm } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, tell, textOf } from '../web/asking.ts'

const thatDay = (hour: number) => new Date(`2025-11-23T${hour}:00:00+01:00`)

test('what was a year ago, and what became of what was learnt from it, stands on the page, on the phone and in the letter', async () => {
  const { app, db } = await openApp()
  await tell(
    db,
    [
      incident('OLD', thatDay(11), { title: 'Certificate ran out', severity: 'sev1', resolvedAt: thatDay(12) }),
      incident('LATER', new Date('2025-11-24T00:30:00+01:00'), {
        title: 'The day after',
        resolvedAt: new Date('2025-11-24T01:00:00+01:00'),
      }),
      ...['done', 'dropped'].flatMap((became) => learnt(became)),
    ],
    thatDay(20),
  )

  const edition = await rehearse(db, rhythm, await tellingAt(db, rhythm, morning))
  const reader = { personId: null, name: '', zone: 'Europe/Berlin', variant: 'manager' } as const
  const addresses = { at: (path: string) => path, stop: null, preferences: null, offer: () => null }
  const { text, html } = letterOf(buildDigest(edition, reader, null), addresses)

  for (const told of [await textOf(app, '/'), await textOf(app, '/check-in'), text, html]) {
    expect(told).toMatch(/a year ago today/i)
    expect(told).toContain('Certificate ran out')
    expect(told).toContain('1 of the 2 actions that came of it never became effective')
    expect(told).not.toContain('The day after')
  }
})

function learnt(became: string): Fact[] {
  const id = `A-${became}`
  const told = {
    title: 'Renew by machine',
    ownerId: 'ana@example.com',
    originKind: 'incident',
    originId: 'OLD',
  } as const
  const event = became === 'done' ? 'done' : 'dropped'
  return [
    { kind: 'action', id, at: thatDay(14), told },
    { kind: 'action-event', actionId: id, at: thatDay(18), by: 'ana@example.com', event },
  ]
}
