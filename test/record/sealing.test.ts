import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printOf, seal, unseal } from '../../src/record/sealing.ts'

const key = Buffer.from(Array.from({ length: 32 }, (_, place) => place))
const another = Buffer.from(Array.from({ length: 32 }, (_, place) => 255 - place))

test('what is sealed opens again, with the same key and for the same purpose only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, purpose) => {
      const sealed = seal(key, secret, purpose)

      expect(unseal(key, sealed, purpose)).toBe(secret)
      expect(unseal(another, sealed, purpose)).toBeNull()
      expect(unseal(key, sealed, `${purpose} `)).toBeNull()
    }),
  )
})

test('the same secret never looks the same twice, and is not to be seen', () => {
  const sealed = [seal(key, 'hunter2hunter2', 'x'), seal(key, 'hunter2hunter2', 'x')]

  expect(new Set(sealed).size).toBe(2)
  expect(Buffer.from(sealed.join(''), 'base64url').toString('latin1')).not.toContain('hunter2')
})

test('a sealed text that was changed anywhere does not open', () => {
  const sealed = seal(key, 'hunter2hunter2', 'x')
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  const changed = [...bytes.keys()].map((place) => bytes.map((byte, at) => (at === place ? byte ^ 1 : byte)))

  expect(changed.map((one) => unseal(key, `v1.${Buffer.from(one).toString('base64url')}`, 'x'))).toEqual(
    bytes.toJSON().data.map(() => null),
  )
  expect(['', 'v1.', 'v2.abc', sealed.slice(0, 20), 'hunter2'].map((text) => unseal(key, text, 'x'))).toEqual(
    Array(5).fill(null),
  )
})

test('two secrets are told apart by their print, which depends on the key', () => {
  expect(printOf(key, 'a')).toMatch(/^[0-9a-f]{8}$/)
  expect(new Set([printOf(key, 'a'), printOf(key, 'b'), printOf(another, 'a')]).size).toBe(3)
})
