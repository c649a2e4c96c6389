import { buildAgenda } from '../agenda/agenda.ts'
import { aMinute, dayOf, type Rhythm } from '../calendar.ts'
import { closeMeeting } from '../record/closing.ts'
import type { Db } from '../record/db.ts'
import { gatherFacts } from '../record/facts.ts'
import { openMeeting } from '../record/meetings.ts'
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
  const { window } = await gatherFacts(db, { at: cutOff, rhythm })
  await openMeeting(db, { day, zone: rhythm.zone, from: window.from, cutOff, by: chairedBy })
}

async function close(db: Db, { rhythm, day, cutOff, closedAt }: Held & { closedAt: Date }): Promise<void> {
  const { counts } = buildAgenda(await gatherFacts(db, { at: cutOff, rhythm }))
  await closeMeeting(db, { id: day, at: closedAt, by: chairedBy, figures: counts })
}

function after(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * aMinute)
}
