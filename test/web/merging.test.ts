import { expect, test } from 'vitest'
import { findIncident } from '../../src/record/incidents.ts'
import { hoursAgo } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, submit, tell, textOf } from './asking.ts'

async function aBadNight() {
  const house = await openApp()
  await tell(house.db, [
    incident('first', hoursAgo(3)),
    incident('second', hoursAgo(2)),
    incident('elsewhere', hoursAgo(2), { service: 'mail' }),
  ])
  return house
}

test('what runs beside it at the same time can be merged on its page, with a reason, and split again', async () => {
  const { app, db } = await aBadNight()
  expect(await textOf(app, '/incidents/second')).toContain('1 other of its service or site at the same time')
  expect(await textOf(app, '/incidents/elsewhere')).not.toContain('One incident or several')

  const merged = await submit(app, '/incidents/second/merge', { into: 'first', why: 'same pool' })
  expect(merged.status).toBe(303)
  expect(await textOf(app, '/incidents/second')).toContain(
    'It is part of <a href="/incidents/first">first broke</a> and counts as one with it.',
  )
  expect(await textOf(app, '/incidents/first')).toMatch(/1 incident is part of it.*same pool · by the room/s)

  await submit(app, '/incidents/second/split', { why: 'another pool' })
  expect((await findIncident(db, 'second'))?.mergedInto).toBeNull()
  expect(await textOf(app, '/incidents/second')).toContain('1 other of its service or site')
})

test.each([
  ['merge', {}, 'into: is missing'],
  ['merge', { into: 'nobody' }, 'into: is no incident'],
  ['merge', { into: 'second' }, 'into: is itself part of this one'],
  ['split', {}, 'incident: is part of no other'],
])('what cannot be merged or split is refused: %s %j', async (deed, fields, fault) => {
  const { app } = await aBadNight()

  const refused = await submit(app, `/incidents/second/${deed}`, fields)

  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain(fault)
})

test('no circle can be merged', async () => {
  const { app, db } = await aBadNight()
  await submit(app, '/incidents/second/merge', { into: 'first' })

  const refused = await submit(app, '/incidents/first/merge', { into: 'second' })

  expect(refused.status).toBe(422)
  expect((await findIncident(db, 'first'))?.mergedInto).toBeNull()
})
