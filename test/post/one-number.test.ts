import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { aMinute, anHour } from '../../src/calendar.ts'
import { adjourn } from '../../src/meeting/adjourn.ts'
import { openMorning } from '../../src/meeting/open.ts'
import { letterOf } from '../../src/post/digest-letter.tsx'
import { editionAt } from '../../src/post/editions.ts'
import type { Fact } from '../../src/record/fact.ts'
import { buildDigest } from '../../src/reports/digest.ts'
import { hoursAgo, morning, rhythm } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aloneSince, incident, jsonOf, tell, textOf } from '../web/asking.ts'

const services = ['search', 'checkout', 'payments']
const severity = fc.constantFrom('sev1', 'sev2', 'sev3', 'sev4', null)
const ago = fc.integer({ min: 5, max: 5 * 24 * 60 }).map((minutes) => new Date(morning.getTime() - minutes * aMinute))
const service = fc.constantFrom(...services)
const id = fc.integer({ min: 1, max: 400 })

const aFact: fc.Arbitrary<Fact[]> = fc.oneof(
  fc
    .record({
      id,
      at: ago,
      service,
      severity,
      over: fc.boolean(),
      owned: fc.boolean(),
      minutes: fc.option(fc.integer({ min: 0, max: 9000 })),
    })
    .map(({ id, at, service, severity, over, owned, minutes }) => [
      incident(`I-${id}`, at, {
        service,
        severity,
        customerMinutes: minutes,
        ownerId: owned ? 'ana@example.com' : null,
        ...(over && { resolvedAt: new Date(Math.min(at.getTime() + anHour, morning.getTime())) }),
      }),
    ]),
  fc.record({ service, at: ago }).map(({ service, at }) => aloneSince(service, at)),
  fc
    .record({ id, at: ago, due: fc.option(ago) })
    .map(({ id, at, due }): Fact[] => [
      { kind: 'action', id: `A-${id}`, at, told: { title: `Action ${id}`, ownerId: 'ana@example.com', dueAt: due } },
    ]),
  fc.record({ id, at: ago, service }).map(({ id, at, service }): Fact[] => [
    {
      kind: 'change',
      id: `C-${id}`,
      at,
      what: `deploy ${id}`,
      service,
      site: null,
      who: null,
      url: null,
      type: 'deploy',
    },
  ]),
  fc.record({ id, at: ago, count: fc.integer({ min: 1, max: 40 }) }).map(({ id, at, count }): Fact[] => [
    {
      kind: 'complaint',
      id: `K-${id}`,
      at,
      text: `Complaint ${id}`,
      service: null,
      class: 'customer',
      incidentId: null,
      count,
    },
  ]),
  fc
    .record({ id, at: ago })
    .map(({ id, at }): Fact[] => [
      { kind: 'problem', id: `P-${id}`, at, told: { title: `Problem ${id}`, openedAt: at } },
    ]),
)

/** What a morning's letter says in its counts line, as the room's page does. */
function figuresIn(text: string): string[] {
  return [
    ...text
      .replace(/[\s\u00a0]+/g, ' ')
      .matchAll(/(\d[\d,]*) (new incidents?|resolved|open problems?|complaints?|changes?|open actions?|overdue)\b/g),
  ].map(([, count, what]) => `${what?.replace(/s$/, '')} ${count}`)
}

const count = Number(process.env.MORNINGS ?? 8)

test(
  'room, mail, phone and program agree to the number, morning after random morning',
  async () => {
    const { db, settings } = await openTestRecord()
    const app = createApp({ db, settings, now: () => morning })
    const reader = { personId: 'ana@example.com', name: 'Ana', zone: rhythm.zone, variant: 'manager' } as const
    const samples = fc.sample(fc.array(aFact, { minLength: 1, maxLength: 6 }), {
      numRuns: count,
      seed: 7,
    })
    expect(samples.length).toBeGreaterThan(7)

    for (const [turn, told] of samples.entries()) {
      await tell(db, told.flat(), hoursAgo(1))
      const at = morning
      const edition = await editionAt(db, rhythm, new Date(at.getTime() + turn)) // another instant is another snapshot
      const { counts, verdict } = (await jsonOf(app, '/api/v1/agenda')) as {
        counts: typeof edition.told.agenda.counts
        verdict: { level: string }
      }
      const letter = letterOf(buildDigest(edition, reader, null), {
        at: (path) => `https://muster.example.org${path}`,
        stop: null,
        preferences: null,
        offer: () => null,
      })
      const phone = await textOf(app, '/check-in')
      const page = await textOf(app, '/')

      expect(edition.told.agenda.counts).toEqual(counts)
      const expected = [
        `new incident ${counts.incidents.opened}`,
        `resolved ${counts.incidents.resolved}`,
        ...(counts.problems.open > 0 ? [`open problem ${counts.problems.open}`] : []),
        ...(counts.complaints.inWindow > 0 ? [`complaint ${counts.complaints.inWindow}`] : []),
        ...(counts.changes.inWindow > 0 ? [`change ${counts.changes.inWindow}`] : []),
        ...(counts.actions.open > 0 ? [`open action ${counts.actions.open}`] : []),
        ...(counts.actions.overdue > 0 ? [`overdue ${counts.actions.overdue}`] : []),
      ]
      const listed = letter.text
        .split('\n')
        .filter((line) => line.startsWith('- '))
        .join(' ')
      expect(figuresIn(listed)).toEqual(expected)
      expect(letter.html).toContain(verdict.level.toUpperCase())
      expect(letter.subject).toContain(`[OPS ${verdict.level.toUpperCase()}]`)
      expect(phone).toMatch(new RegExp(`<dt>Incidents open</dt><dd>${counts.incidents.open}\\b`))
      expect(phone).toContain(`<header class="${verdict.level}">`)
      expect(page).toMatch(new RegExp(`light ${verdict.level}|${verdict.level}`))
    }
  },
  120_000 + count * 4_000,
)

test('after the meeting everybody is told what the room left, under one number, whenever they wake', async () => {
  const { db } = await openTestRecord()
  await tell(db, [incident('I-1', hoursAgo(5), { severity: 'sev2', ownerId: 'ana@example.com' })], hoursAgo(5))
  await openMorning(db, '2026-11-23', { at: hoursAgo(0), by: 'ana', rhythm })
  const closedAt = new Date(morning.getTime() + 14 * aMinute)
  const closing = await adjourn(db, '2026-11-23', { at: closedAt, by: 'ana', why: 'rehearsed', rhythm } as Parameters<
    typeof adjourn
  >[2])
  await tell(
    db,
    [incident('I-2', new Date(closedAt.getTime() + anHour), { severity: 'sev1' })],
    new Date(closedAt.getTime() + anHour),
  )

  const newYork = await editionAt(db, rhythm, new Date('2026-11-23T13:00:00Z'))
  const losAngeles = await editionAt(db, rhythm, new Date('2026-11-23T16:00:00Z'))

  expect(closing.outcome).toBe('adjourned')
  expect(newYork.number).toBe(losAngeles.number)
  expect([newYork.meetingId, newYork.asOf]).toEqual(['2026-11-23', closedAt])
  expect(newYork.told.agenda.counts.incidents.opened).toBe(1)
})
