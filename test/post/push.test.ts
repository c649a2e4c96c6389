import { createDecipheriv, createECDH, createPublicKey, hkdfSync, verify } from 'node:crypto'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { openOutgoing } from '../../src/outgoing.ts'
import { queueNotices } from '../../src/post/notices.ts'
import { encrypted, pushWay } from '../../src/post/push.ts'
import { pushKeyOf } from '../../src/post/push-keys.ts'
import { wakeAt } from '../../src/post/quiet.ts'
import { sendWaiting } from '../../src/post/sending.ts'
import { keepHandOver } from '../../src/record/hand-overs.ts'
import { latestLetters } from '../../src/record/outbox.ts'
import { keepPhone, phonesOf } from '../../src/record/phones.ts'
import { daysAgo, hoursAgo, zone } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aloneSince, tell } from '../web/asking.ts'
import { subscribe } from './post-house.ts'

const key = Buffer.from('0123456789abcdef0123456789ABCDEF')
const publicUrl = new URL('https://muster.example.org')
const decoded = (text: string) => Buffer.from(text, 'base64url')

test('the example of RFC 8291, byte for byte', () => {
  const message = encrypted(
    'When I grow up, I want to be a watermelon',
    {
      publicKey: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
      auth: 'BTBZMqHH6r4Tts7J_aSIgg',
    },
    { salt: decoded('DGv6ra1nlYgDCS1FRnbzlw'), privateKey: decoded('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw') },
  )

  expect(message.toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
})

test('a hand-over wakes whom it is given to: their browser can read it, and it knows who sent it', async () => {
  const { db, phone, heard, look } = await openPhone(['hand-over'])
  await keepHandOver(db, {
    id: 'H-1',
    meetingId: '2026-11-23',
    at: hoursAgo(1),
    by: 'ben@example.com',
    toId: 'ana@example.com',
    issue: 'Watch the index',
    noticed: '',
    plan: '',
    subjectKind: null,
    subjectId: null,
  })

  await look(hoursAgo(0.9))
  await look(hoursAgo(0.8))

  expect(heard.length).toBe(1)
  const [{ headers, body } = { headers: {} as Record<string, string>, body: Buffer.alloc(0) }] = heard
  expect(JSON.parse(phone.read(body))).toEqual({
    title: 'ben@example.com hands over to you',
    body: 'Watch the index',
    path: '/check-in#you',
  })
  const [, token = '', publicKey = ''] = /^vapid t=(.+), k=(.+)$/.exec(headers.authorization ?? '') ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  expect(publicKey).toBe(await pushKeyOf(db, key))
  expect(
    verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: keyIn(publicKey), dsaEncoding: 'ieee-p1363' },
      decoded(signature),
    ),
  ).toBe(true)
  expect(JSON.parse(decoded(claims).toString())).toMatchObject({ aud: phone.origin, sub: 'mailto:muster@example.org' })
})

test('in quiet hours a phone sleeps, and hears of it when they are over', async () => {
  const { db, heard, look } = await openPhone(['exposure'], { quietFrom: '22:00', quietUntil: '10:00' })
  await tell(db, aloneSince('checkout', hoursAgo(1)), hoursAgo(1))

  await look(hoursAgo(0.9))
  await look(hoursAgo(-0.9))
  const asleep = heard.length
  await look(hoursAgo(-1.1))

  expect(asleep).toBe(0)
  expect(heard.length).toBe(1)
})

test.each([
  ['22:00', '07:00', '2026-11-23T22:30:00+01:00', '2026-11-24T07:00:00+01:00'],
  ['22:00', '07:00', '2026-11-23T06:59:00+01:00', '2026-11-23T07:00:00+01:00'],
  ['22:00', '07:00', '2026-11-23T07:00:00+01:00', '2026-11-23T07:00:00+01:00'],
  ['12:00', '13:00', '2026-11-23T12:30:00+01:00', '2026-11-23T13:00:00+01:00'],
  ['00:00', '00:00', '2026-11-23T00:00:00+01:00', '2026-11-23T00:00:00+01:00'],
])('quiet from %s until %s, at %s: woken at %s', (quietFrom, quietUntil, now, woken) => {
  expect(wakeAt({ quietFrom, quietUntil, zone }, new Date(now))).toEqual(new Date(woken))
})

test('a phone that is gone is not woken again, and nobody is alarmed', async () => {
  const { db, look } = await openPhone(['exposure'], {}, 410)
  await tell(db, aloneSince('checkout', hoursAgo(1)), hoursAgo(1))

  await look(hoursAgo(0.9))

  expect(await phonesOf(db, ['ana@example.com'])).toEqual([])
  expect((await latestLetters(db, 1))[0]).toMatchObject({ channel: 'push', fault: 'it answered 410' })
})

/** Ana's phone, and a push service on loopback. */
async function openPhone(wakings: ('hand-over' | 'exposure')[], given: object = {}, status = 201) {
  const heard: { headers: Record<string, string>; body: Buffer }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const browser = createECDH('prime256v1')
  browser.generateKeys()
  const auth = Buffer.from('sixteen bytes ok')

  const { db } = await openTestRecord({ key })
  await subscribe(db, 'Ana', { wakings, digestFrom: null, quietFrom: '22:00', quietUntil: '07:00', ...given })
  await keepPhone(db, {
    personId: 'ana@example.com',
    endpoint: `${origin}/push/1`,
    publicKey: browser.getPublicKey('base64url'),
    auth: auth.toString('base64url'),
    addedAt: daysAgo(2),
  })
  const way = pushWay(db, {
    outgoing: openOutgoing({ allow: ['127.0.0.0/8'] }),
    key,
    contact: 'mailto:muster@example.org',
  })
  const look = async (at: Date) => {
    await queueNotices(db, { zone, publicUrl }, at)
    await sendWaiting(db, way, () => at)
  }
  return { db, heard, look, phone: { origin, read: (body: Buffer) => decrypted(body, browser, auth) } }
}

/** As the browser reads it. */
function decrypted(body: Buffer, browser: ReturnType<typeof createECDH>, auth: Buffer): string {
  const [salt, theirs, sealed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)]
  const about = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), theirs])
  const secret = Buffer.from(hkdfSync('sha256', browser.computeSecret(theirs), auth, about, 32))
  const part = (what: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(`Content-Encoding: ${what}\0`), bytes))
  const opened = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12)).setAuthTag(
    sealed.subarray(-16),
  )
  const words = Buffer.concat([opened.update(sealed.subarray(0, -16)), opened.final()])
  return words.subarray(0, words.lastIndexOf(2)).toString('utf8')
}

function keyIn(publicKey: string) {
  const point = decoded(publicKey)
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  return createPublicKey({ key: jwk, format: 'jwk' })
}
