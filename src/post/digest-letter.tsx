import { DigestLetter } from '../../views/digest.tsx'
import { subjectWords } from '../../views/digest-head.ts'
import { type Addresses, digestText } from '../../views/digest-text.ts'
import { mailStyle } from '../../views/mail-style.ts'
import type { Digest } from '../reports/digest.ts'
import { dressed } from './dressed.ts'
import type { Picture } from './pictures.ts'

export interface Written {
  subject: string
  text: string
  html: string
  pictures: readonly Picture[] // that its HTML shows
}

/** The digest as a letter: subject, plain text, the same in HTML, and its charts. */
export function letterOf(digest: Digest, addresses: Addresses, pictures: readonly Picture[] = []): Written {
  const subject = subjectWords(digest)
  const text = digestText(digest, addresses)
  const names = pictures.map(({ name }) => name)
  const body = String(<DigestLetter digest={digest} addresses={addresses} pictures={names} />)
  const html = dressed(body, mailStyle, subject)
  const shown = pictures.filter(({ name }) => html.includes(`cid:${name}@`))
  const isTooLong = sizeOf(text) + sizeOf(html) + sum(shown.map(({ png }) => png.length)) * asBase64 > longest
  return isTooLong && shown.length > 0
    ? letterOf(digest, addresses, shown.slice(0, -1))
    : { subject, text, html, pictures: shown }
}

// Beyond 102,000 bytes some mail programs cut a letter off. The words go before the pictures.
const longest = 96_000
const asBase64 = 1.37

/** As quoted-printable: what is not ASCII takes three bytes for each of its own, and so does '='. */
function sizeOf(words: string): number {
  const plain = words.replace(/[^ -<>-~\n]/gu, '').length
  return plain * 1.03 + (Buffer.byteLength(words) - plain) * 3
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, one) => whole + one, 0)
}
