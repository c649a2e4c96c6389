import { Writable } from 'node:stream'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createApp } from '../src/app.tsx'
import { openLog } from '../src/log.ts'
import type { Fault } from '../src/web/house.ts'
import type { RequestLine } from '../src/web/request-lines.ts'
import { morning } from './support/morning.ts'
import { openApp, openTestRecord } from './support/open-app.ts'
import { bearer, signedIn } from './support/signed-in.ts'
import { submit } from './web/asking.ts'

test('what was to be written when a statement failed is not in the log, nor is a secret in what was said', async () => {
  const { db } = await openTestRecord()
  const { log, lines } = aLog()
  const secret = 'canary-title\nover two lines'

  await db.orm.run(sql`insert into nowhere values (${secret})`).catch((err) => log.error({ err }, 'failed'))
  log.error({ err: new Error(`at /sign-in/links/${'x'.repeat(43)} with muster_${'y'.repeat(43)}`) }, 'failed')

  expect(lines()).toHaveLength(2)
  expect(lines().join()).toContain('nowhere')
  expect(lines().join()).not.toMatch(/canary|two lines|x{43}|y{43}/)
})

test('a deed and a refusal are a line each, by their route and their asker, with the id that the answer told', async () => {
  const { db, settings } = await openApp()
  const told: RequestLine[] = []
  const app = createApp({ db, settings, now: () => morning, tell: (line) => told.push(line) })
  const cem = await signedIn(db, 'cem@example.com', 'contributor')

  await app.request('/incidents', { headers: cem })
  const deed = await submit(app, '/incidents', { line: 'secret-title: it broke' }, cem)
  await app.request('/people/ana%40example.com', { headers: await bearer(db, 'incidents:read') })
  await app.request('/sign-in/links/secret-of-a-link')
  await submit(app, '/sources/alertmanager', {}, cem)

  expect(told.map(({ route, status, asker }) => [route, status, asker])).toEqual([
    ['POST /incidents', 303, 'person'],
    ['GET /people/:id', 403, 'token'],
    ['GET /sign-in/links/:secret', 410, 'anonymous'],
  ])
  expect(deed.headers.get('x-request-id')).toBe(told[0]?.request)
  expect(JSON.stringify(told)).not.toMatch(/secret-|ana|cem/)
})

test('a flood of refusals does not fill the disk', async () => {
  const { db, settings } = await openApp()
  const told: RequestLine[] = []
  const app = createApp({ db, settings, now: () => morning, tell: (line) => told.push(line) })

  for (let tries = 0; tries < 200; tries++) await app.request(`/nowhere/${tries}`)

  expect(told).toHaveLength(50)
})

test('a fault is told under the id of its request, by its route', async () => {
  const { db, settings } = await openApp()
  const told: Fault[] = []
  const nowhere = { ...settings, rhythm: { ...settings.rhythm, zone: 'No/Where' } }
  const app = createApp({ db, settings: nowhere, now: () => morning, log: (fault) => told.push(fault) })

  const response = await app.request('/meetings/2026-11-23')

  expect(told).toMatchObject([{ path: 'GET /meetings/:day', reference: response.headers.get('x-request-id') }])
})

test('a line is one line, whatever stands in it', () => {
  const { log, lines } = aLog()

  log.info({ title: 'a\r\n{"level":60}\u2028\u0000\u001b[31m' }, 'b\nc')

  expect(lines()).toHaveLength(1)
  expect(JSON.parse(lines()[0] ?? '')).toMatchObject({ msg: 'b\nc' })
})

function aLog() {
  const chunks: string[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      chunks.push(String(chunk))
      done()
    },
  })
  return { log: openLog(sink), lines: () => chunks.join('').split('\n').filter(Boolean) }
}
