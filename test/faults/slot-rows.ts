import { aDay, aMinute, anHour } from '../../src/calendar.ts'
import { queueDigests } from '../../src/post/digests.ts'
import { openRecord } from '../../src/record/db.ts'
import { everyPreference, keepPreference } from '../../src/record/preferences.ts'
import { rhythm } from '../support/morning.ts'
import { inTempFolder } from './folders.ts'
import {
  after,
  before,
  blockedAtTheHour,
  downForDays,
  jumpBack,
  jumpOverTheHour,
  killAroundTheHour,
  nobodyTakesThem,
  switches,
  twoAtTheHour,
  walkTheNight,
} from './hours.ts'
import { placeIn } from './kills.ts'
import { dice } from './random-life.ts'
import { booked, placeWith, readers } from './slots.ts'
import { type NotRun, notFaked, type Outcome, type Row } from './table.ts'

/** What may happen to the hour at which people are told. All of it on the real server, with a clock that it believes. */
export const slotRows: readonly Row[] = [
  { id: 'S1', fault: 'kill -9 within a minute of the hour', times: 100, run: kills },
  { id: 'S2', fault: 'nights on which clocks change, each quarter of an hour', times: 12, run: nights },
  { id: 'S3', fault: 'the clock set 10 min, 3 h forward over the hour', times: 2, run: jumps },
  { id: 'S4', fault: 'the clock set 5 min, 2 h back after the hour', times: 2, run: backwards },
  { id: 'S5', fault: 'three days down', times: 1, run: down },
  { id: 'S6', fault: 'two servers on one record at the hour', times: 20, run: two },
  { id: 'S7', fault: 'a loop that is held for 5 s over the hour', times: 1, run: blocked },
  { id: 'S8', fault: 'no mail server takes the digests: untold where?', times: 3, run: untaken },
  { id: 'S9', fault: 'people who change hour, zone, days on the day', times: 200, run: travellers },
]

async function kills(times: number): Promise<Outcome | NotRun> {
  const came = await inTempFolder((folder) => killAroundTheHour(folder, times))
  if (came === null) return notFaked
  const lost = `${came.wrong.length} of 20 people not told exactly once, ${came.written} letters`
  return outcome(times, came.wrong, { lost })
}

async function nights(times: number): Promise<Outcome | NotRun> {
  const total = { tried: 0, wrong: [] as string[], worstMs: 0 }
  for (const night of switches.slice(0, times)) {
    const walked = await inTempFolder((folder) => walkTheNight(folder, night))
    if (walked === null) return notFaked
    total.tried += walked.tried
    total.wrong.push(...walked.wrong.map((one) => `${night.zone} ${one}`))
    total.worstMs = Math.max(total.worstMs, walked.worstMs)
  }
  const lost = total.wrong[0] ?? `0 missing, 0 twice, of ${total.tried} slots`
  return { ...outcome(total.tried, total.wrong, { lost }), worstMs: total.worstMs }
}

async function jumps(times: number): Promise<Outcome | NotRun> {
  const wrong: string[] = []
  const worst = { ms: 0 }
  for (const ahead of [10 * aMinute, 3 * anHour].slice(0, times)) {
    const came = await inTempFolder((folder) => jumpOverTheHour(folder, ahead))
    if (came === null) return notFaked
    wrong.push(...came.wrong, ...(came.isToldLate ? [] : ['not told to be late']))
    worst.ms = Math.max(worst.ms, came.tookMs ?? 70_000)
  }
  const lost = wrong[0] ?? '0, all marked late'
  const { asMeant, ...told } = outcome(times, wrong, { lost })
  return { ...told, worstMs: worst.ms, asMeant: asMeant && worst.ms <= 60_000 }
}

async function backwards(times: number): Promise<Outcome | NotRun> {
  const back = [5 * aMinute, 2 * anHour].slice(0, times)
  const came = await inTempFolder((folder) => jumpBack(folder, back))
  if (came === null) return notFaked
  const wrong = [...came.wrong, ...(came.written === came.wanted ? [] : ['told twice'])]
  return outcome(times, wrong, { lost: `${came.written - came.wanted} told twice` })
}

