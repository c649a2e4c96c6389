import { expect, test } from 'vitest'
import { aMinute, anHour, dueOn, isDue, nextDueAfter, type Rhythm } from '../../src/calendar.ts'
import { adjourn } from '../../src/meeting/adjourn.ts'
import { openMorning } from '../../src/meeting/open.ts'
import { openRecord } from '../../src/record/db.ts'
import { gatherFacts } from '../../src/record/facts.ts'
import { meetingsBefore } from '../../src/record/meetings.ts'
import { anAlert, tellRoom } from '../support/a-room.ts'
import { rhythm as usual } from '../support/morning.ts'
import { aFolder } from '../support/open-record.ts'
import { settingsIn } from '../support/settings.ts'

const rhythm: Rhythm = { ...usual, holidays: new Set(['2026-10-30']) }
const begin = new Date('2026-10-12T00:00:00Z')
const skipped = '2026-11-04'
const doubled = '2026-11-11'

/** The next thirty business days, two minutes late on every second one. */
function mornings(): { day: string; at: Date }[] {
  const found: { day: string; at: Date }[] = []
  for (let due = nextDueAfter(begin, rhythm); found.length < 30; due = nextDueAfter(due, rhythm)) {
    const late = found.length % 2 === 0 ? 0 : 2 * aMinute
    found.push({ day: due.toISOString().slice(0, 10), at: new Date(due.getTime() + late) })
  }
  return found
}

test('thirty business days, through a clock change, a holiday, a skipped and a doubled meeting: no second lost, none twice', async () => {
  const db = await openRecord(settingsIn(await aFolder()), { now: begin, onFatal: ({ why }) => expect.fail(why) })
  const told = new Map<string, number>()
  const days = mornings()
  const held = days
    .filter(({ day }) => day !== skipped)
    .flatMap(({ day, at }) =>
      day === doubled
        ? [
            { day, at },
            { day, at: new Date(at.getTime() + 3 * anHour) },
          ]
        : [{ day, at }],
    )
  const all = []
  for (const { day, at } of held) {
    const id = `INC-${day}-${at.getTime()}`
    const struck = new Date(at.getTime() - 40 * aMinute)
    await tellRoom(db, [anAlert(id, struck, { ownerId: 'ana@example.com', resolvedAt: struck })], struck)
    all.push(id)
    const opened = await openMorning(db, day, { at, by: 'ana', rhythm })
    expect(opened.outcome).toBe('open')
    const { incidents, window } = await gatherFacts(db, { at, cutOff: at, rhythm })
    for (const one of incidents.filter(({ startedAt }) => startedAt > window.from && startedAt <= window.to))
      told.set(one.id, (told.get(one.id) ?? 0) + 1)
    const left = await adjourn(db, day, {
      at: new Date(at.getTime() + 14 * aMinute),
      by: 'ana',
      why: undefined,
      rhythm,
    })
    expect(left.outcome).toBe('adjourned')
  }

  const meetings = (await meetingsBefore(db, new Date('2027-01-01'), 100)).toReversed()
  expect(meetings).toHaveLength(30)
  expect(meetings.every(({ closedAt }) => closedAt !== null)).toBe(true)
  const gaps = meetings
    .slice(1)
    .map(({ from }, place) => (from?.getTime() ?? 0) - (meetings[place]?.cutOff?.getTime() ?? 0))
  expect(gaps).toEqual(gaps.map(() => 0))
  const whole = meetings.reduce((sum, { from, cutOff }) => sum + ((cutOff?.getTime() ?? 0) - (from?.getTime() ?? 0)), 0)
  expect(whole).toBe((meetings.at(-1)?.cutOff?.getTime() ?? 0) - (meetings[0]?.from?.getTime() ?? 0))
  expect([...told.entries()]).toEqual(all.map((id) => [id, 1]))
  expect(isDue('2026-10-30', rhythm)).toBe(false)
  expect(dueOn('2026-10-26', rhythm).getTime() - dueOn('2026-10-23', rhythm).getTime()).toBe(73 * anHour)
  await db.close()
})
