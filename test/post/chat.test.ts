import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { aMinute, anHour } from '../../src/calendar.ts'
import { openOutgoing } from '../../src/outgoing.ts'
import { chatWay } from '../../src/post/chat.ts'
import { queueDigests } from '../../src/post/digests.ts'
import { messageDesk } from '../../src/post/messages.ts'
import { queueNotices } from '../../src/post/notices.ts'
import { sendWaiting } from '../../src/post/sending.ts'
import type { Db } from '../../src/record/db.ts'
import { addHook } from '../../src/record/hooks.ts'
import { latestLetters } from '../../src/record/outbox.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import type { HookKind } from '../../src/record/schema.ts'
import { daysAgo, hoursAgo, rhythm, zone } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aloneSince, incident, tell } from '../web/asking.ts'

const key = Buffer.from('0123456789abcdef0123456789ABCDEF')
const secret = `whsec_${Buffer.from('a secret of more than 24 bytes').toString('base64')}`
const publicUrl = new URL('https://muster.example.org')

/** A room on loopback that answers as it is told. */
async function openRoom(answers: number[] = []) {
  const heard: { headers: IncomingMessage['headers']; body: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      response.writeHead(answers.shift() ?? 200).end('ok')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/room`, heard }
}

async function openHouse(kind: HookKind, url: string, addedAt = daysAgo(9)) {
  const { db } = await openTestRecord({ key })
  await addHook(db, key, {
    name: 'ops',
    kind,
    url,
    secret: kind === 'signed' ? secret : null,
    tells: ['digest', 'exposures'],
    time: '07:00',
    at: addedAt,
    by: 'ana',
  })
  const way = chatWay(db, {
    outgoing: openOutgoing({ allow: ['127.0.0.0/8'] }),
    key,
    write: messageDesk(db, publicUrl),
  })
  const look = async (at: Date) => {
    await queueNotices(db, { zone, publicUrl }, at)
    await sendWaiting(db, way, () => at)
  }
  return { db, way, look }
}

const steps = (heard: { body: string }[]) =>
  heard.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data.step])

test('an exposure is told when it opens, at 4, 24 and 72 hours without a promise, and when it closes: each once', async () => {
  const { url, heard } = await openRoom()
  const { db, look } = await openHouse('signed', url)
  const since = hoursAgo(80)
  await tell(db, aloneSince('checkout', since), since)

  for (let minutes = 0; minutes <= 75 * 60; minutes += 120) await look(new Date(since.getTime() + minutes * aMinute))
  await look(new Date(since.getTime() + 74 * anHour))
  await recordFacts(
    db,
    [{ kind: 'site', service: 'checkout', site: 'ams', at: hoursAgo(4), state: 'serving', capacityPercent: 60 }],
    { recordedAt: hoursAgo(4), source: 'x', origin: 'tool', class: 'automated' },
  )
  await look(hoursAgo(3.9))
  await look(hoursAgo(3.8))

  expect(steps(heard)).toEqual([
    ['exposure.opened', 'opened'],
    ['exposure.aged', 'manager'],
    ['exposure.aged', 'director'],
    ['exposure.aged', 'subject line'],
    ['exposure.closed', 'closed'],
  ])
  const { data } = JSON.parse(heard[0]?.body ?? '{}')
  expect(data.parts.map(({ title }: { title: string }) => title)).toEqual([
    'What failed',
    'What runs alone',
    'What is being done',
    'Until when',
  ])
  expect(data.url).toBe(`https://muster.example.org/exposures/${encodeURIComponent(`checkout@${since.toISOString()}`)}`)
})

