import { expect, test } from 'vitest'
import { keep } from '../../src/sources/arrivals.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { send } from '../sources/an-alert.ts'
import { hoursAgo, minutesAgo, morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { incident, submit, tell, textOf } from './asking.ts'

test('a delivery that cannot be read stays, is seen with its fault, and can be read again', async () => {
  const { app, db } = await openApp()
  const body = Buffer.from('{"broken')
  const id = await keep(db, { source: 'alertmanager', receivedAt: hoursAgo(1), contentType: 'application/json', body })
  await ingestWaiting(db, hoursAgo(1))

  const all = await textOf(app, '/sources')
  const one = await textOf(app, '/sources/alertmanager')
  const replayed = await submit(app, `/sources/alertmanager/deliveries/${id}/replay`, {})

  for (const page of [all, one]) {
    expect(page).toContain('the body is not JSON')
    expect(page).toContain(`/sources/alertmanager/deliveries/${id}/replay`)
  }
  expect(replayed.status).toBe(303)
  expect(await textOf(app, '/sources')).toContain('the body is not JSON')
  expect((await submit(app, '/sources/other/deliveries/none/replay', {})).status).toBe(404)
})

test('how long a source may be silent is the room’s to say', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('a', hoursAgo(3))], hoursAgo(3))
  const before = await textOf(app, '/sources/alertmanager')

  const set = await submit(app, '/sources/alertmanager/silence', { minutes: '90' })
  const after = await textOf(app, '/sources/alertmanager')
  const refused = await submit(app, '/sources/alertmanager/silence', { minutes: 'soon' })

  expect([set.status, refused.status]).toEqual([303, 422])
  expect(before).toContain('26 h')
  expect(after).toContain('1 h 30 m')
  expect(await refused.text()).toContain('Write 90')
})

test('a source nobody knows is a 404', async () => {
  const { app } = await openApp()

  expect((await app.request('/sources/nobody')).status).toBe(404)
  expect((await submit(app, '/sources/nobody/silence', { minutes: '90' })).status).toBe(404)
})

test('what is stored is counted for Prometheus', async () => {
  const { app, db } = await openApp()
  await tell(db, [incident('a', hoursAgo(3))], morning)

  const text = await textOf(app, '/metrics')

  expect(text).toContain('muster_facts_total{source="alertmanager",class="automated"} 1\n')
  expect(text).toContain(
    `muster_source_last_heard_seconds{source="alertmanager",class="automated"} ${morning.getTime() / 1000}\n`,
  )
  expect(text).toContain('muster_deliveries_unreadable 0\n')
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? [\d.e+]+)$/)
})

test('the board says of each tool what it counts as, what came, how far behind its reading is, and when its silence counts', async () => {
  const { app, db } = await openApp()
  await send(db, '{}', { source: 'sentry', at: minutesAgo(3) })
  await send(db, '{}', { source: 'sentry', at: minutesAgo(1) })

  const text = await (await app.request('/sources')).text()
  const row = text.slice(text.indexOf('<a href="/sources/sentry">'))
  expect(row.replace(/<[^>]+>/g, '|')).toMatch(
    /sentry\|+automatic alert\|+1 min ago\|+26 h\|+2\|+2 waiting, 3 min\|+0\|/,
  )
})
