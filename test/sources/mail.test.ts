import { expect, test } from 'vitest'
import { mail } from '../../src/sources/mail.ts'
import { UnreadableDelivery } from '../../src/sources/source.ts'
import { morning } from '../support/morning.ts'

const head = ['From: =?utf-8?Q?J=C3=B6rg?= <joerg@example.com>', 'Message-ID: <a1@mx.example.com>']

test('the subject of a mail is the change, its sender who made it, and its date when', () => {
  const date = 'Date: Mon, 23 Nov 2026 07:15:00 +0100'

  expect(read([...head, date, 'Subject: =?UTF-8?B?c2hvcCBkZXBsb3kgw7w=?=', ' on ams'])).toMatchObject([
    {
      kind: 'change',
      id: 'mail:a1@mx.example.com',
      at: new Date('2026-11-23T06:15:00Z'),
      what: 'shop deploy ü on ams',
      service: 'shop',
      site: 'ams',
      who: 'joerg@example.com',
    },
  ])
  expect(read([...head, date, 'Subject: 06:30 shop deploy 4.2'])).toMatchObject([
    { at: new Date('2026-11-23T05:30:00Z'), what: 'shop deploy 4.2' },
  ])
})

test.each([
  ['no date', 'Subject: Fwd: shop deploy', 'shop deploy'],
  ['a date to come', 'Subject: shop deploy\r\nDate: Tue, 24 Nov 2026 07:15:00 +0000', 'shop deploy'],
])('a mail with %s was made when it came', (_, lines, what) => {
  expect(read([...head, ...lines.split('\r\n')])).toMatchObject([{ at: morning, what }])
})

test.each([
  ['an answer', 'In-Reply-To: <a0@mx.example.com>'],
  ['what a program answers', 'Auto-Submitted: auto-replied'],
  ['a report of delivery', 'Content-Type: multipart/report; report-type=delivery-status'],
])('%s is no change', (_, line) => {
  expect(read([...head, 'Subject: shop deploy', line])).toEqual([])
})

test('a mail without a subject is kept, and says what is missing', () => {
  expect(() => read([...head, 'Subject: '])).toThrow(UnreadableDelivery)
})

function read(lines: readonly string[]) {
  const body = Buffer.from([...lines, '', 'Nothing here is read.'].join('\r\n'))
  return mail.read({ id: '1', source: 'mail', receivedAt: morning, contentType: 'message/rfc822', body })
}
