import { expect, test } from 'vitest'
import { listDeliveries } from '../../src/record/deliveries.ts'
import { incidents, sourceSecrets } from '../../src/record/schema.ts'
import { printOf } from '../../src/record/sealing.ts'
import { listSecrets, secretsOf } from '../../src/record/source-secrets.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { aGroup, anAlert } from '../sources/an-alert.ts'
import { signedBy, snsKey } from '../sources/proofs.ts'
import { morning } from '../support/morning.ts'
import { openApp } from '../support/open-app.ts'
import { submit, textOf } from './asking.ts'

const key = Buffer.from(Array.from({ length: 32 }, (_, place) => place * 5))
const address = '/sources/alertmanager'
const body = aGroup([anAlert()])
const word = 'correct horse battery staple'

type App = Awaited<ReturnType<typeof openApp>>['app']

function post(app: App, headers: Record<string, string> = {}, path = address) {
  return app.request(path, { method: 'POST', body, headers })
}

async function statusOf(app: App, headers: Record<string, string> = {}, path = address): Promise<number> {
  return (await post(app, headers, path)).status
}

test('without a secret a source is open to this machine; with one, each delivery proves itself', async () => {
  const { app, db } = await openApp({ key })
  expect(await statusOf(app)).toBe(202)

  const given = await submit(app, `${address}/secret`, { scheme: 'bearer', secret: word })
  expect([given.status, given.headers.get('location')]).toEqual([303, address])

  expect(await statusOf(app)).toBe(401)
  expect(await statusOf(app, { authorization: `Bearer ${word}!` })).toBe(401)
  expect(await statusOf(app, { authorization: `Bearer ${word}` })).toBe(202)
  expect(await listDeliveries(db, { limit: 9 })).toHaveLength(2)
})

test('what does not prove itself leaves nothing behind but its count', async () => {
  const { app, db } = await openApp({ key })
  await submit(app, `${address}/secret`, { scheme: 'bearer', secret: word })

  await Promise.all([post(app), post(app)])
  await ingestWaiting(db, morning)

  expect(await listDeliveries(db, { limit: 9 })).toEqual([])
  expect(await db.orm.select().from(incidents)).toEqual([])
  expect(await textOf(app, address)).toContain('2 refused since Muster started')
})

test('the signature is checked over the very bytes, by whatever scheme the tool has', async () => {
  const { app } = await openApp({ key })
  const signed = signedBy('github', Buffer.from(body))
  await submit(app, `${address}/secret`, { scheme: 'github', secret: signed.secret })

  expect(await statusOf(app, signed.headers)).toBe(202)
  const other = await app.request(address, { method: 'POST', body: `${body} `, headers: signed.headers })
  expect(other.status).toBe(401)
})

test('a token may stand in the address, where a tool has no other place for it', async () => {
  const { app, db } = await openApp({ key })
  await submit(app, `${address}/secret`, { scheme: 'address', secret: word })

  expect(await statusOf(app, {}, `${address}?token=${encodeURIComponent(word)}`)).toBe(202)
  expect(await statusOf(app, {}, `${address}?token=x`)).toBe(401)
  expect(JSON.stringify(await listDeliveries(db, { limit: 9 }))).not.toContain('horse')
})

test('while one secret replaces another both count, until the old one is retired', async () => {
  const { app, db } = await openApp({ key })
  await submit(app, `${address}/secret`, { scheme: 'bearer', secret: 'the old one, for years' })
  await submit(app, `${address}/secret`, { scheme: 'bearer', secret: word })
  const secrets = await listSecrets(db, 'alertmanager')
  const old = secrets.find(({ print }) => print === printOf(key, 'the old one, for years'))
  const told = () =>
    Promise.all(['the old one, for years', word].map((secret) => statusOf(app, { authorization: `Bearer ${secret}` })))

  expect(await told()).toEqual([202, 202])
  await submit(app, `${address}/secrets/${old?.id}/retirement`, {})
  expect(await told()).toEqual([401, 202])
  const kept = await db.orm.select().from(sourceSecrets)
  expect(kept.filter(({ sealed }) => sealed === '').map(({ id }) => id)).toEqual([old?.id])
})

