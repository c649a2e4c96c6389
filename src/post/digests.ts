import { addDays, dayOf, type Rhythm } from '../calendar.ts'
import type { Db } from '../record/db.ts'
import { enter, enteredFrom, type NewLetter, type Run } from '../record/ledger.ts'
import { everyPreference, type Preference } from '../record/preferences.ts'
import type { Variant } from '../record/schema.ts'
import { type Due, dueNow, type Slot, type Wish } from './due.ts'
import { editionAt } from './editions.ts'

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

/** Writes down whatever is due and not written down yet, each with its letter. */
export async function queueDigests(db: Db, { rhythm, startedAt }: Queueing, now: Date): Promise<number> {
  const entered = await enteredFrom(db, 'digest', addDays(dayOf(now, 'UTC'), -62))
  const due = (await everyPreference(db)).flatMap((preference) => {
    const wish = wishOf(preference, rhythm)
    const due = wish && dueNow(wish, entered.get(wish.person) ?? new Set(), now)
    return due && (due.told || due.skipped.length > 0) ? [{ preference, ...due }] : []
  })
  if (due.length === 0) return 0

  const causeOf = ({ dueAt }: Slot) => (dueAt < startedAt ? 'down' : 'stood still')
  const edition = due.some(({ told }) => told) ? await editionAt(db, rhythm, now) : null
  const runs = due.flatMap((one) => runsFor(one, now, causeOf))
  const letters = due.flatMap(({ preference, told }) =>
    told && edition ? [letterFor(preference, told, { edition, now, cause: causeOf(told) })] : [],
  )
  await enter(db, runs, letters)
  return letters.length
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

function runsFor(
  { preference, told, skipped }: Due & { preference: Preference },
  at: Date,
  causeOf: (slot: Slot) => string,
): Run[] {
  const run = { job: 'digest', person: preference.personId, at }
  return [
    ...skipped.map((slot): Run => ({ ...run, ...slot, outcome: 'skipped', why: causeOf(slot) })),
    ...(told ? [{ ...run, ...told, outcome: 'queued' as const, why: '' }] : []),
  ]
}

interface Making {
  edition: { number: number; told: { agenda: { meetingDay: string } } }
  now: Date
  cause: DigestContent['cause']
}

function letterFor({ personId, variant, zone }: Preference, slot: Slot, { edition, now, cause }: Making): NewLetter {
  const content: DigestContent = {
    edition: edition.number,
    day: edition.told.agenda.meetingDay,
    variant,
    zone,
    cause,
  }
  return {
    id: `digest:${slot.localDate}:${personId}`,
    channel: 'mail',
    kind: 'digest',
    to: personId,
    content,
    dueAt: slot.dueAt,
    madeAt: now,
  }
}
