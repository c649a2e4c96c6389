import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { aDay, addDays, anHour, dayOf, dueOn, weekdayOf } from '../../src/calendar.ts'
import { feedPath } from '../../src/post/feeds.ts'
import { feedOf, invitationOf } from '../../src/post/ics.ts'
import { queueInvitations } from '../../src/post/invitations.ts'
import { keepPreference, preferenceOf } from '../../src/record/preferences.ts'
import { type Entry, isFree, postmortemEntry, sessionMs } from '../../src/reports/calendar-entries.ts'
import { proposeSession, sessionLimit } from '../../src/reports/session.ts'
import { daysAgo, hoursAgo, morning, rhythm, zone } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { signedIn } from '../support/signed-in.ts'
import { incident, submit, tell } from '../web/asking.ts'
import { openOffice, openPostHouse, subscribe } from './post-house.ts'

const written = { publicUrl: new URL('https://muster.example.org'), stamp: morning }

function eventsIn(ics: string) {
  const calendar = new ICAL.Component(ICAL.parse(ics))
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}

test('a person subscribes to meetings, their postmortems, what they promised and what is planned', async () => {
  const { app, db, settings } = await openApp()
  await subscribe(db, 'Ana')
  await subscribe(db, 'Ben')
  await tell(db, [
    incident('I-1', daysAgo(4), { title: 'Cart lost', ownerId: 'ana@example.com', severity: 'sev2' }),
    { kind: 'incident-event', incidentId: 'I-1', at: hoursAgo(20), event: 'postmortem', value: 'yes' },
    {
      kind: 'incident-event',
      incidentId: 'I-1',
      at: hoursAgo(19),
      event: 'postmortem-scheduled',
      value: '2026-11-25T13:00:00Z',
    },
    {
      kind: 'action',
      id: 'A-1',
      at: daysAgo(3),
      told: { title: 'Alarm on lag', ownerId: 'ana@example.com', dueAt: new Date('2026-11-27T17:00:00Z') },
    },
    {
      kind: 'action',
      id: 'A-2',
      at: daysAgo(3),
      told: { title: 'Not hers', ownerId: 'ben@example.com', dueAt: new Date('2026-11-27T17:00:00Z') },
    },
    {
      kind: 'planned-event',
      id: 'E-1',
      title: 'Flash sale',
      from: new Date('2026-11-24T11:00:00Z'),
      to: new Date('2026-11-24T13:00:00Z'),
      service: 'checkout',
      peakPercent: 85,
      valuePerMinute: null,
      currency: null,
    },
  ])
  const path = await feedPath(db, settings.key, { person: 'ana@example.com', drawn: 0 })

  const response = await app.request(path)
  const events = eventsIn(await response.text())
  const found = (summary: string) => events.find((event) => event.summary === summary)

  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(events.filter(({ summary }) => summary === 'Morning operations meeting').length).toBe(21)
  expect(found('Postmortem: Cart lost')?.startDate.toJSDate()).toEqual(new Date('2026-11-25T13:00:00Z'))
  expect([found('Due: Alarm on lag')?.startDate.isDate, found('Due: Alarm on lag')?.startDate.toString()]).toEqual([
    true,
    '2026-11-27',
  ])
  expect(found('Flash sale (checkout)')?.duration.toSeconds()).toBe(7200)
  expect(events.some(({ summary }) => summary.includes('Not hers'))).toBe(false)
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length)
})

test('a feed whose address was drawn anew opens no more, and no other opens at all', async () => {
  const { app, db, settings } = await openApp()
  await subscribe(db, 'Ana')
  const headers = await signedIn(db, 'ana@example.com', 'viewer')
  const path = await feedPath(db, settings.key, { person: 'ana@example.com', drawn: 0 })

  await submit(app, '/people/ana%40example.com/feed', {}, headers)

  expect((await app.request(path)).status).toBe(404)
  expect((await app.request(await feedPath(db, settings.key, { person: 'ana@example.com', drawn: 1 }))).status).toBe(
    200,
  )
  expect((await app.request('/calendar/AAAAAAAAAAAAAAAAAAAAAA.ics')).status).toBe(404)
})

