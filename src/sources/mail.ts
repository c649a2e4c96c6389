import { addressParser, decodeWords } from 'postal-mime'
import type { Fact } from '../record/fact.ts'
import { changeFrom } from './one-line.ts'
import { longest, saidIn } from './said.ts'
import { type Delivery, type Source, UnreadableDelivery } from './source.ts'

const mend = 'let the mail server hand on the whole mail, with Content-Type: message/rfc822'

/**
 * A mail address for changes: its subject is the change in one line, its sender who made it, its date when, unless the line
 * begins with a time. As a mail server hands it on (message/rfc822), or as services do that receive mail (subject, from ...).
 * Answers, and what no person wrote (Auto-Submitted, reports of delivery), are not for us.
 */
export const mail: Source = {
  adapter: 'mail',
  title: 'Changes by mail',
  class: 'manual',
  proofs: ['bearer', 'address'],

  read(delivery) {
    const letter = isWhole(delivery) ? letterIn(delivery) : formOf(delivery)
    if (letter.isAnswer || letter.isAutomatic) return []
    if (letter.subject === '') throw new UnreadableDelivery('subject: is empty; write the change there, in one line')
    return changeFacts(letter, delivery)
  },
}

interface Letter {
  id: string
  from: string
  subject: string
  writtenAt: string
  isAnswer: boolean
  isAutomatic: boolean
}

function isWhole({ contentType, body }: Delivery): boolean {
  return /^message\//i.test(contentType) || /^[A-Za-z-]+:[ \t]/.test(new TextDecoder().decode(body.subarray(0, 80)))
}

function letterIn({ body }: Delivery): Letter {
  const [head = ''] = new TextDecoder().decode(body.subarray(0, 64 * 1024)).split(/\r?\n\r?\n/, 1)
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const header = (name: string) => {
    const line = lines.find((one) => one.slice(0, name.length + 1).toLowerCase() === `${name}:`)
    return decodeWords(line?.slice(name.length + 1).trim() ?? '')
  }
  return letterOf({
    id: header('message-id'),
    from: header('from'),
    subject: header('subject'),
    writtenAt: header('date'),
    isAnswer: header('in-reply-to') !== '',
    isAutomatic: !/^(no)?$/i.test(header('auto-submitted')) || /^multipart\/report/i.test(header('content-type')),
  })
}

function formOf(delivery: Delivery): Letter {
  const said = saidIn(delivery, mend)
  return letterOf({
    id: said.text('Message-Id', 'MessageID', 'message_id') ?? '',
    from: said.text('from', 'sender', 'From') ?? '',
    subject: said.text('subject', 'Subject') ?? said.need(mend, 'subject'),
    writtenAt: said.text('Date', 'date') ?? '',
    isAnswer: said.text('In-Reply-To', 'in_reply_to') !== undefined,
    isAutomatic: false,
  })
}

function letterOf(letter: Letter): Letter {
  return { ...letter, subject: letter.subject.replace(/^(?:(?:fwd?|wg|tr)\s*:\s*)+/i, '').trim() }
}

function changeFacts({ id, from, subject, writtenAt }: Letter, { source, receivedAt }: Delivery): Fact[] {
  const written = new Date(writtenAt)
  const at = written <= receivedAt ? written : receivedAt // an unreadable one is not before anything
  const by = addressParser(from)[0]?.address ?? ''
  const told = changeFrom(subject, { now: at, zone: zoneOf(writtenAt), by, services: [], sites: [] })
  if ('refused' in told) throw new UnreadableDelivery(`subject: ${told.refused}`)
  return [{ ...told, id: id === '' ? told.id : `${source}:${id.replace(/[<>\s]/g, '')}`.slice(0, longest.id) }]
}

/** Where it was written, as far as its offset tells: '+0200' is Etc/GMT-2. */
function zoneOf(date: string): string {
  const [, sign = '', hours = ''] = /([+-])(\d\d)00\b/.exec(date) ?? []
  return hours === '' || Number(hours) === 0 || Number(hours) > 12
    ? 'UTC'
    : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`
}
