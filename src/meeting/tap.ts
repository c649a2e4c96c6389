import type { Rhythm } from '../calendar.ts'
import { findAction } from '../record/actions.ts'
import type { Db } from '../record/db.ts'
import type { ActionHappening } from '../record/fact.ts'
import { findHandOver } from '../record/hand-overs.ts'
import { findPerson } from '../record/people.ts'
import { saying } from '../record/saying.ts'
import type { Action } from '../record/shapes.ts'
import { tellFloor } from './floor.ts'
import { accept, giveBack } from './hand-over.ts'
import { say, type Voice } from './say.ts'

/** What somebody does from a phone or a letter, with one tap, to what is theirs. */
export type Tap =
  | { kind: 'hand-over'; id: string; deed: 'accept' | 'return' }
  | { kind: 'action'; id: string; deed: 'accept' | 'return' | 'done' | 'help' }
  | { kind: 'raise'; text: string; unnamed: boolean }
export type Tapped = { outcome: 'done' } | { outcome: 'done already' } | { outcome: 'not theirs' } | { outcome: 'gone' }

/** Tapped twice, or sent twice by a phone on a bad network, it is done once. `at` is when it was tapped. */
export async function tap(db: Db, tapped: Tap, voice: Voice & { rhythm: Rhythm }): Promise<Tapped> {
  switch (tapped.kind) {
    case 'hand-over':
      return answerHandOver(db, tapped, voice)
    case 'action':
      return answerAction(db, tapped, voice)
    case 'raise':
      return raise(db, tapped, voice)
  }
}

async function answerHandOver(
  db: Db,
  { id, deed }: { id: string; deed: 'accept' | 'return' },
  voice: Voice,
): Promise<Tapped> {
  const given = await findHandOver(db, id)
  if (!given) return { outcome: 'gone' }
  const { outcome } =
    deed === 'accept'
      ? await accept(db, given, voice)
      : await giveBack(db, given, { ...voice, why: 'given back from the phone' })
  return { outcome: outcome === 'answered' ? 'done' : outcome === 'answered already' ? 'done already' : 'not theirs' }
}

async function answerAction(
  db: Db,
  { id, deed }: Extract<Tap, { kind: 'action' }>,
  voice: Voice & { rhythm: Rhythm },
): Promise<Tapped> {
  const action = await findAction(db, id)
  if (!action) return { outcome: 'gone' }
  if (action.ownerId !== voice.by) return { outcome: 'not theirs' }
  if (isDone(action, deed)) return { outcome: 'done already' }
  if (deed === 'help' && !(await askForHelp(db, action, voice))) return { outcome: 'done already' }

  await say(db, eventsFor(action, deed, voice), voice)
  return { outcome: 'done' }
}

function isDone({ endedAt, acknowledgedAt }: Action, deed: Extract<Tap, { kind: 'action' }>['deed']): boolean {
  return endedAt !== null || (deed === 'accept' && acknowledgedAt !== null)
}

function eventsFor(
  { id }: Action,
  deed: Extract<Tap, { kind: 'action' }>['deed'],
  { at, by }: Voice,
): ActionHappening[] {
  const event = (said: Pick<ActionHappening, 'event' | 'value'>): ActionHappening => ({
    kind: 'action-event',
    actionId: id,
    at,
    by,
    ...said,
  })
  switch (deed) {
    case 'accept':
      return [event({ event: 'acknowledged' })]
    case 'done':
      return [event({ event: 'done' })]
    case 'return':
      return [event({ event: 'note', value: 'Given back' }), event({ event: 'owner', value: '' })]
    case 'help':
      return [event({ event: 'note', value: 'Needs help' })]
  }
}

/** @returns false when the meeting heard it already. */
async function askForHelp(db: Db, { title }: Action, { at, by, rhythm }: Voice & { rhythm: Rhythm }): Promise<boolean> {
  const name = (await findPerson(db, by))?.name ?? by
  return (await tellFloor(db, { kind: 'raised', value: `${name} needs help: ${title}`, by, at }, rhythm)) !== null
}

/** Unnamed means that nobody's id is kept: not with the word, and not in the past of its row. */
async function raise(
  db: Db,
  { text, unnamed }: Extract<Tap, { kind: 'raise' }>,
  { at, by, rhythm }: Voice & { rhythm: Rhythm },
): Promise<Tapped> {
  const who = unnamed ? '' : by
  const number = await saying({ by: who }, () => tellFloor(db, { kind: 'raised', value: text, by: who, at }, rhythm))
  return { outcome: number === null ? 'done already' : 'done' }
}
