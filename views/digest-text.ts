import type { Digest } from '../src/reports/digest.ts'
import { headOf } from './digest-head.ts'
import type { OfferedDeed, WordedPart, WordedRow } from './digest-rows.ts'
import { digestParts } from './digest-words.ts'
import { sentence } from './figures.ts'
import { tapWords } from './parts/taps.tsx'
import { paths } from './paths.ts'
import { defused, sentences, wrapped } from './plain-text.ts'

/** The addresses a letter may hold: all of them ours. `stop` and `deeds` do one thing each, after a confirming tap. */
export interface Addresses {
  at(path: string): string
  stop: string | null
  preferences: string | null
  offer(offered: OfferedDeed): string | null
}

const columns = 74

/** The whole digest as plain text: nothing stands only in the other part. */
export function digestText(digest: Digest, addresses: Addresses): string {
  const head = headOf(digest)
  return [
    ...lines(head.asOf),
    ...lines(head.snapshot),
    ...(head.late ? lines(head.late) : []),
    '',
    ...lines(head.verdict),
    '',
    ...head.counts.flatMap((words) => lines(`- ${words}`)),
    ...digestParts(digest).flatMap((part) => partLines(part, addresses)),
    '',
    ...linkLines(addresses),
    '',
  ].join('\n')
}

function partLines({ title, words, rows, more }: WordedPart, addresses: Addresses): string[] {
  return [
    '',
    defused(title).toUpperCase(),
    ...(words === null ? [] : lines(sentence(words), 2)),
    ...rows.flatMap((row, place) => [
      ...(row.group !== null && row.group !== rows[place - 1]?.group ? ['', ...lines(`${row.group}:`, 2)] : []),
      ...rowLines(row, addresses),
    ]),
    ...(more === null ? [] : [`  ${more.words}: ${addresses.at(more.path)}`]),
  ]
}

const marks = { red: '!', amber: '*', green: '.', plain: '-' } as const

function rowLines({ title, tone, figures, clauses, path, deeds }: WordedRow, addresses: Addresses): string[] {
  const [first = '', ...rest] = lines(title, 4)
  return [
    `  ${marks[tone]} ${first.trimStart()}`,
    ...rest,
    ...(figures.length === 0 ? [] : lines(figures.map(({ name, value }) => `${name}: ${value}`).join(' | '), 4)),
    ...lines(sentences(clauses), 4),
    ...(path === null || tone === 'plain' ? [] : [`    ${addresses.at(path)}`]),
    ...deeds.flatMap((offered) => {
      const address = addresses.offer(offered)
      return address === null ? [] : [`    ${tapWords[offered.deed]}: ${address}`]
    }),
  ]
}

function linkLines({ at, stop, preferences }: Addresses): string[] {
  return [
    `This morning: ${at(paths.morning)}`,
    `On the phone: ${at(paths.checkIn)}`,
    `Raise an item at the meeting: ${at(`${paths.checkIn}#raise`)}`,
    ...(preferences ? [`How often, at what hour, how much: ${preferences}`] : []),
    ...(stop ? [`Stop the digest: ${stop}`] : []),
  ]
}

function lines(words: string, indent = 0): string[] {
  const told = defused(words)
  return told === '' ? [] : wrapped(told, columns - indent).map((line) => ' '.repeat(indent) + line)
}
