import { expect, test } from 'vitest'
import { createApp } from '../../src/app.tsx'
import { bouncesIn } from '../../src/post/bounces.ts'
import { queueDigests } from '../../src/post/digests.ts'
import { latestLetters, undeliveredSince } from '../../src/record/outbox.ts'
import { daysAgo, hoursAgo, morning, rhythm } from '../support/morning.ts'
import { bearer, signedIn } from '../support/signed-in.ts'
import { incident, jsonIn, tell, textOf } from '../web/asking.ts'
import { openOffice, openPostHouse, subscribe } from './post-house.ts'

interface Report {
  about: string // Message-ID
  to?: string
  action?: string
  returned?: 'message/rfc822' | 'text/rfc822-headers'
}

/** As Postfix writes it (RFC 3464). */
function report({ about, to = 'ana@example.com', action = 'failed', returned = 'message/rfc822' }: Report): string {
  return `From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: muster@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="A/B=_C"

--A/B=_C
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.

--A/B=_C
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 23 Nov 2026 07:00:01 +0100 (CET)

Final-Recipient: rfc822; elsewhere@example.net
Original-Recipient: rfc822;${to}
Action: ${action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <elsewhere@example.net>: Recipient
    address rejected: User unknown

--A/B=_C
Content-Type: ${returned}

From: Muster <muster@example.org>
Subject: [OPS RED] Mon 23 Nov
Message-ID: ${about}

--A/B=_C--
`.replaceAll('\n', '\r\n')
}

test('a letter that came back is marked, shown on the agenda and to whom it did not reach; twice changes nothing', async () => {
  const { app, db, messageId } = await anOfficeThatSent()
  const headers = { ...(await bearer(db, 'letters:post')), 'content-type': 'message/rfc822' }
  const comeBack = (body: string) => app.request('/letters/bounces', { method: 'POST', body, headers })

  const first = await jsonIn(await comeBack(report({ about: messageId })))
  const again = await jsonIn(await comeBack(report({ about: messageId })))

  expect([first, again]).toEqual([{ marked: 1 }, { marked: 0 }])
  expect(await undeliveredSince(db, daysAgo(1), morning)).toMatchObject([
    {
      to: 'ana@example.com',
      fault: expect.stringMatching(/^came back: 5.1.1 550 5.1.1 <elsewhere@example.net>: Rec.* unknown/),
    },
  ])
  expect(await textOf(app, '/', await signedIn(db, 'fay@example.com', 'facilitator'))).toContain(
    '1 letter did not arrive',
  )
  const ana = await signedIn(db, 'ana@example.com', 'viewer')
  expect(await textOf(app, '/people/ana%40example.com/digest', ana)).toContain(
    'The last one did not arrive: <bdi>came back: 5.1.1',
  )
})

test('a delay, a letter to somebody else and a letter of another house mark nothing', async () => {
  const { app, db, messageId } = await anOfficeThatSent()
  const headers = await bearer(db, 'letters:post')
  const reports: Partial<Report>[] = [
    { action: 'delayed' },
    { to: 'ben@example.com' },
    { about: '<digest.2026-11-23.000000000000000000000000@example.org>' },
  ]

  for (const given of reports) {
    const body = report({ about: messageId, ...given })
    const answer = await app.request('/letters/bounces', { method: 'POST', body, headers })
    expect([given, await jsonIn(answer)]).toEqual([given, { marked: 0 }])
  }
  expect((await latestLetters(db, 1))[0]?.failedAt).toBe(null)
})

test('where only the headers come back they are enough; what is no report at all is none', async () => {
  const about = '<digest.2026-11-23.abc@example.org>'
  const [bounce] = await bouncesIn(Buffer.from(report({ about, returned: 'text/rfc822-headers' })))

  expect(bounce).toMatchObject({ addresses: ['ana@example.com', 'elsewhere@example.net'] })
  expect(bounce?.messageIds).toContain('digest.2026-11-23.abc@example.org')
  for (const words of [
    '',
    'hello',
    '\u0000\r\n\r\n',
    report({ about }).slice(0, 300),
    'Content-Type: multipart/report\r\n\r\n--',
  ])
    expect(await bouncesIn(Buffer.from(words))).toEqual([])
})

async function anOfficeThatSent() {
  const { smtpUrl, got } = await openPostHouse()
  const { db, settings, send } = await openOffice(smtpUrl)
  await tell(db, [incident('search', hoursAgo(5), { severity: 'sev2' })], hoursAgo(5))
  await subscribe(db, 'Ana', { changedAt: daysAgo(3) })
  await queueDigests(db, { rhythm, startedAt: daysAgo(5) }, hoursAgo(2))
  await send()
  const here = { ...settings, publicUrl: new URL('http://localhost:3000') }
  return { app: createApp({ db, settings: here, now: () => morning }), db, messageId: got[0]?.messageId ?? '' }
}
