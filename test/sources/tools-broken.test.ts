import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listDeliveries, rawDelivery } from '../../src/record/deliveries.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { adapterNamed, adapters } from '../../src/sources/registry.ts'
import { UnreadableDelivery } from '../../src/sources/source.ts'
import { morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { send } from './an-alert.ts'
import { stories } from './stories.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const bySource = [...new Set(stories.map(({ source }) => source))].map((source) => [source] as const)

test('there is a story for every tool that can be read', () => {
  const told = new Set(stories.map(({ source }) => source))

  expect(adapters.map(({ adapter }) => adapter).filter((adapter) => !told.has(adapter))).toEqual(['alertmanager'])
})

test.each(bySource)('%s: of 500 broken payloads each is read or refused with a sentence, nothing else', (source) => {
  const adapter = adapterNamed(source)
  const payloads = fc.sample(broken(source), { numRuns: 500, seed: 13 })

  const surprises = payloads.flatMap((body) => {
    try {
      adapter?.read({ id: '1', source, receivedAt: morning, contentType: typeOf(body), body })
      return []
    } catch (error) {
      return error instanceof UnreadableDelivery ? [] : [String(error)]
    }
  })

  expect(surprises).toEqual([])
})

test('broken payloads of all tools are kept byte for byte, end their wait, and bring nothing down', async () => {
  const { db } = await openTestRecord()
  const payloads = bySource.flatMap(([source]) =>
    fc.sample(broken(source), { numRuns: 25, seed: 29 }).map((body) => ({ source, body })),
  )

  const ids = await Promise.all(payloads.map(({ source, body }) => send(db, body, { source })))
  expect(await ingestWaiting(db, morning)).toBe(payloads.length)

  for (const [place, id] of ids.entries()) expect(digest(await rawDelivery(db, id))).toBe(digest(payloads[place]?.body))
  const lines = await listDeliveries(db, { limit: 2_000 })
  expect(lines.filter(({ fault, facts }) => fault === null && facts === null)).toEqual([])
  expect(lines.filter(({ fault }) => /failed|could not take/.test(fault ?? ''))).toEqual([])
  expect(lines.filter(({ fault }) => fault !== null).length).toBeGreaterThan(payloads.length / 3)
}, 60_000)

test.each(bySource)('%s: an event of the future is not for us, or says what is missing', (source) => {
  const whole = storyOf(source)[0] ?? {}
  const future = JSON.parse(JSON.stringify(whole), (name, value) =>
    ['event_type', 'action', 'webhookEvent', 'object_kind', 'state', 'status', 'type', 'current_state'].includes(name)
      ? 'from_the_future'
      : value,
  )

  const told = factsOrFault(source, bytes(JSON.stringify(future)))
  expect(typeof told === 'string' ? told : told.length).toEqual(
    typeof told === 'string' ? expect.stringMatching(/: .+; .+/) : expect.any(Number),
  )
})

function factsOrFault(source: string, body: Uint8Array): unknown[] | string {
  try {
    return adapterNamed(source)?.read({ id: '1', source, receivedAt: morning, contentType: '', body }) ?? []
  } catch (error) {
    if (error instanceof UnreadableDelivery) return error.message
    throw error
  }
}

function storyOf(source: string): object[] {
  return stories.filter((story) => story.source === source).flatMap((story) => story.tell('1000001'))
}

/** Noise, and what the tool really sends with a piece cut off, flipped, left out, or of another type. */
function broken(source: string): fc.Arbitrary<Uint8Array> {
  const whole = fc.constantFrom(...storyOf(source).map((body) => JSON.stringify(body)))
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map(bytes),
    fc.tuple(whole, fc.nat(10_000)).map(([text, end]) => bytes(text.slice(0, end % text.length))),
    fc
      .tuple(whole, fc.nat(10_000), fc.nat(255))
      .map(([text, place, byte]) => bytes(text).map((was, at) => (at === place % text.length ? byte : was))),
    fc.tuple(whole, fc.nat(60), fc.jsonValue()).map(([text, place, value]) => bytes(withChanged(text, place, value))),
    fc.tuple(whole, fc.nat(60)).map(([text, place]) => bytes(withChanged(text, place, undefined))),
    fc.constantFrom('', '{}', '[]', 'null', '"\\ud800"', '{"__proto__":{"event":1}}', 'a=b&c', '\u0000').map(bytes),
  )
}

/** The same JSON with the value of its nth name another one, however deep it is. */
function withChanged(text: string, place: number, value: unknown): string {
  const seen = { names: 0 }
  const changed = JSON.parse(text, (name, was) => (name !== '' && seen.names++ === place ? value : was))
  return JSON.stringify(changed) ?? 'null'
}

function typeOf(body: Uint8Array): string {
  return body.length % 3 === 0 ? 'application/x-www-form-urlencoded' : 'application/json'
}

function digest(body: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(body ?? 'nothing')
    .digest('hex')
}
