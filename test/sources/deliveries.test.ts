import { expect, test } from 'vitest'
import { listDeliveries, rawDelivery, replayDeliveries } from '../../src/record/deliveries.ts'
import { incidents } from '../../src/record/schema.ts'
import { deliveryCounts, findSource, setAdapter } from '../../src/record/sources.ts'
import { inputsHeard, sourcesHeard } from '../../src/record/sources-heard.ts'
import { keepStub } from '../../src/sources/arrivals.ts'
import { ingestWaiting, stopIngesting } from '../../src/sources/deliveries.ts'
import { hoursAgo, minutesAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aGroup, anAlert, send } from './an-alert.ts'

const today = { from: hoursAgo(9), to: hoursAgo(-15) }

test('what arrives is kept byte for byte, and made into facts only afterwards', async () => {
  const { db } = await openTestRecord()
  const body = aGroup([anAlert()])

  const id = await send(db, body)
  expect(Buffer.from((await rawDelivery(db, id)) ?? [])).toEqual(Buffer.from(body))
  expect(await db.orm.select().from(incidents)).toEqual([])

  expect(await ingestWaiting(db, morning)).toBe(1)
  expect(await db.orm.select().from(incidents)).toHaveLength(1)
  expect(await listDeliveries(db, { limit: 5 })).toMatchObject([
    { id, source: 'alertmanager', facts: 1, fault: null, ingestedAt: morning },
  ])
})

test('all that arrive in one turn share a commit', async () => {
  const { db } = await openTestRecord()
  await send(db, aGroup([]))
  const before = db.version

  await Promise.all(Array.from({ length: 200 }, () => send(db, aGroup([]))))

  expect(db.version - before).toBeLessThan(5)
  expect((await deliveryCounts(db, today)).get('alertmanager')).toMatchObject({
    today: 201,
    waiting: 201,
    unreadable: 0,
  })
})

test('ids sort by arrival, even when the clock goes back', async () => {
  const { db } = await openTestRecord()

  const ids = [
    await send(db, '1', { at: morning }),
    await send(db, '2', { at: minutesAgo(5) }),
    await send(db, '3', { at: morning }),
  ]

  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(3)
})

test('one that cannot be read says why, stays, and stops nobody', async () => {
  const { db } = await openTestRecord()
  const broken = await send(db, '{"version":"5"}')
  await send(db, aGroup([anAlert()]))

  await ingestWaiting(db, morning)

  expect(await db.orm.select().from(incidents)).toHaveLength(1)
  expect(await listDeliveries(db, { unreadable: true, limit: 5 })).toMatchObject([
    { id: broken, fault: expect.stringMatching(/^version: must be "4"; send/), excerpt: '{"version":"5"}', bytes: 15 },
  ])
  expect((await deliveryCounts(db, today)).get('alertmanager')).toEqual({ today: 2, waiting: 0, unreadable: 1 })
})

test('a source nobody knows is kept with its fault, and read once somebody says which tool it is', async () => {
  const { db } = await openTestRecord()
  await send(db, aGroup([anAlert()]), { source: 'pager' })
  await ingestWaiting(db, morning)
  const [unread] = await listDeliveries(db, { source: 'pager', limit: 5 })
  expect(unread?.fault).toMatch(/^no adapter named pager/)
  expect(await findSource(db, 'pager')).toMatchObject({ adapter: 'unknown' })

  await setAdapter(db, 'pager', { adapter: 'alertmanager', class: 'automated' })
  expect(await replayDeliveries(db, { source: 'pager' })).toBe(1)
  await ingestWaiting(db, morning)

  expect(await listDeliveries(db, { source: 'pager', limit: 5 })).toMatchObject([{ fault: null, facts: 1 }])
  expect(await db.orm.select().from(incidents)).toHaveLength(1)
})

test('a second Alertmanager has a name of its own and the same reader', async () => {
  const { db } = await openTestRecord()

  await send(db, aGroup([anAlert()]), { source: 'alertmanager-eu' })
  await send(db, aGroup([anAlert()]))
  await ingestWaiting(db, morning)

  expect(await findSource(db, 'alertmanager-eu')).toMatchObject({ adapter: 'alertmanager', class: 'automated' })
  expect(await db.orm.select().from(incidents)).toHaveLength(1)
})

test('a delivery that tells nothing new is a sign of life all the same', async () => {
  const { db } = await openTestRecord()

  await send(db, aGroup([anAlert({ labels: { alertname: 'Watchdog' } })]), { at: minutesAgo(3) })
  await ingestWaiting(db, minutesAgo(3))

  const [source] = await sourcesHeard(db, morning)
  expect(source).toMatchObject({ name: 'alertmanager', lastHeardAt: minutesAgo(3), silent: false })
  const automated = (await inputsHeard(db, { from: hoursAgo(24), to: morning })).find(
    (input) => input.class === 'automated',
  )
  expect(automated).toMatchObject({ lastHeardAt: minutesAgo(3), count: 0 })
})

test('the beginning of one that was too big is kept to be seen, and is not read again', async () => {
  const { db } = await openTestRecord()

  await keepStub(
    db,
    { source: 'alertmanager', receivedAt: morning, contentType: '', body: Buffer.alloc(9_000, 'x') },
    3_000_000,
  )
  await ingestWaiting(db, morning)

  expect(await listDeliveries(db, { limit: 5 })).toMatchObject([
    { bytes: 4096, fault: expect.stringMatching(/^too big: 3000000 bytes/) },
  ])
  expect(await replayDeliveries(db, { source: 'alertmanager' })).toBe(0)
})

test('fifty copies of each of a hundred alerts are a hundred incidents', async () => {
  const { db } = await openTestRecord()
  const bodies = Array.from({ length: 100 }, (_, number) => aGroup([anAlert({ fingerprint: `alert${number}` })]))

  await Promise.all(Array.from({ length: 50 }, () => bodies.map((body) => send(db, body))).flat())
  await ingestWaiting(db, morning)

  expect(await db.orm.select().from(incidents)).toHaveLength(100)
  expect((await deliveryCounts(db, today)).get('alertmanager')).toEqual({ today: 5000, waiting: 0, unreadable: 0 })
})

test('a group of a thousand alerts, read in portions, is one delivery and a thousand incidents', async () => {
  const { db } = await openTestRecord()
  const alerts = Array.from({ length: 1000 }, (_, number) =>
    anAlert({ fingerprint: `alert${number}`, startsAt: hoursAgo(2), endsAt: hoursAgo(1) }),
  )

  await send(db, aGroup(alerts))
  await ingestWaiting(db, morning)

  expect((await db.orm.select().from(incidents)).filter(({ state }) => state === 'resolved')).toHaveLength(1000)
  expect(await listDeliveries(db, { limit: 5 })).toMatchObject([{ facts: 2000, fault: null }])
})

test('once the record is about to close, nothing more is read; what waits is read by the next who opens it', async () => {
  const { db } = await openTestRecord()
  await send(db, aGroup([anAlert()]))
  await ingestWaiting(db, morning)

  await stopIngesting(db)
  await send(db, aGroup([anAlert({ fingerprint: 'late' })]))

  expect(await ingestWaiting(db, morning)).toBe(0)
  expect((await db.orm.select().from(incidents)).length).toBe(1)
})
