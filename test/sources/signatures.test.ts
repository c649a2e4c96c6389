import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAuthentic, type Scheme, schemes } from '../../src/sources/signatures.ts'
import { morning } from '../support/morning.ts'
import { evidenceOf, hexOf, type Signed, signedBy } from './proofs.ts'

const body = Buffer.from('{"event":{"id":"01","event_type":"incident.triggered"}} \xff', 'latin1')
const runs = Number(process.env.MUTATIONS ?? 3_000)
const stored = '../shared/data/webhooks/pagerduty'
const timed: Scheme[] = ['grafana', 'slack', 'standard', 'gitlab']

function holds(signed: Signed, at = morning, secrets = [signed]): boolean {
  return isAuthentic(secrets, evidenceOf(signed, at))
}

test.each(schemes)('%s: what the tool signed is its own, and with another secret it is not', (scheme) => {
  const signed = signedBy(scheme, body)

  expect(holds(signed)).toBe(true)
  expect(holds(signed, morning, [{ ...signed, secret: 'another secret of that length' }])).toBe(false)
  expect(holds({ ...signed, headers: {}, token: null, body }, morning, [signed])).toBe(false)
})

test.each(schemes)('%s: while a secret is replaced, the old and the new one both count', (scheme) => {
  const signed = signedBy(scheme, body)
  const other = { ...signed, secret: 'the one that comes after it' }

  expect(holds(signed, morning, [signed, other])).toBe(true)
  expect(holds(signed, morning, [other, signed])).toBe(true)
  expect(holds(signed, morning, [])).toBe(false)
})

test.each(timed)('%s: 299 seconds early or late still count, 301 do not', (scheme) => {
  const inSeconds = (seconds: number) => new Date(morning.getTime() + seconds * 1000)
  const signed = signedBy(scheme, body)

  expect([-301, -300, -299, 0, 299, 300, 301].map((seconds) => holds(signed, inSeconds(seconds)))).toEqual([
    ...[false, true, true, true, true, true, false],
  ])
  expect(holds(signedBy(scheme, body, Number.NaN))).toBe(false)
})

test.runIf(existsSync(stored))('the vector of PagerDuty’s own library', () => {
  const { secret, valid, mismatch } = JSON.parse(readFileSync(`${stored}/signature-vector.json`, 'utf8'))
  const body = readFileSync(`${stored}/signature-vector.body.json`)
  const under = (header: string) => {
    const signed = { scheme: 'pagerduty', secret, headers: { 'x-pagerduty-signature': header }, token: null, body }
    return holds(signed as Signed)
  }

  expect([valid, `${mismatch},${valid}`, `${valid},${mismatch}`, `${mismatch}, ${valid}`].map(under)).toEqual(
    Array(4).fill(true),
  )
  expect([mismatch, '', 'v1=', valid.replace('v1', 'v2'), valid.slice(3), `${valid}0`].map(under)).toEqual(
    Array(6).fill(false),
  )
})

