import { expect, test } from 'vitest'
import { asSaid, asTitle, saidIn, webAddress } from '../../src/sources/said.ts'
import { severityFrom } from '../../src/sources/severities.ts'
import { morning } from '../support/morning.ts'

test.each([
  ['2026-11-23T08:00:00Z'],
  ['2026-11-23T08:00:00.123456789Z', '2026-11-23T08:00:00.123Z'],
  ['2026-11-23T09:00:00+01:00'],
  ['2026-11-23T09:00:00.000+0100'],
  ['2026-11-23 08:00:00 UTC'],
  ['2026-11-23 09:00:00 +0100'],
  ['2026-11-23 08:00:00'],
  ['2026.11.23 08:00:00'],
  ['Mon Nov 23 08:00:00 UTC 2026'],
  ['Mon, 23 Nov 2026 08:00:00 GMT'],
  [1795420800],
  ['1795420800'],
  [1795420800000],
  [1795420800000000],
  [1795420800000000000],
  [1795420800.123, '2026-11-23T08:00:00.123Z'],
])('%j is an instant', (said, at = '2026-11-23T08:00:00.000Z') => {
  expect(asSaid({ said }).instant('said')?.toISOString()).toBe(at)
})

test.each([null, '', '-', '0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 0, '{EVENT.DATE}', [], {}])(
  '%j is no instant, and none was said',
  (said) => {
    expect(asSaid({ said }).instant('said')).toBeUndefined()
  },
)

test.each(['yesterday', '2026-13-01T00:00:00Z', '99999999999999999999', 'true'])(
  '%j is refused as an instant',
  (said) => {
    expect(() => asSaid({ a: { said } }).instant('a.said')).toThrow(/^a\.said: cannot read .*; send seconds/)
  },
)

test.each([
  '',
  ' ',
  '-',
  '?',
  'null',
  'N/A',
  'None',
  '*alertDetails*',
  '{HOST.NAME}',
  '$HOSTNAME',
  null,
  undefined,
  [],
  {},
])('%j says nothing', (said) => {
  expect(asSaid({ said }).text('said')).toBeUndefined()
})

test('of several places the first that says something counts', () => {
  const said = asSaid({ a: '', b: [{ c: ' Ada ' }], d: 7 })

  expect([said.text('a', 'b.0.c', 'd'), said.text('d', 'b.0.c'), said.text('b.1.c', 'x.y')]).toEqual([
    'Ada',
    '7',
    undefined,
  ])
  expect(() => said.need('send it', 'a', 'x')).toThrow('a: is missing; send it')
})

test('only what is a thing’s own was said', () => {
  expect(asSaid({}).at('constructor.name')).toBeUndefined()
  expect(asSaid(JSON.parse('{"__proto__":{"x":1}}')).at('toString')).toBeUndefined()
})

test('a form is read like JSON, by whatever type it says it is', () => {
  const delivery = { id: '1', source: 's', receivedAt: morning, contentType: 'application/x-www-form-urlencoded' }

  expect(saidIn({ ...delivery, body: Buffer.from('a=1&b=%22x%22+y&a=2') }, '').pairs('')).toEqual({
    a: '2',
    b: '"x" y',
  })
  expect(saidIn({ ...delivery, body: Buffer.from('\ufeff \n{"a":1}') }, '').text('a')).toBe('1')
  expect(saidIn({ ...delivery, body: Buffer.from('payload=%7B%22a%22%3A1%7D') }, '').text('payload.a')).toBe('1')

  const parts = ['--x', 'Content-Disposition: form-data; name="data"', '', '{"a":"1\\r\\n2"}', '--x--', ''].join('\r\n')
  const contentType = 'multipart/form-data; boundary="x"'
  expect(saidIn({ ...delivery, contentType, body: Buffer.from(parts) }, '').text('data.a')).toBe('1\r\n2')
})

test('a title is one line of at most 300 characters', () => {
  expect(asTitle('Disk  is\tfull\nand more')).toBe('Disk is full')
  expect(asTitle('x'.repeat(400))).toHaveLength(300)
})

test('only an address of the web is a link', () => {
  expect(webAddress('javascript:alert(1)', 'data:text/html,x', '//x', undefined, 'https://x.example/y')).toBe(
    'https://x.example/y',
  )
  expect(webAddress('http://', 'https://a b')).toBeUndefined()
})

test.each([
  ['P1', 'sev1'],
  ['p0', 'sev1'],
  ['SEV-2', 'sev2'],
  ['1 - Critical', 'sev1'],
  ['3 - Moderate', 'sev3'],
  ['5', 'sev4'],
  ['Highest', 'sev1'],
  ['Blocker', 'sev1'],
  ['Medium', 'sev3'],
  ['Lowest', 'sev4'],
  ['CRITICAL', 'sev1'],
  ['warning', 'sev3'],
  ['P10', undefined],
  ['rather bad', undefined],
  ['', undefined],
  [undefined, undefined],
])('the word %j is our %s', (word, ours) => {
  expect(severityFrom(word)).toBe(ours)
})