async function down(): Promise<Outcome | NotRun> {
  const came = await inTempFolder(downForDays)
  if (came === null) return notFaked
  const wrong = [...came.wrong, ...(came.isSaid ? [] : ['not written down']), ...twice(came)]
  return outcome(1, wrong, { lost: wrong[0] ?? 'one catches up, two are written down as skipped' })
}

function twice({ written, wanted }: { written: number; wanted: number }): string[] {
  return written === wanted ? [] : [`${written} letters for ${wanted}`]
}

async function two(times: number): Promise<Outcome | NotRun> {
  const came = await inTempFolder((folder) => twoAtTheHour(folder, times))
  if (came === null) return notFaked
  const wrong = [...came.wrong, ...(came.refused === times ? [] : ['the second was let in'])]
  return outcome(times, wrong, { lost: wrong[0] ?? `0 told twice, ${came.refused} refused` })
}

async function blocked(): Promise<Outcome | NotRun> {
  const came = await inTempFolder((folder) => blockedAtTheHour(folder, 5_000))
  if (came === null) return notFaked
  const { asMeant, ...told } = outcome(1, came.wrong, { lost: `${came.wrong.length} of 5 people` })
  const lateMs = came.lateMs ?? Number.POSITIVE_INFINITY
  return { ...told, worstMs: came.lateMs, asMeant: asMeant && lateMs <= 10_000 }
}

async function untaken(): Promise<Outcome | NotRun> {
  const came = await inTempFolder(nobodyTakesThem)
  if (came === null) return notFaked
  const silent = Object.entries(came).flatMap(([where, isTold]) => (isTold ? [] : [where]))
  return outcome(3, silent, { lost: silent.length === 0 ? 'told by all three' : silent.join(', ') })
}

/** Each changes the wish somewhere in the day, to any hour and any of six zones, once or twice: one digest a day at most, and one. */
async function travellers(times: number): Promise<Outcome> {
  return inTempFolder(async (folder) => {
    const roll = dice(times)
    const all = readers(times)
    const since = before(10 * aDay)
    const place = await placeWith(folder, all, since)
    const clock = { at: before(7 * anHour) }
    const db = await openRecord(placeIn(place.MUSTER_DATA), {
      now: since,
      clock: () => clock.at,
      onFatal: console.error,
    })
    await keepThrough()
    await db.close()
    const found = await booked(place)
    const told = (person: string) => found.letters.filter(({ id }) => id.endsWith(`:${person}`))
    // The span holds two evenings of every wall: a day untold, or a third letter, is one too few or too many.
    const many = all.filter(({ person }) => told(person).length > 3 || told(person).length < 1)
    const lost = `${many.length} of ${times} people, ${found.letters.length} letters in two days`
    return outcome(
      times,
      many.map(({ person }) => person),
      { lost },
    )

    async function keepThrough(): Promise<void> {
      for (; clock.at < after(41 * anHour); clock.at = new Date(clock.at.getTime() + 10 * aMinute)) {
        await queueDigests(db, { rhythm, startedAt: since }, clock.at)
        for (const preference of await everyPreference(db)) {
          if (roll(150) > 0 || clock.at > after(20 * anHour)) continue
          const time = `${String(roll(24)).padStart(2, '0')}:${String(roll(4) * 15).padStart(2, '0')}`
          const zone = switches[roll(switches.length)]?.zone ?? 'UTC'
          const { name: _, email: __, ...kept } = preference
          await keepPreference(db, { ...kept, time, zone, changedAt: clock.at })
        }
      }
    }
  })
}

function outcome(tried: number, wrong: readonly string[], { lost }: { lost: string }): Outcome {
  const survived = Math.max(0, tried - wrong.length)
  return { tried, survived, lost, worstMs: null, asMeant: wrong.length === 0 }
}