// Each from the tool's own documents.
const documented: [Scheme, string, string, Record<string, string>, number][] = [
  [
    'github',
    "It's a Secret to Everybody",
    'Hello, World!',
    { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
    0,
  ],
  [
    'jira',
    "It's a Secret to Everybody",
    'Hello World!',
    { 'x-hub-signature': 'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9' },
    0,
  ],
  [
    'standard',
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    '{"test": 2432232314}',
    {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    1614265330,
  ],
  [
    'slack',
    '8f742231b10e8888abcd99yyyzzz85a5',
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    1531420618,
  ],
]
test.each(documented)('the example in the documents of %s', (scheme, secret, text, headers, seconds) => {
  const signed = { scheme, secret, headers, token: null, body: Buffer.from(text) }

  expect(holds(signed, new Date(seconds * 1000))).toBe(true)
  expect(holds({ ...signed, body: Buffer.from(`${text} `) }, new Date(seconds * 1000))).toBe(false)
})

test('a plain token of GitLab, a key in a header of its own, the password of basic: all are shared words', () => {
  const word = 'a word that both sides know'
  const told = (scheme: Scheme, headers: Record<string, string>) =>
    holds({ scheme, secret: word, headers, token: null, body })

  expect(told('gitlab', { 'x-gitlab-token': word })).toBe(true)
  expect(told('gitlab', { 'x-gitlab-token': `${word}x` })).toBe(false)
  expect(told('bearer', { authorization: `GenieKey ${word}` })).toBe(true)
  expect(told('bearer', { authorization: word })).toBe(false)
  expect(told('bearer', { 'x-api-key': word })).toBe(true)
  expect(told('bearer', { authorization: `Basic ${Buffer.from(`muster:${word}`).toString('base64')}` })).toBe(true)
  expect(told('bearer', { authorization: `Basic ${Buffer.from(`${word}:muster`).toString('base64')}` })).toBe(false)
})

test('Grafana without a timestamp signs the body alone; a timestamp that was taken away is missed', () => {
  const signed = signedBy('grafana', body)
  const bare = { ...signed, headers: { 'x-grafana-alerting-signature': hexOf(signed.secret, body) } }
  const { 'x-grafana-alerting-timestamp': _, ...stripped } = signed.headers

  expect(holds(bare)).toBe(true)
  expect(holds({ ...signed, headers: stripped })).toBe(false)
})

test(`no mutation of body, header or address is taken for the tool's own (${runs} of them)`, () => {
  fc.assert(
    fc.property(fc.constantFrom(...schemes), fc.uint8Array({ maxLength: 60 }), mutation, (scheme, bytes, mutate) => {
      const signed = signedBy(scheme, Buffer.from(bytes))
      const mutated = mutate(signed)

      expect(holds(signed)).toBe(true)
      expect(holds(mutated, morning, [signed])).toBe(false)
    }),
    { numRuns: runs, seed: 2 },
  )
}, 600_000)

type Mutate = (signed: Signed) => Signed
const place = fc.nat(10_000)
const mutation: fc.Arbitrary<Mutate> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, by]) => inProof((text) => flipped(text, at, by))),
  place.map((at) => inProof((text) => text.slice(0, at % text.length))),
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 4 }).map((more) => inBody((bytes) => `${bytes}${more}`)),
  place.map((at) => inBody((bytes) => flipped(bytes || ' ', at, 1))),
  fc.constant((signed: Signed) => ({ ...signed, headers: {}, token: null, body: Buffer.from('{}') })),
)

// The proof is what the tool made: the last signature, or the word.
function inProof(change: (text: string) => string): Mutate {
  return (signed) => {
    if (signed.scheme === 'sns') return inMessage(signed, /(?<="Signature":")[^"]+/, change)
    if (signed.token !== null) return { ...signed, token: change(signed.token) }
    const [name = '', header = ''] = Object.entries(signed.headers).at(-1) ?? []
    const [, before = '', proof = ''] = /^(.*(?:[=,] ?v1=|v1,|sha256=|v0=|Bearer ))?(.+)$/.exec(header) ?? []
    return { ...signed, headers: { ...signed.headers, [name]: before + change(proof) } }
  }
}

// A word proves who speaks, not what is said: there it is the word that is changed. SNS signs fields, not the envelope.
function inBody(change: (bytes: string) => string): Mutate {
  return (signed) => {
    if (signed.scheme === 'bearer' || signed.scheme === 'address') return inProof((word) => word.slice(1))(signed)
    if (signed.scheme === 'sns') return inMessage(signed, /(?<="(?:MessageId|TopicArn)":")[^"]+/, change)
    return { ...signed, body: Buffer.from(change(signed.body.toString('latin1')), 'latin1') }
  }
}

function inMessage(signed: Signed, part: RegExp, change: (text: string) => string): Signed {
  return { ...signed, body: Buffer.from(signed.body.toString('latin1').replace(part, change), 'latin1') }
}

function flipped(text: string, at: number, by: number): string {
  const bytes = Buffer.from(text, 'latin1')
  const place = at % bytes.length
  bytes[place] = (bytes[place] ?? 0) ^ by
  return bytes.toString('latin1')
}
