import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { expect, test } from 'vitest'
import { asEml } from '../../src/mail.ts'
import { letterOf } from '../../src/post/digest-letter.tsx'
import { buildDigest } from '../../src/reports/digest.ts'
import { tellMorning } from '../../src/reports/told.ts'
import { aChange, aComplaint, anAction, anExposure, anIncident, aPerson, facts, hoursAgo } from '../support/builders.ts'
import { mornings } from '../views/mornings.ts'

const aside = {
  fixed: [],
  fixedDays: [],
  complaintsBefore: 0,
  usualCustomerMinutes: null,
  yearAgo: null,
  handOvers: [],
  spans: [],
}
const origin = 'https://muster.example.org'
const addresses = {
  at: (path: string) => new URL(path, origin).href.slice(0, 900),
  stop: `${origin}/u/abc`,
  preferences: `${origin}/people/lea/digest`,
  offer: ({ id }: { id: string }) => `${origin}/d/${encodeURIComponent(id)}`,
}

/** A morning on which everything is called that. */
function letterAbout(title: string) {
  const told = tellMorning(
    facts({
      incidents: [
        anIncident({ title, service: title, severity: 'sev1', ownerId: 'lea@example.com', customerMinutes: 12 }),
        anIncident({ title, startedAt: hoursAgo(9), resolvedAt: hoursAgo(8) }),
      ],
      exposures: [anExposure({ service: title, plan: title, ownerId: title })],
      actions: [anAction({ title, acknowledgedAt: null, dueAt: null })],
      changes: [aChange({ what: title, who: title, service: title })],
      complaints: [aComplaint({ text: title })],
      people: [aPerson({ name: title })],
    }),
    aside,
  )
  const edition = { number: 1, asOf: told.agenda.asOf, meetingId: '', told }
  const reader = { personId: 'lea@example.com', name: title, zone: 'Europe/Berlin', variant: 'engineer' } as const
  return letterOf(buildDigest(edition, reader, null), addresses)
}

async function sent(title: string) {
  const { subject, text, html } = letterAbout(title)
  const settings = { smtpUrl: null, mailFrom: 'Muster <muster@example.org>' }
  const mail = {
    to: { name: title, address: 'lea@example.com' },
    subject,
    text,
    html,
    at: hoursAgo(2),
    id: 'digest.x@example.org',
    unsubscribe: `${origin}/u/abc`,
  }
  const eml = await asEml(mail, settings)
  return { eml, parsed: await simpleParser(eml), html, text, subject }
}

const headers = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'mime-version',
  'subject',
  'to',
]
const traps = [
  'x\r\nBcc: everybody@evil.example',
  'x\nSubject: you have won\n\n<b>body</b>',
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  '"><a href="https://evil.example">click</a>',
  '</td></tr></table><style>body{display:none}</style>',
  "' style='display:none' class='paper",
  'https://evil.example/login?next=//muster.example.org',
  'www.evil.example and mailto:a@evil.example and javascript:alert(1)',
  '\u202egpj.exe\u202c \u200bzero\u200bwidth \u2066isolate',
  'раураl.com ｅｖｉｌ',
  '=?utf-8?q?=0D=0ABcc:_x@evil.example?=',
  '--_boundary\r\nContent-Type: text/html\r\n\r\n<h1>new part</h1>',
  'a'.repeat(4000),
  '\u0000\u0007\u001b[31mred\u2028line',
  '{"at$":1}',
]
const pieces = fc.constantFrom(
  '\r\n',
  '\n',
  '\r',
  '<',
  '>',
  '"',
  "'",
  '&',
  ';',
  ': ',
  '://',
  'http',
  '=?',
  '?=',
  '\u202e',
  '\u2028',
  '\0',
  ' ',
  '<a href=',
  '<script',
  ' class="',
  'é',
  '漢',
  '😀',
)
const hostile = fc
  .array(fc.oneof(pieces, fc.string({ maxLength: 12, unit: 'binary' })), { maxLength: 20 })
  .map((parts) => parts.join(''))

async function isHarmless(title: string): Promise<void> {
  const { eml, parsed, html, text, subject } = await sent(title)

  expect(parsed.headerLines.map(({ key }) => key).sort()).toEqual(headers)
  expect([...subject].length).toBeLessThanOrEqual(90)
  expect(parsed.subject).toBe(subject)
  expect(
    (html.match(/<(script|img|a|style|iframe|svg|form|meta|link|object)\b[^>]*>/gi) ?? []).filter(isForeign),
  ).toEqual([])
  const attributes = (html.match(/<[a-z][^>]*>/gi) ?? []).flatMap((tag) => tag.match(/\s[\w-]+(?==)/g) ?? [])
  expect(attributes.filter((name) => /^\s(on\w+|src|srcdoc|background|formaction|action)$/i.test(name))).toEqual([])
  for (const [address] of text.matchAll(/\bhttps?:\/\/[^\s]*/gi))
    expect(address).toMatch(/^https:\/\/muster\.example\.org\//)
  for (const [, address] of html.matchAll(/href="([^"]*)"/g))
    expect(address).toMatch(/^https:\/\/muster\.example\.org\//)
  for (const line of eml.toString('latin1').split('\r\n')) expect(line.length > 998 ? line.slice(0, 200) : '').toBe('')
  expect(parsed.attachments).toEqual([])
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
}

// Ours: links to our own address, the one sheet of rules for dark screens, and the head's meta.
function isForeign(tag: string): boolean {
  return !/^<a (class="[^"]*" )?style="[^"]*" href="https:\/\/muster\.example\.org\/|^<a (class="[^"]*" )?href="https:\/\/muster\.example\.org\/|^<style>$|^<meta (charset|name)="/.test(
    tag,
  )
}

test.each(traps.map((title) => [title.slice(0, 40), title] as const))(
  'a title %j brings no new header, no live tag and no foreign link',
  (_short, title) => isHarmless(title),
)

test('nor do three hundred others', async () => {
  await fc.assert(fc.asyncProperty(hostile, isHarmless), { numRuns: Number(process.env.TITLES ?? 30) })
}, 60_000)

test.each(Object.entries(mornings))(
  'on a morning that is %s both parts tell the same, in under 100 kB, with nothing to be fetched',
  (_kind, { facts: given }) => {
    const told = tellMorning(given, aside)
    const edition = { number: 1, asOf: told.agenda.asOf, meetingId: '', told }
    for (const variant of ['manager', 'engineer', 'support'] as const) {
      const { text, html, subject } = letterOf(
        buildDigest(edition, { personId: null, name: '', zone: 'Europe/Berlin', variant }, null),
        addresses,
      )
      const words = (part: string) => part.replace(/[\s\u00a0]+/g, ' ')
      const seen = words(
        html
          .replace(/<(style|title)>[\s\S]*?<\/\1>/g, '')
          .replace(/<[^>]+>/g, ' ')
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&quot;/g, '"')
          .replace(/&#39;/g, "'")
          .replace(/&amp;/g, '&'),
      )
      const titles = told.agenda.sections
        .filter(({ topic }) => topic !== 'postmortems')
        .flatMap(({ items }) => items.slice(0, 1).map(({ title }) => title))
        .filter((title) => /^[\w .:-]{1,40}$/.test(title))

      expect(Buffer.byteLength(html)).toBeLessThan(100_000)
      expect(subject.length).toBeLessThanOrEqual(90)
      expect(html).not.toMatch(/<(img|script|link|iframe)\b|url\(|@import/i)
      for (const title of titles)
        expect([title, seen.includes(words(title)), words(text).includes(words(title))]).toEqual([title, true, true])
    }
  },
)
