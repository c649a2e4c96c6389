import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto'
import type { Db } from '../record/db.ts'
import { keptWord } from '../record/kept-words.ts'
import { seal, unseal } from '../record/sealing.ts'

/** By which push services know us (VAPID, RFC 8292): a pair on P-256 that is drawn once and kept sealed. */
export interface PushKeys {
  publicKey: string // uncompressed point, base64url: browsers subscribe with it
  privateKey: KeyObject
}

const pairs = new WeakMap<Db, Promise<PushKeys | null>>()

/** null = no MUSTER_KEY to seal it with, or another one than it was sealed with: then no phone is woken. */
export function pushKeysOf(db: Db, key: Uint8Array | null): Promise<PushKeys | null> {
  const known = pairs.get(db)
  if (known) return known
  const pair = key === null ? Promise.resolve(null) : openPair(db, key)
  pairs.set(db, pair)
  pair.catch(() => pairs.delete(db))
  return pair
}

export async function pushKeyOf(db: Db, key: Uint8Array | null): Promise<string | null> {
  return (await pushKeysOf(db, key))?.publicKey ?? null
}

const purpose = 'web push'

async function openPair(db: Db, key: Uint8Array): Promise<PushKeys | null> {
  const sealed = await keptWord(db, 'push-key', () => seal(key, createECDHKey(), purpose))
  const secret = unseal(key, sealed, purpose)
  return secret === null ? null : pairOf(Buffer.from(secret, 'base64url'))
}

function createECDHKey(): string {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  return pair.getPrivateKey().toString('base64url')
}

function pairOf(secret: Buffer): PushKeys {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(secret)
  const point = pair.getPublicKey()
  const part = (from: number, to: number) => point.subarray(from, to).toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1, 33), y: part(33, 65), d: secret.toString('base64url') }
  return { publicKey: point.toString('base64url'), privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) }
}
