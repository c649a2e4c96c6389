import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listDeliveries, rawDelivery } from '../../src/record/deliveries.ts'
import { ingestWaiting } from '../../src/sources/deliveries.ts'
import { hoursAgo, morning } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'
import { aGroup, anAlert, send } from './an-alert.ts'

test('500 broken payloads are all kept byte for byte, and none brings anything down', async () => {
  const { db } = await openTestRecord()
  const payloads = fc.sample(brokenPayload, { numRuns: 500, seed: 11 })

  const ids = await Promise.all(payloads.map((payload) => send(db, payload)))
  expect(await ingestWaiting(db, morning)).toBe(500)

  for (const [index, id] of ids.entries()) expect(digest(await rawDelivery(db, id))).toBe(digest(payloads[index]))
  const lines = await listDeliveries(db, { limit: 1000 })
  expect(lines.filter(({ fault, facts }) => fault === null && facts === null)).toEqual([])
  expect(lines.filter(({ fault }) => fault !== null).length).toBeGreaterThan(300)
  await send(db, aGroup([anAlert({ fingerprint: 'afterwards' })]))
  expect(await ingestWaiting(db, morning)).toBe(1)
})

const whole = aGroup([
  anAlert({ startsAt: hoursAgo(1) }),
  anAlert({ fingerprint: 'b2', endsAt: morning, startsAt: hoursAgo(2) }),
])
const text = (value: string) => new Uint8Array(Buffer.from(value))
const brokenPayload: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map(text),
  fc.nat(whole.length - 1).map((end) => text(whole.slice(0, end))),
  fc
    .tuple(fc.nat(whole.length - 1), fc.nat(255))
    .map(([place, byte]) => text(whole).map((was, index) => (index === place ? byte : was))),
  fc
    .tuple(fc.constantFrom('fingerprint', 'startsAt', 'endsAt', 'status', 'labels', 'annotations'), fc.jsonValue())
    .map(([field, value]) => text(aGroup([{ ...anAlert(), [field]: value }]))),
  fc.integer({ min: 60, max: 5_000 }).map((depth) => text(`${'['.repeat(depth)}1e999${']'.repeat(depth)}`)),
  fc
    .constantFrom(
      '{"version":"4","alerts":[],"truncatedAlerts":1e999}',
      '\u0000',
      '"\\ud800"',
      '{"__proto__":{"version":"4"}}',
    )
    .map(text),
)

function digest(bytes: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(bytes ?? 'nothing')
    .digest('hex')
}