test('what is signed proves itself over its very bytes, by Standard Webhooks, under an id that stays', async () => {
  const { url, heard } = await openRoom([503, 200])
  const { db, look } = await openHouse('signed', url)
  await tell(db, aloneSince('Größe 検索.', hoursAgo(1)), hoursAgo(1))

  await look(hoursAgo(0.9))
  await look(hoursAgo(0.8))

  expect(heard.length).toBe(2)
  const [first, second] = heard
  const headers = second?.headers ?? {}
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${second?.body}`
  const wanted = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(signed)
    .digest('base64')
  expect(headers['webhook-signature']).toBe(`v1,${wanted}`)
  expect(headers['webhook-id']).toBe(first?.headers['webhook-id'])
  expect(headers['webhook-id']).toMatch(/^msg_[0-9a-f]{24}$/)
  expect(Buffer.byteLength(second?.body ?? '')).toBeLessThan(20_000)
})

test.each([
  [404, null, 'it answered 404'],
  [429, hoursAgo(0.9).getTime() + aMinute, 'it answered 429'],
  [500, hoursAgo(0.9).getTime() + aMinute, 'it answered 500'],
])('a room that answers %d', async (status, nextAt, fault) => {
  const { url } = await openRoom([status])
  const { db, look } = await openHouse('slack', url)
  await tell(db, aloneSince('checkout', hoursAgo(1)), hoursAgo(1))

  await look(hoursAgo(0.9))

  const [letter] = await latestLetters(db, 1)
  expect([letter?.nextAt?.getTime() ?? null, letter?.fault]).toEqual([nextAt, fault])
})

test('a private address that nobody allowed is refused, and nothing is sent', async () => {
  const { url, heard } = await openRoom()
  const { db } = await openHouse('slack', url)
  await tell(db, aloneSince('checkout', hoursAgo(1)), hoursAgo(1))
  await queueNotices(db, { zone, publicUrl }, hoursAgo(0.9))
  const way = chatWay(db, { outgoing: openOutgoing({ allow: [] }), key, write: messageDesk(db, publicUrl) })

  await sendWaiting(db, way, () => hoursAgo(0.9))

  expect(heard).toEqual([])
  expect((await latestLetters(db, 1))[0]?.fault).toContain('MUSTER_ALLOW_NETWORKS=127.0.0.1/32')
})

test.each(['slack', 'teams', 'signed'] as const)(
  'the digest is told to %s from the same snapshot, once a day; no title becomes markup',
  async (kind) => {
    const { url, heard } = await openRoom()
    const { db, way } = await openHouse(kind, url)
    await tell(db, [
      incident('<!channel> *boom* [x](https://evil.example)', hoursAgo(5), {
        severity: 'sev1',
        service: 'search',
        title: '<!channel> *boom* [x](https://evil.example) @here',
      }),
    ])
    const seven = hoursAgo(2)

    await queueDigests(db, { rhythm, startedAt: daysAgo(9) }, seven)
    await queueDigests(db, { rhythm, startedAt: daysAgo(9) }, hoursAgo(1.9))
    await sendWaiting(db, way, () => seven)

    expect(heard.length).toBe(1)
    const body = heard[0]?.body ?? ''
    expect(body).toContain(kind === 'teams' ? '\\\\[OPS RED\\\\] Mon 23 Nov' : '[OPS RED] Mon 23 Nov')
    // A program is told words as words; a room must not read them as markup.
    if (kind !== 'signed') expect(body).not.toContain('<!channel>')
    expect(body.replace(/https:\/\/muster\.example\.org|http:\/\/adaptivecards\.io/g, '')).not.toMatch(/https?:\/\//)
  },
)

test('a room that was taken back is told nothing', async () => {
  const { url, heard } = await openRoom()
  const { db, look } = await openHouse('slack', url)
  await tell(db, aloneSince('checkout', hoursAgo(1)), hoursAgo(1))
  await queueNotices(db, { zone, publicUrl }, hoursAgo(0.9))
  await retireAll(db)

  await look(hoursAgo(0.8))

  expect(heard).toEqual([])
})

async function retireAll(db: Db): Promise<void> {
  const { listHooks, retireHook } = await import('../../src/record/hooks.ts')
  for (const { id } of await listHooks(db)) await retireHook(db, id, hoursAgo(0.85))
}
