import { headOf, lateWords, subjectOf } from '../../views/digest-head.ts'
import { digestParts } from '../../views/digest-words.ts'
import { sentence } from '../../views/figures.ts'
import { paths } from '../../views/paths.ts'
import { defused } from '../../views/plain-text.ts'
import type { Db } from '../record/db.ts'
import type { Letter } from '../record/ledger.ts'
import { buildDigest } from '../reports/digest.ts'
import type { DigestContent } from './digests.ts'
import { editionNumbered } from './editions.ts'
import { latenessOf } from './lateness.ts'
import type { Message } from './message.ts'

/** What a room is told: what happened to an exposure as it was written then, or the digest from its snapshot, in brief. */
export function messageDesk(db: Db, publicUrl: URL): (letter: Letter, at: Date) => Promise<Message | string> {
  return async (letter, at) => {
    if (letter.kind === 'exposure' || letter.kind === 'trial') return defusedIn(letter.content as Message) // as post/notices.ts wrote it
    return letter.kind === 'digest'
      ? digestMessage(db, publicUrl, { letter, at })
      : `nobody tells rooms of ${letter.kind}`
  }
}

const mostRows = 6

async function digestMessage(
  db: Db,
  publicUrl: URL,
  { letter, at }: { letter: Letter; at: Date },
): Promise<Message | string> {
  const content = letter.content as DigestContent // as post/digests.ts wrote it
  const edition = await editionNumbered(db, content.edition)
  if (!edition) return 'its snapshot is gone'
  const late = latenessOf(letter, content.cause, at)
  const digest = buildDigest(
    edition,
    { personId: null, name: '', zone: content.zone, variant: content.variant },
    null,
    late,
  )
  const { verdict, counts, asOf, snapshot } = headOf(digest)
  const pressing = digestParts(digest)
    .map(({ title, rows }) => ({ title, rows: rows.filter(({ tone }) => tone === 'red' || tone === 'amber') }))
    .filter(({ rows }) => rows.length > 0)
  return defusedIn({
    type: 'digest',
    title: subjectOf(edition, content.zone),
    parts: [
      {
        title: verdict,
        words: [...(late ? [lateWords(late)] : []), counts.join(' · '), `${asOf}. ${snapshot}.`].join('\n'),
      },
      ...pressing.map(({ title, rows }) => ({
        title,
        words: rows
          .slice(0, mostRows)
          .map((row) => `• ${row.title}: ${sentence(row.clauses[0] ?? '')}`)
          .concat(rows.length > mostRows ? [`and ${rows.length - mostRows} more`] : [])
          .join('\n'),
      })),
    ],
    url: new URL(paths.meeting(edition.told.agenda.meetingDay), publicUrl).href,
    at: at.toISOString(),
    about: {
      edition: content.edition,
      day: edition.told.agenda.meetingDay,
      verdict: edition.told.agenda.verdict.level,
      counts: edition.told.agenda.counts,
    },
  })
}

function defusedIn(message: Message): Message {
  const lines = (words: string) => words.split('\n').map(defused).join('\n')
  return {
    ...message,
    title: defused(message.title),
    parts: message.parts.map(({ title, words }) => ({ title: defused(title), words: lines(words) })),
  }
}
