import PostalMime, { type Attachment } from 'postal-mime'
import type { Db } from '../record/db.ts'
import { lettersTo, noteBounce } from '../record/outbox.ts'
import { type Desk, messageId } from './letters.ts'

/** A report that a letter did not arrive (RFC 3464): whose, which, and why. Nothing in it is believed but these. */
export interface Bounce {
  addresses: string[]
  messageIds: string[] // of the letters that came back
  fault: string
}

/** What of a mail is such a report: none of a mail that is none, or that only tells of a delay or an arrival. */
export async function bouncesIn(mail: Uint8Array): Promise<Bounce[]> {
  const { attachments, headers } = await parsed(mail)
  const reports = attachments.filter(({ mimeType }) => mimeType.startsWith('message/delivery-status'))
  const returned = await Promise.all(
    attachments
      .filter(isReturned)
      .slice(0, mostParts)
      .map(({ content }) => parsed(content)),
  )
  const messageIds = [
    ...returned.flatMap(({ headers }) => valuesOf(headers, 'message-id')),
    ...valuesOf(headers, 'in-reply-to', 'references'),
  ].flatMap((words) => words.match(/[^<>\s]+@[^<>\s]+/g) ?? [])
  const recipients = await Promise.all(
    reports
      .flatMap(({ content }) => blocksIn(content))
      .slice(0, mostParts)
      .map(parsed),
  )
  return recipients
    .map(
      ({ headers }) =>
        (name: string) =>
          valuesOf(headers, name)[0] ?? '',
    )
    .filter((told) => told('action').toLowerCase() === 'failed')
    .map((told) => ({
      addresses: [told('original-recipient'), told('final-recipient')].map(addressIn).filter((one) => one !== ''),
      messageIds,
      fault: [told('status'), told('diagnostic-code').replace(/^\s*smtp\s*;/i, '')].map(oneLine).join(' ').trim(),
    }))
}

// Ours goes to one person; whatever tells of hundreds is no answer to it.
const mostParts = 50

type Mail = Awaited<ReturnType<typeof parsed>>

function parsed(mail: Attachment['content'] | Uint8Array) {
  return PostalMime.parse(mail, { forceRfc822Attachments: true })
}

function isReturned({ mimeType }: Attachment): boolean {
  return /^(message\/(rfc822|global)|text\/rfc822-headers|message\/global-headers)/.test(mimeType)
}

function valuesOf(headers: Mail['headers'], ...names: string[]): string[] {
  return headers.filter(({ key }) => names.includes(key)).map(({ value }) => value)
}

/** A report has a block of header lines for itself and one for each recipient, with empty lines between. */
function blocksIn(content: Attachment['content']): Uint8Array[] {
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content)
  return text.split(/\r?\n(?:[ \t]*\r?\n)+/, mostParts).map((block) => Buffer.from(`${block.trim()}\r\n\r\n`))
}

/** 'rfc822; ana@example.com' */
function addressIn(told: string): string {
  return told
    .replace(/^[^;]*;/, '')
    .replace(/[<>\s]/g, '')
    .toLowerCase()
}

function oneLine(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 180)
}

/** Marks the letters that came back; how many were ours, and not known to be lost already. */
export async function takeBounces(db: Db, desk: Desk, { mail, now }: { mail: Uint8Array; now: Date }): Promise<number> {
  const lost = await Promise.all((await bouncesIn(mail)).map((bounce) => lostLetters(db, desk, { bounce, now })))
  const letters = lost.flat()
  for (const { id, fault } of letters) await noteBounce(db, id, { at: now, fault })
  return letters.length
}

async function lostLetters(db: Db, desk: Desk, { bounce, now }: { bounce: Bounce; now: Date }) {
  const { addresses, messageIds, fault } = bounce
  const sent = await lettersTo(db, addresses, now)
  return sent
    .filter(({ id, failedAt }) => failedAt === null && messageIds.includes(messageId(id, desk)))
    .map(({ id }) => ({ id, fault: `came back: ${fault || 'no reason was given'}` }))
}
