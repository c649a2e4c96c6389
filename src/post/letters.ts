import { createHash } from 'node:crypto'
import { lateWords } from '../../views/digest-head.ts'
import type { Addresses } from '../../views/digest-text.ts'
import { paths } from '../../views/paths.ts'
import { aDay, type Rhythm } from '../calendar.ts'
import type { Letter as Mail, Post } from '../mail.ts'
import type { Db } from '../record/db.ts'
import type { Letter } from '../record/ledger.ts'
import { allPeople, findPerson } from '../record/people.ts'
import type { Person } from '../record/shapes.ts'
import { buildDigest, type Edition, type Late } from '../reports/digest.ts'
import type { Told } from '../reports/told.ts'
import { letterOf, type Written } from './digest-letter.tsx'
import type { DigestContent } from './digests.ts'
import { editionNumbered, toldBefore } from './editions.ts'
import { invitationMail } from './invitation-mail.ts'
import type { InvitationContent } from './invitations.ts'
import { latenessOf } from './lateness.ts'
import { type LinkKey, linkKeyOf, markOf, offerToken } from './links.ts'
import { type Picture, picturesOf } from './pictures.ts'

/** What letters are written with. */
export interface Desk extends Post {
  publicUrl: URL
  key: Uint8Array | null
  rhythm: Rhythm
  onFault?(job: string, fault: unknown): void
}

// After a night without a mail server the letters of several zones wait together, each told from its own.
const mostKept = 8

/** Writes letters from what the outbox holds; a snapshot is read once for all who are told from it. */
export function openDesk(db: Db, desk: Desk): (letter: Letter, at: Date) => Promise<Mail | string> {
  const shared: Shared = new Map()
  const kept = new Map<number, ReturnType<typeof readEdition>>()
  const editionOf = (content: DigestContent) => {
    const known = kept.get(content.edition)
    if (known) return known
    if (kept.size >= mostKept) kept.clear()
    const read = readEdition(db, content, desk)
    kept.set(content.edition, read)
    read.catch(() => kept.delete(content.edition))
    return read
  }
  return async (letter, at) => {
    const person = await findPerson(db, letter.to)
    if (!person || person.closedAt !== null) return 'this person has left'
    switch (letter.kind) {
      case 'digest': {
        const content = letter.content as DigestContent // as post/digests.ts wrote it
        const told = await editionOf(content)
        if (!told) return 'its snapshot is gone'
        const late = latenessOf(letter, content.cause, at)
        return digestMail(db, desk, { ...told, person, content, late, id: messageId(letter.id, desk), at }, shared)
      }
      case 'invitation': {
        const content = letter.content as InvitationContent // as post/invitations.ts wrote it
        const everybody = await allPeople(db)
        const people = everybody.filter(({ id }) => content.people.includes(id))
        const { publicUrl, mailFrom, rhythm } = desk
        const zone = person.zone ?? rhythm.zone
        return invitationMail({
          content,
          person,
          people,
          zone,
          publicUrl,
          mailFrom,
          at,
          id: messageId(letter.id, desk),
        })
      }
      default:
        return `nobody writes letters of the kind ${letter.kind}`
    }
  }
}

async function readEdition(db: Db, { edition: number, day }: DigestContent, { onFault }: Desk) {
  const edition = await editionNumbered(db, number)
  if (!edition) return undefined
  const [before, pictures] = await Promise.all([
    toldBefore(db, day),
    picturesOf(edition.told, (fault) => onFault?.('charts', fault)),
  ])
  return { edition, before, pictures }
}

interface Writing {
  edition: Edition
  before: Told | null
  pictures: readonly Picture[]
  person: Person
  content: Pick<DigestContent, 'variant' | 'zone'>
  late: Late | null
  id: string
  at: Date
}

/** Letters without anything of the reader's own in them, by what they are told from: written once for all of those. */
export type Shared = Map<string, Written>

/** One person's digest as a mail, with the links that only they are given. */
export async function digestMail(db: Db, desk: Desk, writing: Writing, shared: Shared = new Map()): Promise<Mail> {
  const { person, id, at } = writing
  const key = await linkKeyOf(db, desk.key)
  const addresses = addressesFor(person.id, { key, publicUrl: desk.publicUrl, at })
  const { actions, handOvers = [] } = writing.edition.told
  const hasOwn = [...actions.map(({ ownerId }) => ownerId), ...handOvers.map(({ toId }) => toId)].includes(person.id)
  return {
    to: { name: person.name, address: person.email },
    ...(hasOwn ? written(writing, addresses) : addressed(sharedLetter(writing, addresses, shared), addresses)),
    at,
    id,
    ...(addresses.stop ? { unsubscribe: addresses.stop } : {}),
  }
}

function written({ edition, before, pictures, person, content, late }: Writing, addresses: Addresses) {
  const reader = { personId: person.id, name: person.name, ...content }
  return letterOf(buildDigest(edition, reader, before, late), addresses, pictures)
}

// No word of a letter reads like these: what others wrote has its '://' broken before it stands there.
const places = { stop: 'https://stop.invalid/', preferences: 'https://preferences.invalid/' }

function sharedLetter(writing: Writing, addresses: Addresses, shared: Shared) {
  const { edition, content, late } = writing
  const told = JSON.stringify([edition.number, content.variant, content.zone, late && lateWords(late)])
  const known = shared.get(told)
  if (known && edition.number !== null) return known
  const letter = written(writing, { ...addresses, ...places, offer: () => null })
  if (shared.size > 20) shared.clear()
  return shared.set(told, letter).get(told) ?? letter
}

function addressed({ subject, text, html, pictures }: Written, { stop, preferences }: Addresses) {
  const own = (words: string) =>
    words.replaceAll(places.stop, stop ?? '').replaceAll(places.preferences, preferences ?? '')
  return { subject, text: own(text), html: own(html), pictures }
}

const offeredMs = 7 * aDay
// What a tool named with a thousand letters has an address that no mail program follows.
const longestPath = 700

export function addressesFor(
  personId: string,
  { key, publicUrl, at }: { key: LinkKey; publicUrl: URL; at: Date },
): Addresses {
  const ours = (path: string) => new URL(path.length > longestPath ? paths.morning : path, publicUrl).href
  const until = new Date(at.getTime() + offeredMs).toISOString()
  return {
    at: ours,
    stop: ours(paths.stop(markOf(key, 'stop', personId))),
    preferences: ours(paths.wishes(personId)),
    offer: ({ kind, id, deed }) => ours(paths.offer(offerToken(key, { kind, deed, id, person: personId, until }))),
  }
}

/** The same for the same cause, so that a letter sent twice is one letter: digest.2026-11-23.HASH@host. */
export function messageId(letterId: string, { mailFrom, publicUrl }: Desk): string {
  const [kind = '', about = ''] = letterId.split(':')
  const host = /@([^<>\s]+?)>?$/.exec(mailFrom ?? '')?.[1] ?? publicUrl.hostname
  const hash = createHash('sha256').update(letterId).digest('hex').slice(0, 24)
  return `${kind}.${about.replace(/[^\w-]/g, '-').slice(0, 40)}.${hash}@${host}`
}
