import { expect, test } from 'vitest'
import { closeMeeting } from '../../src/record/closing.ts'
import type { Db } from '../../src/record/db.ts'
import { findMeeting, openMeeting } from '../../src/record/meetings.ts'
import { hoursAgo, inHours, minutesAgo, morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, jsonOf, submit, tell, textOf } from './asking.ts'

test('Monday answers for the weekend', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('saturday-night', hoursAgo(50), { resolvedAt: hoursAgo(48) })], hoursAgo(48))

  const page = await textOf(app, '/')

  expect(page).toContain('saturday-night broke')
  expect(await textOf(app, '/meetings/2026-11-23')).toContain('saturday-night broke')
})

test('before anything was ever heard, the first page says how to be heard', async () => {
  const { app } = await openApp()

  expect(await textOf(app, '/')).toContain('http://localhost:3000/sources/alertmanager')
})

test('a past morning stands as it stood when it was due', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('thursday', hoursAgo(80))], hoursAgo(80))
  await tell(db, [incident('saturday', hoursAgo(40))], hoursAgo(40))

  const friday = await textOf(app, '/meetings/2026-11-20')

  expect(friday).toContain('thursday broke')
  expect(friday).not.toContain('saturday broke')
})

test('?at= shows the past, on the page and as data', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('sunday', hoursAgo(20))], hoursAgo(20))

  const before = await jsonOf(app, `/api/v1/agenda?at=${hoursAgo(21).toISOString()}`)
  const after = await jsonOf(app, '/api/v1/agenda')

  expect(before).toMatchObject({ asOf: hoursAgo(21).toISOString(), counts: { incidents: { open: 0 } } })
  expect(after).toMatchObject({ asOf: morning.toISOString(), counts: { incidents: { open: 1, opened: 1 } } })
  expect(await textOf(app, `/?at=${hoursAgo(21).toISOString()}`)).not.toContain('sunday broke')
  expect((await app.request('/?at=yesterday-ish')).status).toBe(400)
})

test('a day without a meeting says so and leads to its neighbours', async () => {
  const { app } = await openApp()

  const response = await app.request('/meetings/2026-11-22')
  const page = await response.text()

  expect(response.status).toBe(404)
  expect(page).toContain('No meeting on Sun 22 Nov')
  expect(page).toContain('/meetings/2026-11-20')
  expect(page).toContain('/meetings/2026-11-23')
  expect((await app.request('/meetings/2026-13-40')).status).toBe(404)
})

test('opening freezes the cut-off, and opening twice is opening once', async () => {
  const { app, db } = await openApp()

  const first = await submit(app, '/meetings/2026-11-23/opening', {})
  const opened = await findMeeting(db, '2026-11-23')
  await submit(app, '/meetings/2026-11-23/opening', {})

  expect(first.status).toBe(303)
  expect(await findMeeting(db, '2026-11-23')).toEqual(opened)
  expect(opened).toMatchObject({ openedBy: 'the room', closedAt: null, from: new Date('2026-11-20T08:00:00Z') })
})

test('another day than this morning’s cannot be opened', async () => {
  const { app, db } = await openApp()

  const response = await submit(app, '/meetings/2026-11-20/opening', {})

  expect(response.status).toBe(409)
  expect(await response.text()).toContain('Open the one of 2026-11-23')
  expect(await findMeeting(db, '2026-11-20')).toBeUndefined()
})

test('the room may not leave while something is nobody’s, unless it says why', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('orphan', hoursAgo(3)), incident('owned', hoursAgo(3), { ownerId: 'ana' })])
  await submit(app, '/meetings/2026-11-23/opening', {})

  const refused = await submit(app, '/meetings/2026-11-23/adjournment', {}, { accept: 'application/json' })
  const page = await submit(app, '/meetings/2026-11-23/adjournment', {})
  const stillOpen = await findMeeting(db, '2026-11-23')
  const closed = await submit(app, '/meetings/2026-11-23/adjournment', { why: 'Ana is on her way' })
  const meeting = await findMeeting(db, '2026-11-23')

  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({ unowned: [{ kind: 'incident', id: 'orphan', title: 'orphan broke' }] })
  expect(page.status).toBe(409)
  expect(await page.text()).toMatch(/orphan broke.*name="why"/s)
  expect(stillOpen?.closedAt).toBeNull()
  expect(closed.status).toBe(303)
  expect(meeting?.closedAt).not.toBeNull()
  expect(meeting?.figures).toMatchObject({ incidents: { opened: 2, open: 2, unowned: 1 } })
  expect(await textOf(app, '/incidents/orphan')).toContain('Ana is on her way')
})

test('closing keeps the figures as they stood: two tabs close it once', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('owned', hoursAgo(3), { ownerId: 'ana' })])
  await submit(app, '/meetings/2026-11-23/opening', {})
  await submit(app, '/meetings/2026-11-23/adjournment', {}, { cookie: 'me=ana@example.com' })
  const closed = await findMeeting(db, '2026-11-23')

  const again = await submit(app, '/meetings/2026-11-23/adjournment', {}, { cookie: 'me=ben@example.com' })

  expect(again.status).toBe(303)
  expect(closed?.closedBy).toBe('ana@example.com')
  expect(await findMeeting(db, '2026-11-23')).toEqual(closed)
})

test('a meeting that was not opened cannot be closed', async () => {
  const { app } = await openApp()

  expect((await submit(app, '/meetings/2026-11-23/adjournment', {})).status).toBe(409)
})

test('what is heard late of a closed morning is filed as a correction, and told the next morning', async () => {
  const { app, db } = await openApp({ at: inHours(25) })
  await meetingHeld(db)
  await tell(db, [incident('unheard-of', minutesAgo(30))], inHours(2))

  const agenda = await jsonOf(app, '/api/v1/agenda')

  expect(agenda.sections.flatMap((section: { items: { reason: { kind: string } }[] }) => section.items)).toContainEqual(
    expect.objectContaining({
      reason: expect.objectContaining({ kind: 'correction', figure: 'incidents.opened', was: 0, is: 1 }),
    }),
  )
})

async function meetingHeld(db: Db) {
  const figures = { incidents: { opened: 0, resolved: 0 } }
  const { id } = await openMeeting(db, {
    day: '2026-11-23',
    zone: 'Europe/Berlin',
    from: hoursAgo(72),
    cutOff: morning,
    by: 'ana',
  })
  await closeMeeting(db, { id, at: inHours(0.2), by: 'ana', figures })
}
