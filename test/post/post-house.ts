import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { Settings } from '../../src/config.ts'
import { openLetterBox } from '../../src/mail.ts'
import { openDesk } from '../../src/post/letters.ts'
import { mailWay, sendWaiting } from '../../src/post/sending.ts'
import type { Db } from '../../src/record/db.ts'
import { keepPreference, type Preference } from '../../src/record/preferences.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { daysAgo, hoursAgo } from '../support/morning.ts'
import { openTestRecord } from '../support/open-record.ts'

/** What the mail server does with a letter: takes it, or one of the ways in which it goes wrong. */
export type Behaviour = 'take' | 421 | 450 | 550 | 'hang' | 'cut after DATA' | 'hang up'

/** A real mail server on loopback, and what it was given. */
export async function openPostHouse(
  behave: (to: string) => Behaviour = () => 'take',
  wanted = 0,
  disabledCommands = ['STARTTLS', 'AUTH'], // its own certificate is one that nobody signed
) {
  const got: ParsedMail[] = []
  const raw: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands,
    logger: false,
    closeTimeout: 100,
    onConnect(_session, done) {
      done(behave('') === 'hang up' ? new Error('not today') : null)
    },
    onRcptTo({ address }, _session, done) {
      const how = behave(address)
      if (how === 'hang') return
      if (typeof how !== 'number') return done()
      done(Object.assign(new Error('says the server'), { responseCode: how }))
    },
    onData(stream, session: SMTPServerSession, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const body = Buffer.concat(chunks)
        raw.push(body.toString('latin1'))
        got.push(await simpleParser(body))
        const to = session.envelope.rcptTo[0]?.address ?? ''
        if (behave(to) === 'cut after DATA') return cut(session)
        done()
      })
    },
  })
  const cut = (session: SMTPServerSession) => {
    for (const connection of server.connections as Iterable<{
      session: SMTPServerSession
      _socket: { destroy(): void }
    }>)
      if (connection.session === session) connection._socket.destroy()
  }
  server.on('error', () => undefined)
  await new Promise<void>((listening) => server.listen(wanted, '127.0.0.1', listening))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const close = () => new Promise<void>((closed) => server.close(() => closed()))
  onTestFinished(close)
  return { smtpUrl: `smtp://127.0.0.1:${port}`, port, got, raw, close }
}

export async function subscribe(db: Db, name: string, given: Partial<Preference> = {}): Promise<string> {
  const email = `${name.toLowerCase()}@example.com`
  await recordFacts(
    db,
    [{ kind: 'person', name, email, role: null, function: 'operations', zone: null, deputy: null }],
    { recordedAt: daysAgo(20), source: 'catalogue', origin: 'import', class: null },
  )
  await keepPreference(db, {
    personId: email,
    variant: 'manager',
    digestFrom: daysAgo(10),
    time: '07:00',
    zone: 'Europe/Berlin',
    weekdays: [1, 2, 3, 4, 5],
    daysOff: [],
    keepsHolidays: true,
    wakings: [],
    quietFrom: '22:00',
    quietUntil: '07:00',
    feed: 0,
    changedAt: daysAgo(10),
    ...given,
  })
  return email
}

/** A record with some people who wish to be told, and the office that tells them. */
export async function openOffice(smtpUrl: string | null, given: Partial<Settings> = {}, patienceMs = 700) {
  const { db, settings } = await openTestRecord({
    smtpUrl,
    mailFrom: 'Muster <muster@example.org>',
    publicUrl: new URL('https://muster.example.org'),
    ...given,
  })
  const box = openLetterBox(settings, patienceMs)
  onTestFinished(() => box?.close())
  const clock = { at: hoursAgo(2) }
  const way = mailWay(box, openDesk(db, settings))
  const send = () => sendWaiting(db, way, () => clock.at)
  return { db, settings, box, clock, send }
}
