import { createTransport, type SendMailOptions } from 'nodemailer'

/** What is sent to one person. The plain text is complete by itself; nothing in a letter is fetched from elsewhere. */
export interface Letter {
  to: { name: string; address: string }
  subject: string
  text: string
  html?: string
  pictures?: readonly { name: string; png: Buffer }[] // shown in the HTML as cid:NAME@muster
  at: Date // its Date header
  id?: string // Message-ID without its brackets: the same letter sent twice is one letter
  unsubscribe?: string // an address of ours that takes RFC 8058's one click; short, for a folded header breaks signatures
  event?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; calendar: string }
}
/**
 * put off: try again later; `everybody` = the server cannot be reached or refuses us, so the next letter would fare no
 * better. refused: for good, and why.
 */
export type Posted =
  | { outcome: 'accepted'; answer: string }
  | { outcome: 'put off'; fault: string; everybody: boolean }
  | { outcome: 'refused'; fault: string }

export interface LetterBox {
  post(letter: Letter): Promise<Posted>
  close(): void
}
/** Whose signature a letter carries: the key under `selector`._domainkey.`domain` proves it. */
export interface Dkim {
  domain: string
  selector: string
  privateKey: string // PEM
}
export interface Post {
  smtpUrl: string | null
  mailFrom: string | null
  dkim?: Dkim | null
}

/** The one way out for mail; null = no mail server is set. A server that hangs is given up after `patienceMs`. */
export function openLetterBox(settings: Post, patienceMs = 30_000): LetterBox | null {
  if (settings.smtpUrl === null) return null
  const transport = createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: 4,
    maxRequeues: 0, // who was cut off after the message was sent would send it again: that is for the outbox to say
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    ...safety,
  })
  return {
    async post(letter) {
      try {
        const { response } = await transport.sendMail(asMessage(letter, settings))
        return { outcome: 'accepted', answer: oneLine(response) }
      } catch (error) {
        return asFault(error)
      }
    },
    close: () => transport.close(),
  }
}

/** The letter as it goes over the wire, for a file: RFC 5322 with its parts. */
export async function asEml(letter: Letter, settings: Post): Promise<Buffer> {
  const { message } = await createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    ...safety,
  }).sendMail(asMessage(letter, settings))
  if (!Buffer.isBuffer(message)) throw new Error('the letter was not written whole')
  return message
}

const safety = { disableFileAccess: true, disableUrlAccess: true }

function asMessage(
  { to, subject, text, html, pictures = [], at, id, unsubscribe, event }: Letter,
  settings: Post,
): SendMailOptions {
  return {
    from: settings.mailFrom ?? 'Muster <muster@localhost>',
    to: { name: oneLine(to.name).slice(0, 60), address: to.address },
    subject,
    text,
    date: at,
    headers: { 'Auto-Submitted': 'auto-generated', ...(unsubscribe ? oneClick(unsubscribe) : {}) },
    xMailer: false,
    encoding: 'quoted-printable', // no line is longer than a mail server takes
    ...(html ? { html } : {}),
    ...(pictures.length > 0 ? { attachments: pictures.map(attached) } : {}),
    ...(id ? { messageId: `<${id}>` } : {}),
    ...(event ? { icalEvent: { method: event.method, content: event.calendar, filename: false } } : {}),
    ...(settings.dkim ? { dkim: signedBy(settings.dkim) } : {}),
  }
}

function attached({ name, png }: { name: string; png: Buffer }) {
  const contentDisposition = 'inline' as const
  return { cid: `${name}@muster`, filename: `${name}.png`, content: png, contentType: 'image/png', contentDisposition }
}

function signedBy({ domain, selector, privateKey }: Dkim) {
  return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: signedHeaders }
}
// RFC 8058 wants both of the unsubscribing headers signed; the library's own list leaves the second out.
const signedHeaders =
  'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Auto-Submitted:List-Unsubscribe:List-Unsubscribe-Post'

function oneClick(address: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${address}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

/** What the mailing library tells of a failure. */
interface MailFault {
  code?: string
  responseCode?: number
  response?: string
  message: string
}

function asFault(error: unknown): Posted {
  const { code = '', responseCode = 0, response, message } = error as MailFault // only sendMail throws here
  const fault = oneLine(response ?? message)
  const isAboutUs = !['EENVELOPE', 'EMESSAGE'].includes(code)
  return responseCode >= 500 && !isAboutUs
    ? { outcome: 'refused', fault }
    : { outcome: 'put off', fault, everybody: isAboutUs }
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
}