test('who had a part is asked to the postmortem; asked anew when it moves, and told when it is not held', async () => {
  const { smtpUrl, got } = await openPostHouse()
  const { db, send, clock } = await openOffice(smtpUrl)
  for (const name of ['Ana', 'Ben', 'Cem']) await keepQuiet(db, await subscribe(db, name))
  const happen = (
    event: 'postmortem' | 'postmortem-scheduled' | 'acknowledged',
    value: string,
    hours: number,
    by = '',
  ) => tell(db, [{ kind: 'incident-event', incidentId: 'I-1', at: hoursAgo(hours), event, value, by }])
  await tell(db, [incident('I-1', daysAgo(4), { title: 'Cart lost', ownerId: 'ana@example.com' })])
  await happen('acknowledged', '', 60, 'ben@example.com')
  await happen('postmortem', 'yes', 20)
  await happen('postmortem-scheduled', '2026-11-25T13:00:00Z', 19)
  const round = async () => {
    await queueInvitations(db, clock.at)
    await queueInvitations(db, clock.at)
    await send()
  }

  await round()
  await happen('postmortem-scheduled', '2026-11-26T13:00:00Z', 18)
  await round()
  await happen('postmortem', 'no', 17)
  await round()

  const told = got.map((mail) => {
    const part = mail.attachments.find(({ contentType }) => contentType === 'text/calendar') ?? null
    const ics = part?.content.toString('utf8') ?? ''
    const calendar = new ICAL.Component(ICAL.parse(ics))
    const [event] = eventsIn(ics)
    const to = Array.isArray(mail.to) ? mail.to[0]?.text : mail.to?.text
    return [
      to?.replace(/.*<(.*)>/, '$1'),
      calendar.getFirstPropertyValue('method'),
      event?.sequence,
      event?.startDate.toJSDate().toISOString(),
      event?.component.getFirstPropertyValue('status'),
    ]
  })
  const ofEach = (method: string, sequence: number, at: string, status: string) =>
    ['ana@example.com', 'ben@example.com'].map((to) => [to, method, sequence, at, status])
  expect(told.slice(0, 2).toSorted()).toEqual(ofEach('REQUEST', 0, '2026-11-25T13:00:00.000Z', 'CONFIRMED'))
  expect(told.slice(2, 4).toSorted()).toEqual(ofEach('REQUEST', 1, '2026-11-26T13:00:00.000Z', 'CONFIRMED'))
  expect(told.slice(4).toSorted()).toEqual(ofEach('CANCEL', 2, '2026-11-26T13:00:00.000Z', 'CANCELLED'))
})

test('who has no part in it any more is freed by name, and the others are asked with the next number', async () => {
  const { smtpUrl, got } = await openPostHouse()
  const { db, send, clock } = await openOffice(smtpUrl)
  for (const name of ['Ana', 'Ben']) await keepQuiet(db, await subscribe(db, name))
  const happen = (event: 'postmortem' | 'postmortem-scheduled' | 'assigned', value: string, hours: number) =>
    tell(db, [{ kind: 'incident-event', incidentId: 'I-1', at: hoursAgo(hours), event, value }])
  await tell(db, [incident('I-1', daysAgo(4), { title: 'Cart lost', ownerId: 'ana@example.com' })])
  await happen('postmortem', 'yes', 20)
  await happen('postmortem-scheduled', '2026-11-25T13:00:00Z', 19)
  await queueInvitations(db, clock.at)
  await send()
  await happen('assigned', 'ben@example.com', 18)
  await queueInvitations(db, clock.at)
  await send()

  const told = got.map((mail) => {
    const ics =
      mail.attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString('utf8') ?? ''
    const calendar = new ICAL.Component(ICAL.parse(ics))
    const [event] = eventsIn(ics)
    const asked = event?.component.getAllProperties('attendee').map((one) => String(one.getFirstValue()).toLowerCase())
    return [calendar.getFirstPropertyValue('method'), event?.sequence, asked]
  })
  expect(told[0]).toEqual(['REQUEST', 0, ['mailto:ana@example.com']])
  expect(told.slice(1).toSorted()).toEqual([
    ['CANCEL', 1, ['mailto:ana@example.com']],
    ['REQUEST', 1, ['mailto:ben@example.com']],
  ])
})

test('a postmortem is scheduled from the agenda in the first hour that is free for all', async () => {
  const { app, db } = await openApp()
  const headers = await signedIn(db, 'ana@example.com', 'manager')
  await tell(db, [
    incident('I-1', hoursAgo(30), { severity: 'sev1', ownerId: 'ana@example.com' }),
    incident('I-2', hoursAgo(40), { severity: 'sev2', ownerId: 'ana@example.com' }),
    { kind: 'incident-event', incidentId: 'I-2', at: hoursAgo(19), event: 'postmortem', value: 'yes' },
    {
      kind: 'incident-event',
      incidentId: 'I-2',
      at: hoursAgo(18),
      event: 'postmortem-scheduled',
      value: '2026-11-23T10:00:00Z',
    },
  ])
  await submit(app, '/incidents/I-1/postmortem', { decision: 'yes' }, headers)
  await submit(app, '/incidents/I-1/postmortem/session', { proposed: 'yes' }, headers)

  // Not before two hours from nine, and not while Ana sits in the other one at eleven.
  expect(await (await app.request('/incidents/I-1', { headers })).text()).toContain('12:00')
})

const busyness = fc.array(
  fc.record({ hour: fc.integer({ min: 0, max: 14 * 24 }), hours: fc.integer({ min: 1, max: 6 }) }),
  { maxLength: 60 },
)

