import type { Context } from 'hono'
import { deeds, paths } from '../../views/paths.ts'
import type { Subject } from '../agenda/shapes.ts'
import { tellFloor } from '../meeting/floor.ts'
import { handOver } from '../meeting/hand-over.ts'
import { step } from '../meeting/step.ts'
import { findHandOver } from '../record/hand-overs.ts'
import { findMeetingState, type MeetingWord, meetingIdOf, noteInMeeting } from '../record/meeting-events.ts'
import type { MeetingState } from '../record/meeting-state.ts'
import { findMeeting } from '../record/meetings.ts'
import { allPeople } from '../record/people.ts'
import { saying } from '../record/saying.ts'
import { answer, voice, words } from './answer.ts'
import { refuse } from './faults.tsx'
import { isGuest } from './guests.ts'
import { type Env, factory } from './house.ts'
import { inTurn } from './in-turn.ts'
import { overtaken, ownerMatter, seenBy } from './overtaken.tsx'
import { mayGo } from './policy.ts'
import { missing, nobody } from './wanting.ts'

/** What the room does while it sits, each deed a word at the end of the meeting's own list. */
export const roomDeeds = factory
  .createApp()
  .post('/:day/screen', move)
  .post('/:day/attendance', attend)
  .post('/:day/parts', takeParts)
  .post('/:day/parking', park)
  .post('/:day/extension', extend)
  .post('/:day/raised', raise)
  .post('/:day/answers', answerFloor)
  .post('/:day/notes', note)
  .post('/:day/ticks', tick)
  .post('/:day/hand-overs', giveOver)
  .post('/:day/remarks', remark)

async function move(c: Context<Env>): Promise<Response> {
  const { to, from } = await words(c)
  if (!to) return missing(c, 'to', 'Say to which screen')

  const day = dayOf(c)
  const moved = await step(c.var.db, day, { ...voice(c), to, from, rhythm: c.var.settings.rhythm })
  if (moved.outcome === 'not open') return notOpen(c, day)
  if (moved.outcome === 'no such screen')
    return refuse(c, 422, { title: `There is no screen ${to} in this meeting`, mend: `See ${paths.run(day)}` })
  return answer(c, paths.run(day))
}

async function attend(c: Context<Env>): Promise<Response> {
  const { person, writes = '', left } = await words(c)
  if (!person) return missing(c, 'person', 'Say who')
  const known = (await allPeople(c.var.db)).find(({ id, closedAt }) => id === person && closedAt === null)
  if (!known) return nobody(c, person)
  if (known.id !== c.var.by && !mayGo(c.var.asker, 'POST', deeds.meeting.screen(dayOf(c))))
    return refuse(c, 403, { title: 'Everybody speaks for themselves', mend: 'Ask whoever leads the meeting' })

  return told(c, left ? { kind: 'left', value: known.id } : { kind: 'came', value: known.id, why: writes })
}

async function takeParts(c: Context<Env>): Promise<Response> {
  const { facilitator, scribe } = await words(c)
  return inTurn(c, `meetings ${dayOf(c)}`, async () => {
    const people = (await allPeople(c.var.db)).filter(({ closedAt }) => closedAt === null)
    const stranger = [facilitator, scribe].find((id) => id !== undefined && !people.some((person) => person.id === id))
    if (stranger !== undefined) return nobody(c, stranger)

    const state = await stateOf(c)
    const seen = await seenBy(c)
    const wished = await Promise.all([
      ...(facilitator ? [partMatter(c, 'facilitator', state.facilitatorId, facilitator)] : []),
      ...(scribe ? [partMatter(c, 'scribe', state.scribeId, scribe)] : []),
    ])
    const changed = wished.filter(({ field, wanted }) => seen[field] === undefined || seen[field] !== wanted)
    const quarrel = await overtaken(c, changed)
    if (quarrel) return quarrel

    for (const { field, wanted } of changed)
      await said(c, { kind: field as 'facilitator' | 'scribe', value: wanted ?? '' })
    return answer(c, paths.run(dayOf(c)))
  })
}

function partMatter(c: Context<Env>, field: 'facilitator' | 'scribe', stands: string | null, wanted: string) {
  const what = field === 'facilitator' ? 'who leads' : 'who writes'
  return ownerMatter(c, { field, what, stands, wanted })
}

async function park(c: Context<Env>): Promise<Response> {
  const { subject, why = '' } = await words(c)
  return subject ? told(c, { kind: 'parked', value: subject, why }) : missing(c, 'subject', 'Say what is parked')
}

async function extend(c: Context<Env>): Promise<Response> {
  const { screen, time } = await words(c)
  return screen && time
    ? told(c, { kind: 'extended', value: screen, why: time })
    : missing(c, 'screen', 'Say which screen needs longer')
}

/**
 * From the floor (S44): a thing of its own, or against a decision. Unnamed means that nobody's id is kept: not with the word,
 * and not in the past of its row.
 */
