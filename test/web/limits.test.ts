import { BlockList } from 'node:net'
import fc from 'fast-check'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { aMinute } from '../../src/calendar.ts'
import { networksIn } from '../../src/networks.ts'
import { listAudit, writeWaiting } from '../../src/record/audit.ts'
import { addressOf, subscriberOf } from '../../src/web/address.ts'
import { notAllAtOnce } from '../../src/web/crowd.ts'
import type { Env } from '../../src/web/house.ts'
import { keepLimits } from '../../src/web/limits.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { bearer, signedIn } from '../support/signed-in.ts'

test('tokens are not to be found by trying, and the one that counts still opens', async () => {
  const { app, db } = await openApp()
  const good = await bearer(db, 'incidents:read')
  const guess = (word: string) =>
    app.request('/api/v1/incidents', { headers: { authorization: `Bearer muster_${word}` } })

  const answers = []
  for (let tried = 0; tried < 100; tried++) answers.push((await guess(`${tried}`)).status)

  expect(answers.filter((status) => status === 401)).toHaveLength(60)
  expect(answers.filter((status) => status === 429)).toHaveLength(40)
  expect((await guess('one-more')).headers.get('retry-after')).toMatch(/^\d+$/)
  expect((await app.request('/api/v1/incidents', { headers: good })).status).toBe(200)
})

test('what was refused a thousand times is a line a minute in the audit, with how often and from where', async () => {
  const { app, db } = await openApp()
  const vic = await signedIn(db, 'vic@example.com', 'viewer')

  for (let tried = 0; tried < 1000; tried++) await app.request('/audit', { headers: vic })
  const version = db.version
  await writeWaiting(db)

  expect(db.version).toBe(version + 1)
  expect(await listAudit(db, { what: 'access-denied', limit: 10 })).toMatchObject([
    { by: 'vic@example.com', subject: 'GET /audit', count: 1000, from: '127.0.0.1' },
  ])
})

test('what makes the record search is asked by so many at once and no more; a delivery passes by', async () => {
  const gate = { open: () => undefined as unknown }
  const closed = new Promise((open) => Object.assign(gate, { open }))
  const app = new Hono<Env>()
    .use(async (c, next) => {
      c.set('now', morning)
      await next()
    })
    .use(notAllAtOnce(3))
    .get('/api/v1/incidents', async (c) => c.text(String(await closed)))
    .post('/sources/x', (c) => c.text('stored', 202))
  const ask = () => app.request('/api/v1/incidents')

  const waiting = [ask(), ask(), ask()]
  const turnedAway = await ask()
  const delivered = await app.request('/sources/x', { method: 'POST' })
  gate.open()

  expect([turnedAway.status, turnedAway.headers.get('retry-after')]).toEqual([503, '2'])
  expect(delivered.status).toBe(202)
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await ask()).status).toBe(200)
})

test('an allowance comes back with its time, and strangers do not make it grow', () => {
  const limits = keepLimits()
  const allowance = { most: 2, perMs: aMinute }
  const at = (seconds: number) => new Date(morning.getTime() + seconds * 1000)

  expect([0, 1, 2].map((second) => limits.spend('a', allowance, at(second)))).toEqual([0, 0, 58])
  expect(limits.spend('b', allowance, at(2))).toBe(0)
  for (let stranger = 0; stranger < 50_000; stranger++) limits.spend(`s${stranger}`, allowance, at(3))
  expect(limits.spend('a', allowance, at(60))).toBe(0)
})

const proxies = networksIn(['127.0.0.1', '10.0.0.0/8'])
test.each([
  ['nobody in between', new BlockList(), undefined, '127.0.0.1'],
  ['a claim of somebody who is no proxy', new BlockList(), '203.0.113.9', '127.0.0.1'],
  ['our proxy', proxies, '203.0.113.9', '203.0.113.9'],
  ['our proxy, of whom a claim came before', proxies, '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  ['two of our proxies', proxies, '1.1.1.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['our proxies alone', proxies, '10.1.2.3', '10.1.2.3'],
  ['a mapped address', proxies, '::ffff:203.0.113.9', '203.0.113.9'],
  ['no address at all', proxies, 'unknown, <script>', '127.0.0.1'],
])('from where one asks, through %s', async (_, listed, forwarded, address) => {
  const app = new Hono<Env>().get('/', (c) => c.text(addressOf(c, listed)))

  const response = await app.request('/', { headers: forwarded ? { 'x-forwarded-for': forwarded } : {} })

  expect(await response.text()).toBe(address)
})

test('a subscriber is an address, or the 64 bits that one is given', () => {
  expect(subscriberOf('203.0.113.9')).toBe('203.0.113.9')
  expect(subscriberOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
  expect(subscriberOf('2001:db8::1')).toBe('2001:db8:0:0')
  expect(subscriberOf('::1')).toBe('0:0:0:0')
  fc.assert(
    fc.property(fc.ipV6(), fc.ipV6(), (one, other) => subscriberOf(one).split(':').length <= 4 || one === other),
  )
})
