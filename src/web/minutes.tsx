import type { Context } from 'hono'
import { verdictWords } from '../../views/headlines.ts'
import { MinutesPage } from '../../views/minutes.tsx'
import { figureName, topicTitle } from '../../views/names.ts'
import { reasonWords } from '../../views/words.ts'
import { revived } from '../agenda/snapshot.ts'
import { findSnapshot } from '../record/closing.ts'
import { findMeetingState } from '../record/meeting-events.ts'
import { correctionsOf, findMeeting } from '../record/meetings.ts'
import { asMarkdown, asText, type Minutes, minutesOf } from '../reports/minutes.ts'
import { show } from './answer.ts'
import { around } from './around.ts'
import { refuse } from './faults.tsx'
import { type Env, factory } from './house.ts'

/** The minutes of a day, as a page that prints, as Markdown, as plain text: of its last meeting that was closed. */
export const minutes = factory
  .createApp()
  .get('/:day/minutes', async (c) => {
    const told = await minutesAt(c)
    return told ? show(c, <MinutesPage around={await around(c)} day={dayOf(c)} minutes={told} />) : notYet(c)
  })
  .get('/:day/minutes.md', async (c) => {
    const told = await minutesAt(c)
    return told ? c.body(asMarkdown(told), 200, { 'content-type': 'text/markdown; charset=utf-8' }) : notYet(c)
  })
  .get('/:day/minutes.txt', async (c) => {
    const told = await minutesAt(c)
    return told ? c.text(asText(told)) : notYet(c)
  })

/** ?correction=N tells them as they stood after that correction; 0 = as the room left them. */
async function minutesAt(c: Context<Env>): Promise<Minutes | null> {
  const { db } = c.var
  const meeting = await findMeeting(db, dayOf(c))
  const snapshot = meeting && (await findSnapshot(db, meeting.id))
  if (!meeting || !snapshot) return null

  const [corrections, { remarks }] = await Promise.all([
    correctionsOf(db, meeting.id),
    findMeetingState(db, meeting.id),
  ])
  const upTo = Number(c.req.query('correction') ?? Number.POSITIVE_INFINITY)
  const told = revived(snapshot.content)
  const reading = { asOf: told.closedAt, zone: told.zone, nameOf: (id: string) => told.names[id] ?? id }
  return minutesOf(
    snapshot.number,
    told,
    { corrections: corrections.filter(({ number }) => number <= upTo), remarks },
    {
      topic: topicTitle,
      reason: ({ reason }) => reasonWords(reason, reading),
      verdict: `${told.verdict.level.toUpperCase()}: ${verdictWords(told.verdict.reason, reading)}`,
      figure: figureName,
    },
  )
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
