import type { Context } from 'hono'
import { verdictWords } from '../../views/headlines.ts'
import { type Editions, MinutesPage } from '../../views/minutes.tsx'
import { figureName, topicTitle } from '../../views/names.ts'
import { reasonWords } from '../../views/words.ts'
import { revived, type Snapshot } from '../agenda/snapshot.ts'
import { findSnapshot } from '../record/closing.ts'
import { findMeetingState } from '../record/meeting-events.ts'
import { correctionsOf, findMeetingCalled } from '../record/meetings.ts'
import { afterwardsAt, amendedBetween, editionsOf } from '../reports/amendments.ts'
import { type Afterwards, asMarkdown, asText, type Minutes, minutesOf } from '../reports/minutes.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'

/**
 * The minutes of a day, as a page that prints, as Markdown, as plain text: of its last meeting that was closed; of DAY.1 or DAY.2
 * where it had two. ?correction=N tells them as they stood after that correction, 0 = as the room left them; the page with
 * &since=M tells besides what is otherwise than after correction M.
 */
export const minutes = factory
  .createApp()
  .get('/:day/minutes', async (c) => {
    const closed = await closedAs(c)
    if (!closed) return notYet(c)

    const told = { minutes: minutesAt(closed), editions: editionsIn(c, closed) }
    return show(c, <MinutesPage around={await around(c)} day={dayOf(c)} {...told} />)
  })
  .get('/:day/minutes.md', async (c) => {
    const closed = await closedAs(c)
    return closed
      ? c.body(asMarkdown(minutesAt(closed)), 200, { 'content-type': 'text/markdown; charset=utf-8' })
      : notYet(c)
  })
  .get('/:day/minutes.txt', async (c) => {
    const closed = await closedAs(c)
    return closed ? c.text(asText(minutesAt(closed))) : notYet(c)
  })

interface Closed {
  number: number
  told: Snapshot
  afterwards: Afterwards
  edition: number // the one asked for
}

async function closedAs(c: Context<Env>): Promise<Closed | null> {
  const { db } = c.var
  const meeting = await findMeetingCalled(db, dayOf(c))
  const snapshot = meeting && (await findSnapshot(db, meeting.id))
  if (!meeting || !snapshot) return null

  const [corrections, { remarks }] = await Promise.all([
    correctionsOf(db, meeting.id),
    findMeetingState(db, meeting.id),
  ])
  const latest = corrections.at(-1)?.number ?? 0
  const edition = numberIn(c.req.query('correction')) ?? latest
  const { number, content } = snapshot
  return { number, told: revived(content), afterwards: { corrections, remarks }, edition: Math.min(edition, latest) }
}

function minutesAt({ number, told, afterwards, edition }: Closed): Minutes {
  const reading = { asOf: told.closedAt, zone: told.zone, nameOf: (id: string) => told.names[id] ?? id }
  return minutesOf(number, told, afterwardsAt(edition, afterwards), {
    topic: topicTitle,
    reason: ({ reason }) => reasonWords(reason, reading),
    verdict: `${told.verdict.level.toUpperCase()}: ${verdictWords(told.verdict.reason, reading)}`,
    figure: figureName,
  })
}

function editionsIn(c: Context<Env>, { told, afterwards, edition }: Closed): Editions {
  const asked = numberIn(c.req.query('since'))
  const since = asked === null ? null : Math.min(asked, edition)
  return {
    all: editionsOf(told.closedAt, afterwards.corrections),
    shown: edition,
    zone: told.zone,
    compared: since === null ? null : { since, amended: amendedBetween(since, edition, afterwards) },
  }
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}

function dayOf(c: Context<Env>): string {
  return c.req.param('day') ?? ''
}

function notYet(c: Context<Env>): Promise<Response> {
  return refuse(c, 404, {
    title: `There are no minutes of ${dayOf(c)}`,
    mend: 'They are written when its meeting closes',
  })
}
