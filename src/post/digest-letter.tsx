import { DigestLetter } from '../../views/digest.tsx'
import { subjectWords } from '../../views/digest-head.ts'
import { type Addresses, digestText } from '../../views/digest-text.ts'
import { mailStyle } from '../../views/mail-style.ts'
import type { Digest } from '../reports/digest.ts'
import { dressed } from './dressed.ts'

/** The digest as a letter: subject, plain text, and the same in HTML. */
export function letterOf(digest: Digest, addresses: Addresses): { subject: string; text: string; html: string } {
  const subject = subjectWords(digest)
  const body = String(<DigestLetter digest={digest} addresses={addresses} />)
  return { subject, text: digestText(digest, addresses), html: dressed(body, mailStyle, subject) }
}
