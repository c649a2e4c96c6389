import { pathToFileURL } from 'node:url'
import { aDay, aMinute, dueDayAfter, dueOn } from '../../src/calendar.ts'
import { adjourn } from '../../src/meeting/adjourn.ts'
import { openMorning } from '../../src/meeting/open.ts'
import { openRecord } from '../../src/record/db.ts'
import { meetingsBefore } from '../../src/record/meetings.ts'
import { rhythm } from '../support/morning.ts'

// Holds one meeting after the other and says so before and after each close: somebody kills it meanwhile.
// usage: closer.ts FOLDER whole|halves
const [folder = '', way = 'whole'] = process.argv.slice(2)
const far = new Date('2100-01-01T00:00:00Z')
const db = await openRecord(
  { folder, databaseUrl: pathToFileURL(`${folder}/muster.db`).href, databaseToken: null },
  { now: new Date('2026-11-01T08:00:00Z'), onFatal: ({ exitCode }) => process.exit(exitCode) },
)
const [last] = await meetingsBefore(db, far, 1)
const first = last === undefined ? '2026-11-23' : last.closedAt === null ? last.day : dueDayAfter(last.day, rhythm)
// The control: what is written together is written one by one.
const door = way === 'whole' ? db : { ...db, bornAt: db.bornAt, batch: oneByOne as unknown as typeof db.batch }
process.stdout.write('ready\n')
for (let day = first; ; day = dueDayAfter(day, rhythm)) {
  const at = dueOn(day, rhythm)
  await openMorning(db, day, { at, by: 'ana', rhythm })
  process.stdout.write(`closing ${day}\n`)
  const left = await adjourn(door, day, { at: new Date(at.getTime() + 12 * aMinute), by: 'ana', why: 'a test', rhythm })
  process.stdout.write(`${left.outcome} ${day}\n`)
  if (at.getTime() > far.getTime() - aDay) break
}

async function oneByOne(queries: readonly Parameters<typeof db.batch>[0][number][]): Promise<unknown[]> {
  for (const [place, query] of queries.entries()) {
    await db.batch([query])
    if (place === 0) process.stdout.write('halfway\n')
    await new Promise((later) => setTimeout(later, 100))
  }
  return []
}
