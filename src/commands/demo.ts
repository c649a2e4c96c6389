import { aMinute, dayOf, type Rhythm } from '../calendar.ts'
import { adjourn } from '../meeting/adjourn.ts'
import { openMorning } from '../meeting/open.ts'
import type { Db } from '../record/db.ts'
import { recordFacts } from '../record/record-facts.ts'
import { type MorningKind, sampleFortnight, sampleMornings } from '../sources/sample-fortnight.ts'

export { sampleBirth } from '../sources/sample-fortnight.ts'

const chairedBy = 'ana@example.com'

/** Lives the fortnight again: each word goes on the record in the order it became known, each meeting is held in between. */
export async function fillDemo(
  db: Db,
  { rhythm }: { rhythm: Rhythm },
  now: Date,
  kind: MorningKind = 'ordinary',
): Promise<void> {
  const told = sampleFortnight(now, rhythm, kind).map(({ facts, telling }) => ({
    at: telling.recordedAt,
    happen: () => recordFacts(db, facts, telling),
  }))
  const mornings = told.length === 0 ? [] : sampleMornings(now, rhythm)
  const held = mornings.flatMap((morning) => meetingAt(db, rhythm, after(morning, 2)))
  for (const { happen } of [...told, ...held].toSorted((a, b) => a.at.getTime() - b.at.getTime())) await happen()
}

function meetingAt(db: Db, rhythm: Rhythm, cutOff: Date) {
  const day = dayOf(cutOff, rhythm.zone)
  const closedAt = after(cutOff, 12)
  return [
    { at: cutOff, happen: () => open(db, { rhythm, day, cutOff }) },
    { at: closedAt, happen: () => close(db, { rhythm, day, cutOff, closedAt }) },
  ]
}

interface Held {
  rhythm: Rhythm
  day: string
  cutOff: Date
}

async function open(db: Db, { rhythm, day, cutOff }: Held): Promise<void> {
  await openMorning(db, day, { at: cutOff, by: chairedBy, rhythm })
}

async function close(db: Db, { rhythm, day, closedAt }: Held & { closedAt: Date }): Promise<void> {
  await adjourn(db, day, { at: closedAt, by: chairedBy, rhythm, why: 'the sample colleagues had to leave' })
}

function after(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * aMinute)
}
