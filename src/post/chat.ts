import { createHash, createHmac } from 'node:crypto'
import type { Posted } from '../mail.ts'
import { type Outgoing, OutgoingError } from '../outgoing.ts'
import type { Db } from '../record/db.ts'
import { type HookDoor, openHook } from '../record/hooks.ts'
import type { Letter } from '../record/ledger.ts'
import { bodyFor, type Message } from './message.ts'
import type { Way } from './sending.ts'

/** To chat rooms and programs, through the one guarded door. Several hosts: one that is down holds up no other. */
export function chatWay(
  db: Db,
  {
    outgoing,
    key,
    write,
  }: { outgoing: Outgoing; key: Uint8Array | null; write: (letter: Letter, at: Date) => Promise<Message | string> },
): Way {
  return {
    channel: 'chat',
    atOnce: 4,
    async post(letter, at) {
      const hook = await openHook(db, key, letter.to)
      if (!hook) return 'this room was taken back, or MUSTER_KEY is not the one it was sealed with'
      const message = await write(letter, at)
      if (typeof message === 'string') return message

      const body = JSON.stringify(bodyFor(hook.kind, message))
      const headers = {
        'content-type': 'application/json',
        ...(hook.secret ? signed(letter.id, body, { at, secret: hook.secret }) : {}),
      }
      return told(outgoing, { url: hook.url, body, headers }, at)
    },
  }
}

/**
 * Standard Webhooks: id, time and body under one HMAC. The id is the same when it is told again, and is a hash: what others
 * named may hold what no header can, and a full stop, which parts the three.
 */
export function signed(
  cause: string,
  body: string,
  { at, secret }: { at: Date; secret: string },
): Record<string, string> {
  const id = `msg_${createHash('sha256').update(cause).digest('hex').slice(0, 24)}`
  const timestamp = `${Math.floor(at.getTime() / 1000)}`
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

export interface Telling {
  url: HookDoor['url']
  body: string | Buffer
  headers: Record<string, string>
}

/** What became of it. A refusal for good is one that asking again would not change. */
export async function told(outgoing: Outgoing, { url, body, headers }: Telling, now: Date): Promise<Posted> {
  try {
    const { status } = await outgoing.ask({ url, method: 'POST', headers, body }, now)
    if (status >= 200 && status < 300) return { outcome: 'accepted', answer: `${status}` }
    const isLater = status >= 500 || status === 429 || status === 408
    return isLater ? putOff(`it answered ${status}`) : { outcome: 'refused', fault: `it answered ${status}` }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return error.why === 'refused' ? { outcome: 'refused', fault: error.message } : putOff(error.message)
  }
}

function putOff(fault: string): Posted {
  return { outcome: 'put off', fault, everybody: false }
}