async function raise(c: Context<Env>): Promise<Response> {
  const { text, about, unnamed, code } = await words(c)
  if (!text) return missing(c, 'text', 'Say what it is')
  if (c.var.asker.kind === 'anonymous' && !(await isGuest(c, code))) return notInTheRoom(c)

  const by = unnamed || c.var.asker.kind === 'anonymous' ? '' : c.var.by
  const word: MeetingWord = { kind: about ? 'challenged' : 'raised', value: text, why: about ?? '', by, at: c.var.now }
  await saying({ by }, () => tellFloor(c.var.db, word, c.var.settings.rhythm))
  return answer(c, paths.join)
}

async function answerFloor(c: Context<Env>): Promise<Response> {
  const { number, answer: said } = await words(c)
  if (!number || !said) return missing(c, 'answer', 'Say what the room answers')

  const { raised } = await stateOf(c)
  const stands = raised.find((one) => one.number === Number(number))?.answer ?? null
  return stands === null || stands === said
    ? told(c, { kind: 'answered', value: number, why: said })
    : saidAlready(c, 'It was answered already', { stands, wanted: said })
}

async function note(c: Context<Env>): Promise<Response> {
  const { text } = await words(c)
  return text ? told(c, { kind: 'note', value: text }) : missing(c, 'text', 'Write the note')
}

async function tick(c: Context<Env>): Promise<Response> {
  const { step, skipped } = await words(c)
  if (!step) return missing(c, 'step', 'Say which step')

  const tick = (await stateOf(c)).ticks.find((one) => one.step === step)
  if (tick && (tick.skipped ?? '') !== (skipped ?? '')) {
    const inWords = (why: string | null | undefined) => (why ? `left out, ${why}` : 'done')
    return saidAlready(c, 'It was gone through already', { stands: inWords(tick.skipped), wanted: inWords(skipped) })
  }
  return told(c, skipped ? { kind: 'skipped', value: step, why: skipped } : { kind: 'checked', value: step })
}

async function giveOver(c: Context<Env>): Promise<Response> {
  const { to, issue, noticed = '', plan = '', kind, id } = await words(c)
  if (!to) return missing(c, 'to', 'Name one person')
  if (!issue) return missing(c, 'issue', 'Say what is handed over')

  const subject = kind && id ? { kind: kind as Subject['kind'], id } : null // only ever compared
  const given = await handOver(
    c.var.db,
    { to, issue, noticed, plan, subject },
    { ...voice(c), rhythm: c.var.settings.rhythm },
  )
  if (given.outcome === 'nobody by that name') return nobody(c, to)
  const stands = given.outcome === 'given already' ? await findHandOver(c.var.db, given.id) : undefined
  if (stands && (stands.plan !== plan || stands.noticed !== noticed))
    return saidAlready(c, 'It was handed over already', { stands: stands.plan, wanted: plan })
  return answer(c, paths.handOver(given.id))
}

/** What is final was said by somebody else: both versions, and where the second may still be put. */
function saidAlready(c: Context<Env>, title: string, version: { stands: string; wanted: string }): Promise<Response> {
  const mend = `It stands: ${version.stands || 'nothing'}. You wanted: ${version.wanted || 'nothing'}. A note for the minutes holds yours too`
  return refuse(c, 409, { title, mend, about: { versions: [version] } })
}

async function stateOf(c: Context<Env>): Promise<MeetingState> {
  return findMeetingState(c.var.db, await meetingIdOf(c.var.db, dayOf(c)))
}

/** After the close nothing is edited: what should have been said is added, numbered. */
async function remark(c: Context<Env>): Promise<Response> {
  const { text } = await words(c)
  const meeting = await findMeeting(c.var.db, dayOf(c))
  if (!text) return missing(c, 'text', 'Write what should have been said')
  if (!meeting?.closedAt)
    return refuse(c, 409, { title: 'The meeting is not closed yet', mend: 'Note it in the meeting' })

  await noteInMeeting(c.var.db, meeting.id, { kind: 'remark', value: text, ...voice(c) })
  return answer(c, paths.minutes(dayOf(c)))
}

type Said = Omit<MeetingWord, 'at' | 'by'>

async function told(c: Context<Env>, word: Said): Promise<Response> {
  await said(c, word)
  return answer(c, paths.run(dayOf(c)))
}

async function said(c: Context<Env>, word: Said): Promise<void> {
  await noteInMeeting(c.var.db, await meetingIdOf(c.var.db, dayOf(c)), { ...word, ...voice(c) })
}

function dayOf(c: Context<Env>): string {
  return c.req.param('day') ?? ''
}

function notOpen(c: Context<Env>, day: string): Promise<Response> {
  return refuse(c, 409, { title: `The meeting of ${day} does not sit`, mend: `Open it at ${paths.run(day)}` })
}

function notInTheRoom(c: Context<Env>): Promise<Response> {
  return refuse(c, 401, { title: 'Who asks?', mend: 'Join with the code on the wall, or sign in' })
}
