import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Db } from '../record/db.ts'
import { keptWord } from '../record/kept-words.ts'

/** By which our own links prove themselves: 32 bytes that never leave the house. */
export type LinkKey = Uint8Array

const keys = new WeakMap<Db, Promise<LinkKey>>()

/** Drawn from MUSTER_KEY; without one, a word of the record's own, drawn when it is first needed. */
export function linkKeyOf(db: Db, key: Uint8Array | null): Promise<LinkKey> {
  const known = keys.get(db)
  if (known) return known
  const drawn = key
    ? Promise.resolve(createHmac('sha256', key).update('links in letters').digest())
    : keptWord(db, 'link-key', () => randomBytes(32).toString('base64url')).then((word) =>
        Buffer.from(word, 'base64url'),
      )
  keys.set(db, drawn)
  drawn.catch(() => keys.delete(db))
  return drawn
}

/** 128 bits that say who may be meant and for what; short, for it stands in a header. */
export function markOf(key: LinkKey, purpose: string, subject: string): string {
  return createHmac('sha256', key).update(`${purpose}\n${subject}`).digest().subarray(0, 16).toString('base64url')
}

/** The one of those subjects whose mark this is; every one is compared, so that the time tells nothing. */
export function markedBy<T>(
  key: LinkKey,
  purpose: string,
  token: string,
  subjects: readonly T[],
  idOf: (subject: T) => string,
): T | undefined {
  const given = Buffer.from(token)
  return subjects.filter((subject) => {
    const wanted = Buffer.from(markOf(key, purpose, idOf(subject)))
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  })[0]
}

/** One deed for one person until a day: what a link in a letter may do, and nothing else. */
export interface Offer {
  kind: string // of what it is done to
  deed: string
  id: string
  person: string
  until: string // ISO instant
}

export function offerToken(key: LinkKey, offer: Offer): string {
  const told = Buffer.from(JSON.stringify([offer.kind, offer.deed, offer.id, offer.person, offer.until])).toString(
    'base64url',
  )
  return `${told}.${markOf(key, 'offer', told)}`
}

/** What the token offers; null when it was changed, or its day is over. */
export function offerIn(key: LinkKey, token: string, now: Date): Offer | null {
  const [told = '', mark = ''] = token.split('.')
  if (markedBy(key, 'offer', mark, [told], String) === undefined) return null
  const [kind, deed, id, person, until] = JSON.parse(Buffer.from(told, 'base64url').toString('utf8')) as string[] // written above
  if (!kind || !deed || !id || !person || !until || new Date(until) < now) return null
  return { kind, deed, id, person, until }
}