test('whatever stands in the calendars, a session is proposed within its limit, on a working day, in working hours, and free', () => {
  fc.assert(
    fc.property(
      busyness,
      fc.constantFrom('sev1', 'sev2', 'sev3', null),
      fc.integer({ min: 0, max: 72 }),
      (taken, severity, waited) => {
        const decidedAt = new Date(morning.getTime() - waited * anHour)
        const busy = taken.map(
          ({ hour, hours }, place): Entry => ({
            id: `${place}`,
            kind: 'postmortem',
            title: '',
            subject: { kind: 'incident', id: '' },
            words: [],
            allDay: false,
            from: new Date(morning.getTime() + hour * anHour),
            to: new Date(morning.getTime() + (hour + hours) * anHour),
          }),
        )
        const wanted = { severity, decidedAt, now: morning, rhythm, busy }
        const at = proposeSession(wanted)
        const limit = sessionLimit(severity, decidedAt, rhythm)
        const free = slotsUntil(limit).filter((slot) => isFree(slot, busy))

        expect(at).toEqual(free[0] ?? null)
        if (at === null) return
        expect(at <= limit).toBe(true)
        expect(weekdayOf(dayOf(at, zone))).toBeLessThan(6)
        expect(
          busy.every((entry) => entry.allDay || entry.to <= at || entry.from.getTime() >= at.getTime() + sessionMs),
        ).toBe(true)
      },
    ),
  )
})

test('three days for a sev1, five business days for a sev2', () => {
  expect(sessionLimit('sev1', morning, rhythm)).toEqual(new Date(morning.getTime() + 3 * aDay))
  expect(sessionLimit('sev2', morning, rhythm)).toEqual(new Date('2026-11-30T23:00:00Z'))
})

const pieces = fc.constantFrom(
  '\r\n',
  '\n',
  'END:VEVENT',
  'BEGIN:VALARM',
  'ATTACH:',
  ';',
  ',',
  ':',
  '\\',
  '"',
  '\u2028',
  'é',
  '漢',
  '😀',
  'x'.repeat(80),
)
const hostile = fc
  .array(fc.oneof(pieces, fc.string({ maxLength: 8, unit: 'binary' })), { minLength: 1, maxLength: 20 })
  .map((parts) => parts.join(''))

test('a title is a text, whatever stands in it: the same components, and no line of its own', () => {
  fc.assert(
    fc.property(hostile, (title) => {
      const entry: Entry = {
        id: title,
        kind: 'planned',
        title,
        subject: { kind: 'planned-event', id: title },
        words: [title],
        allDay: false,
        from: morning,
        to: hoursAgo(-1),
      }
      const ics = feedOf(title, [entry, { ...entry, id: 'other' }], written)
      const calendar = new ICAL.Component(ICAL.parse(ics))

      expect(calendar.getAllSubcomponents().map(({ name }) => name)).toEqual(['vevent', 'vevent'])
      for (const event of calendar.getAllSubcomponents('vevent')) {
        expect(event.getAllSubcomponents()).toEqual([])
        expect(
          event
            .getAllProperties()
            .map(({ name }) => name)
            .sort(),
        ).toEqual(['description', 'dtend', 'dtstamp', 'dtstart', 'sequence', 'summary', 'uid', 'url'])
        expect(String(event.getFirstPropertyValue('url'))).toMatch(/^https:\/\/muster\.example\.org\//)
      }
      for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    }),
    { numRuns: Number(process.env.TITLES ?? 100) },
  )
})

test('a name is a name, whatever stands in it: everybody is asked, and nobody else', () => {
  fc.assert(
    fc.property(hostile, (name) => {
      const entry = postmortemEntry({ id: 'I-1', title: 'Cart lost', severity: null, postmortemFor: morning })
      const people = ['ana@example.com', 'ben@example.com'].map((email) => ({ name, email }))
      const organizer = { name, email: 'muster@example.org' }
      const ics = invitationOf(entry, { ...written, method: 'REQUEST', sequence: 3, organizer, people })
      const [event] = new ICAL.Component(ICAL.parse(ics)).getAllSubcomponents('vevent')
      const asked = event?.getAllProperties('attendee') ?? []

      expect(asked.map((one) => String(one.getFirstValue()).toLowerCase())).toEqual([
        'mailto:ana@example.com',
        'mailto:ben@example.com',
      ])
      expect(String(event?.getFirstPropertyValue('organizer')).toLowerCase()).toBe('mailto:muster@example.org')
      expect(asked.every((one) => one.getParameter('rsvp') === 'TRUE')).toBe(true)
    }),
    { numRuns: Number(process.env.TITLES ?? 100) },
  )
})

function slotsUntil(limit: Date): Date[] {
  const slots: Date[] = []
  for (let day = dayOf(morning, zone); dueOn(day, rhythm) < limit; day = addDays(day, 1))
    for (let half = 20; half <= 32; half++) {
      const at = dueOn(day, { ...rhythm, hour: Math.floor(half / 2), minute: (half % 2) * 30 })
      if (rhythm.weekdays.has(weekdayOf(day)) && at.getTime() >= morning.getTime() + 2 * anHour && at <= limit)
        slots.push(at)
    }
  return slots
}

async function keepQuiet(db: Parameters<typeof preferenceOf>[0], person: string): Promise<void> {
  const kept = await preferenceOf(db, person)
  if (kept) await keepPreference(db, { ...kept, digestFrom: null })
}
