import { setImmediate as breath } from 'node:timers/promises'
import { subjectOf } from '../../views/digest-head.ts'
import { paths } from '../../views/paths.ts'
import { addDays, dayOf, type Rhythm } from '../calendar.ts'
import type { Db } from '../record/db.ts'
import { type HookLine, listHooks } from '../record/hooks.ts'
import { enter, enteredFrom, type NewLetter, type Run } from '../record/ledger.ts'
import { phonesOf } from '../record/phones.ts'
import { everyPreference, type Preference } from '../record/preferences.ts'
import type { Variant } from '../record/schema.ts'
import type { Edition } from '../reports/digest.ts'
import { type Due, dueNow, type Slot, type Wish } from './due.ts'
import { editionAt } from './editions.ts'
import { pushLetter } from './notices.ts'

/** What a digest's letter holds until it is written: from which snapshot, for whom, in which clock. */
export interface DigestContent {
  edition: number
  day: string
  variant: Variant
  zone: string
  cause: 'down' | 'stood still' // what kept it, if it was late when it was made
}
export interface Queueing {
  rhythm: Rhythm
  startedAt: Date // of this program: what was due before it could not be told in time
}

/** Who is told: a person by mail and perhaps by a word on the phone, or a room by chat. */
interface Reader {
  wish: Wish
  preference: Preference | null // null = a room
  hook: HookLine | null
}

/** Writes down whatever is due and not written down yet, each with its letter. */
export async function queueDigests(db: Db, { rhythm, startedAt }: Queueing, now: Date): Promise<number> {
  const [entered, readers] = await Promise.all([
    enteredFrom(db, 'digest', addDays(dayOf(now, 'UTC'), -62)),
    readersOf(db, rhythm),
  ])
  const due = readers.flatMap((reader) => {
    const found = dueNow(reader.wish, entered.get(reader.wish.person) ?? new Set(), now)
    return found.told || found.skipped.length > 0 ? [{ ...reader, ...found }] : []
  })
  if (due.length === 0) return 0

  const causeOf = ({ dueAt }: Slot) => (dueAt < startedAt ? 'down' : 'stood still')
  const told = due.flatMap(({ told, ...reader }) => (told ? [{ ...reader, slot: told }] : []))
  const edition = told.length > 0 ? await editionAt(db, rhythm, now) : null
  const letters = edition ? told.map((one) => letterFor(one, { edition, now, cause: causeOf(one.slot) })) : []
  const wakings = edition ? await wakingsFor(db, told, { edition, now }) : []
  await enterInTurn(
    db,
    due.flatMap((one) => runsFor(one, now, causeOf)),
    [...letters, ...wakings],
  )
  return letters.length
}

// What is due for one person stands in one transaction; between two portions others have their turn.
const atOnce = 25

async function enterInTurn(db: Db, runs: readonly Run[], letters: readonly NewLetter[]): Promise<void> {
  const byPerson = [...new Set(runs.map(({ person }) => person))]
  const runsOf = groupedBy(runs, ({ person }) => person)
  const lettersOf = groupedBy(letters, ({ id }) => id.split(':').slice(2).join(':'))
  for (let start = 0; start < byPerson.length; start += atOnce) {
    const people = byPerson.slice(start, start + atOnce)
    await enter(
      db,
      people.flatMap((person) => runsOf.get(person) ?? []),
      people.flatMap((person) => lettersOf.get(person) ?? []),
    )
    await breath()
  }
  await enter(
    db,
    [],
    letters.filter(({ channel }) => channel === 'push'),
  )
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return groups
}

async function readersOf(db: Db, rhythm: Rhythm): Promise<Reader[]> {
  const [preferences, hooks] = await Promise.all([everyPreference(db), listHooks(db)])
  return [
    ...preferences.flatMap((preference) => {
      const wish = wishOf(preference, rhythm)
      return wish ? [{ wish, preference, hook: null }] : []
    }),
    ...hooks
      .filter(({ tells }) => tells.includes('digest'))
      .map((hook) => ({ wish: wishOfHook(hook, rhythm), preference: null, hook })),
  ]
}

/** A room is told on the days of the meeting, in its zone. */
function wishOfHook({ id, time, addedAt }: HookLine, { zone, weekdays, holidays }: Rhythm): Wish {
  return { person: `hook:${id}`, time, zone, weekdays, daysOff: holidays, from: addedAt, changedAt: addedAt }
}

/** null = this person gets no digest. */
export function wishOf(preference: Preference, rhythm: Rhythm): Wish | null {
  const { personId, time, zone, weekdays, daysOff, keepsHolidays, digestFrom, changedAt } = preference
  if (digestFrom === null) return null
  return {
    person: personId,
    time,
    zone,
    weekdays: new Set(weekdays),
    daysOff: new Set([...daysOff, ...(keepsHolidays ? rhythm.holidays : [])]),
    from: digestFrom,
    changedAt,
  }
}

function runsFor({ wish, told, skipped }: Due & Reader, at: Date, causeOf: (slot: Slot) => string): Run[] {
  const run = { job: 'digest', person: wish.person, at }
  return [
    ...skipped.map((slot): Run => ({ ...run, ...slot, outcome: 'skipped', why: causeOf(slot) })),
    ...(told ? [{ ...run, ...told, outcome: 'queued' as const, why: '' }] : []),
  ]
}

interface Making {
  edition: Edition & { number: number }
  now: Date
}

function letterFor(
  { wish, preference, hook, slot }: Reader & { slot: Slot },
  { edition, now, cause }: Making & Pick<DigestContent, 'cause'>,
): NewLetter {
  const { meetingDay } = edition.told.agenda
  const variant = preference?.variant ?? 'manager'
  const content: DigestContent = { edition: edition.number, day: meetingDay, variant, zone: wish.zone, cause }
  return {
    id: `digest:${slot.localDate}:${wish.person}`,
    channel: hook ? 'chat' : 'mail',
    kind: 'digest',
    to: hook?.id ?? wish.person,
    content,
    dueAt: slot.dueAt,
    madeAt: now,
  }
}

/** A word on the phones of those who wish for one when their digest is there. */
async function wakingsFor(
  db: Db,
  told: readonly (Reader & { slot: Slot })[],
  { edition, now }: Making,
): Promise<NewLetter[]> {
  const awake = told.filter(({ preference }) => preference?.wakings.includes('digest'))
  const phones = await phonesOf(
    db,
    awake.map(({ wish }) => wish.person),
  )
  return phones.flatMap((phone) => {
    const one = awake.find(({ wish }) => wish.person === phone.personId)
    if (!one?.preference) return []
    const content = { title: subjectOf(edition, one.wish.zone), body: 'Your digest is there', path: paths.checkIn }
    const cause = `digest:${one.slot.localDate}`
    const woken = { cause, dueAt: one.slot.dueAt, content, now }
    return pushLetter({ phone, preference: one.preference, kind: 'digest' }, woken)
  })
}