test('a secret is nowhere to be read: not in the record, not on the page', async () => {
  const { app, db } = await openApp({ key })
  await submit(app, `${address}/secret`, { scheme: 'bearer', secret: word })

  const page = await textOf(app, address)
  const [line] = await listSecrets(db, 'alertmanager')

  expect(JSON.stringify(await db.orm.select().from(sourceSecrets))).not.toMatch(/horse|staple/)
  expect(page).not.toMatch(/horse|staple/)
  expect(page).toContain(line?.print)
})

test('with another key, or none, nobody is let in and nobody is sent away for good', async () => {
  const { app, db, settings } = await openApp({ key })
  await submit(app, `${address}/secret`, { scheme: 'bearer', secret: word })
  const another = Buffer.from(key.map((byte) => 255 - byte))

  const { createApp } = await import('../../src/app.tsx')
  for (const wrong of [another, null]) {
    const { db: copy } = await openApp()
    await copy.batch([copy.orm.insert(sourceSecrets).values(await db.orm.select().from(sourceSecrets))])
    const answer = await post(createApp({ db: copy, settings: { ...settings, key: wrong }, now: () => morning }), {
      authorization: `Bearer ${word}`,
    })

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10'])
    expect(await secretsOf(copy, wrong, 'alertmanager')).toEqual([{ scheme: 'bearer', secret: null }])
  }
})

test('of what is too big and did not prove itself nothing is kept but that it came', async () => {
  const { app, db } = await openApp({ key })
  await submit(app, `${address}/secret`, { scheme: 'bearer', secret: word })
  const tooBig = (headers: Record<string, string>) =>
    app.request(address, { method: 'POST', body: 'x'.repeat(2 * 1024 * 1024 + 1), headers })

  expect((await tooBig({})).status).toBe(413)
  expect((await tooBig({ authorization: `Bearer ${word}` })).status).toBe(413)

  expect((await listDeliveries(db, { limit: 9 })).map(({ bytes }) => bytes)).toEqual([4096, 0])
})

test.each([
  [{ scheme: 'bearer' }, /is missing/],
  [{ scheme: 'bearer', secret: 'short' }, /too short/],
  [{ scheme: 'rot13', secret: word }, /not known here/],
  [{ scheme: 'sns', secret: word }, /not a certificate/],
])('%j is no secret', async (fields, fault) => {
  const { app, db } = await openApp({ key })

  const answer = await submit(app, `${address}/secret`, fields)

  expect([answer.status, await answer.text()]).toEqual([422, expect.stringMatching(fault)])
  expect(await db.orm.select().from(sourceSecrets)).toEqual([])
})

test('a certificate may lose its line ends on the way through a form', async () => {
  const { app } = await openApp({ key })
  const signed = signedBy('sns', Buffer.from('{}'))

  await submit(app, `${address}/secret`, { scheme: 'sns', secret: snsKey.replaceAll('\n', '') })

  expect((await app.request(address, { method: 'POST', body: signed.body })).status).toBe(202)
  expect(await statusOf(app)).toBe(401)
})

test('without a key no secret can be kept, and the page says what to do', async () => {
  const { app } = await openApp()
  await post(app)

  const answer = await submit(app, `${address}/secret`, { scheme: 'bearer', secret: word })

  expect(answer.status).toBe(422)
  expect(await textOf(app, address)).toContain('MUSTER_KEY')
})

test('a source may be given its secret before it speaks; one that no tool reads is not known', async () => {
  const { app } = await openApp({ key })

  expect((await submit(app, '/sources/alertmanager-eu/secret', { scheme: 'bearer', secret: word })).status).toBe(303)
  expect((await submit(app, '/sources/nobody/secret', { scheme: 'bearer', secret: word })).status).toBe(404)
  expect(await textOf(app, '/sources/alertmanager-eu')).toContain('Token in a header')
})

test('what a tool says in its address alone is kept as the form it is, without the token', async () => {
  const { app, db } = await openApp()

  await app.request(`${address}?alertType=1&monitorURL=shop.example.com&token=abc`, { method: 'POST' })

  expect(await listDeliveries(db, { limit: 9 })).toMatchObject([
    { contentType: 'application/x-www-form-urlencoded', excerpt: 'alertType=1&monitorURL=shop.example.com' },
  ])
})
