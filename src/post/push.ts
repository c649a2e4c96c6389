import { createCipheriv, createECDH, hkdfSync, randomBytes, sign } from 'node:crypto'
import type { Outgoing } from '../outgoing.ts'
import type { Db } from '../record/db.ts'
import { endPhone, findPhone, type Phone } from '../record/phones.ts'
import { told } from './chat.ts'
import { type PushKeys, pushKeysOf } from './push-keys.ts'
import type { Way } from './sending.ts'

/** What a phone is woken with: it says so itself, without asking us again. */
export interface Waking {
  title: string
  body: string
  path: string
}

/** To phones through their push services, encrypted so that those read nothing. A phone that is gone is not woken again. */
export function pushWay(
  db: Db,
  { outgoing, key, contact }: { outgoing: Outgoing; key: Uint8Array | null; contact: string },
): Way {
  return {
    channel: 'push',
    atOnce: 4,
    async post(letter, at) {
      const [keys, phone] = await Promise.all([pushKeysOf(db, key), findPhone(db, letter.to)])
      if (!keys) return 'no phone can be woken without the MUSTER_KEY of its subscription'
      if (!phone || phone.endedAt !== null) return 'this phone is gone'

      const headers = {
        authorization: vapid(phone.endpoint, { keys, contact, at }),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: '43200',
        urgency: 'high',
      }
      const posted = await told(
        outgoing,
        { url: phone.endpoint, body: encrypted(JSON.stringify(letter.content), phone), headers },
        at,
      )
      if (posted.outcome === 'refused' && /answered 4(04|10)/.test(posted.fault)) await endPhone(db, phone.id, at)
      return posted
    },
  }
}

interface Drawn {
  salt: Buffer
  privateKey: Buffer
}

/** RFC 8291 in one record of RFC 8188: only the browser that subscribed can read it. `drawn`: for the RFC's own example. */
export function encrypted(words: string, phone: Pick<Phone, 'publicKey' | 'auth'>, drawn?: Drawn): Buffer {
  const [theirs, auth] = [Buffer.from(phone.publicKey, 'base64url'), Buffer.from(phone.auth, 'base64url')]
  const ours = createECDH('prime256v1')
  if (drawn) ours.setPrivateKey(drawn.privateKey)
  else ours.generateKeys()
  const salt = drawn?.salt ?? randomBytes(16)

  const about = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours.getPublicKey()])
  const secret = derived(ours.computeSecret(theirs), auth, { about, bytes: 32 })
  const key = derived(secret, salt, { about: Buffer.from('Content-Encoding: aes128gcm\0'), bytes: 16 })
  const nonce = derived(secret, salt, { about: Buffer.from('Content-Encoding: nonce\0'), bytes: 12 })

  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([
    cipher.update(words, 'utf8'),
    cipher.update(Buffer.from([2])),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(4096)
  return Buffer.concat([salt, size, Buffer.from([65]), ours.getPublicKey(), sealed])
}

function derived(secret: Buffer, salt: Buffer, { about, bytes }: { about: Buffer; bytes: number }): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, about, bytes))
}

/** RFC 8292: who we are, to that one push service, for half a day. */
export function vapid(endpoint: string, { keys, contact, at }: { keys: PushKeys; contact: string; at: Date }): string {
  const part = (told: object) => Buffer.from(JSON.stringify(told)).toString('base64url')
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(at.getTime() / 1000) + 12 * 3600, sub: contact }
  const signing = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(signing), { key: keys.privateKey, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signing}.${signature.toString('base64url')}, k=${keys.publicKey}`
}
