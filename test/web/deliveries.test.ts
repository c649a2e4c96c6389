import { once } from 'node:events'
import { request } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Db } from '../../src/record/db.ts'
import { listDeliveries, rawDelivery } from '../../src/record/deliveries.ts'
import { incidents } from '../../src/record/schema.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { aGroup, anAlert } from '../sources/an-alert.ts'
import { listening } from '../sources/daemons.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'

const address = '/sources/alertmanager'
const cap = 2 * 1024 * 1024

test('a delivery is answered once it is kept, and read soon after', async () => {
  const { app, db } = await openApp()

  const answer = await app.request(address, { method: 'POST', body: aGroup([anAlert()]) })
  expect(answer.status).toBe(202)
  await ingestWaiting(db, morning)

  expect(await db.orm.select().from(incidents)).toMatchObject([
    { title: 'checkout answers with errors', source: 'alertmanager' },
  ])
})

test.each([
  ['what is not JSON', address, 'firing!'],
  ['an empty body', address, ''],
  ['a shape of the future', address, '{"version":"9"}'],
  ['a source nobody knows', '/sources/pager', '{}'],
  ['an address with a slash too many', '/sources/github/', '{}'],
  ['a source with a strange name', `/sources/${encodeURIComponent("o'brien <b> \u{1f4df}")}`, '{}'],
])('%s is stored like any other', async (_, path, body) => {
  const { app, db } = await openApp()

  const answer = await app.request(path, { method: 'POST', body })
  await ingestWaiting(db, morning)

  expect(answer.status).toBe(202)
  expect(await listDeliveries(db, { unreadable: true, limit: 5 })).toMatchObject([{ excerpt: body }])
})

test('a Prometheus may take us for its Alertmanager', async () => {
  const { app, db } = await openApp()
  const { labels, startsAt } = anAlert()

  const answer = await app.request(`${address}/api/v2/alerts`, {
    method: 'POST',
    body: JSON.stringify([{ labels, startsAt }]),
  })
  await ingestWaiting(db, morning)

  expect(answer.status).toBe(202)
  expect(await db.orm.select().from(incidents)).toHaveLength(1)
})

test('what a browser sends from another site is no delivery', async () => {
  const { app, db } = await openApp()

  const answer = await app.request(address, { method: 'POST', body: '{}', headers: { 'sec-fetch-site': 'cross-site' } })

  expect([401, 403]).toContain(answer.status)
  expect(await listDeliveries(db, { limit: 5 })).toEqual([])
})

test.each([
  ['with its length', { 'content-length': String(cap + 1) }],
  ['chunked', { 'transfer-encoding': 'chunked' }],
])('what is too big is refused %s, and seen', async (_, headers) => {
  const { app, db } = await openApp()
  const { port } = await listening(getRequestListener(app.fetch))

  expect(await post(port, Buffer.alloc(cap + 1, 'x'), headers)).toBe(413)

  expect(await listDeliveries(db, { limit: 5 })).toMatchObject([
    { fault: expect.stringMatching(/^too big: /), source: 'alertmanager' },
  ])
  expect(await post(port, Buffer.from('{}'), {})).toBe(202)
})

test('the biggest that is taken is kept whole', async () => {
  const { app, db } = await openApp()
  const { port } = await listening(getRequestListener(app.fetch))
  const body = Buffer.alloc(cap, 'y')

  expect(await post(port, body, { 'transfer-encoding': 'chunked' })).toBe(202)

  const [line] = await listDeliveries(db, { limit: 5 })
  expect(Buffer.from((await rawDelivery(db, line?.id ?? '')) ?? []).equals(body)).toBe(true)
})

test('a hundred big ones at once are kept, or asked to come again', async () => {
  const { app, db } = await openApp()
  const { port } = await listening(getRequestListener(app.fetch))
  const body = Buffer.alloc(cap, 'z')

  const answers = await Promise.all(
    Array.from({ length: 100 }, () => post(port, body, { 'transfer-encoding': 'chunked' })),
  )

  expect(answers).toContain(202)
  expect(answers.every((status) => status === 202 || status === 503)).toBe(true)
  expect(await listDeliveries(db, { limit: 200 })).toHaveLength(answers.filter((status) => status === 202).length)
}, 60_000)

test('a full disk is a 503 that says when to come again, and nothing of it is kept', async () => {
  const { app, db } = await openApp()
  await app.request(address, { method: 'POST', body: '{}' })
  await ingestWaiting(db, morning)
  await growAtMost(db, 5)

  const full = await app.request(address, { method: 'POST', body: JSON.stringify('x'.repeat(200_000)) })
  expect([full.status, full.headers.get('retry-after')]).toEqual([503, '10'])
  expect(await listDeliveries(db, { limit: 5 })).toHaveLength(1)

  await growAtMost(db, 1_000_000)
  expect((await app.request(address, { method: 'POST', body: JSON.stringify('x'.repeat(200_000)) })).status).toBe(202)
})

async function growAtMost(db: Db, pages: number): Promise<void> {
  const [row] = await db.orm.values<[number]>(sql`select page_count from pragma_page_count`)
  await db.orm.run(sql.raw(`pragma max_page_count = ${(row?.[0] ?? 0) + pages}`))
}

async function post(port: number, body: Buffer, headers: Record<string, string>): Promise<number> {
  const asked = request({ port, host: '127.0.0.1', path: address, method: 'POST', headers })
  asked.on('error', () => undefined)
  const answered = once(asked, 'response')
  asked.end(body)
  const [answer] = await answered
  answer.resume()
  return answer.statusCode
}
