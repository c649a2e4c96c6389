import { aDay, aMinute, meetingDayOf, type Rhythm } from '../calendar.ts'
import { gatherAside } from '../record/aside.ts'
import type { Db } from '../record/db.ts'
import { incidentsOfService } from '../record/details.ts'
import { type EditionRow, editionBefore, editionOf, findEdition, keepEdition } from '../record/editions.ts'
import { gatherFacts } from '../record/facts.ts'
import { freeze, thaw } from '../record/frozen.ts'
import { findMeeting } from '../record/meetings.ts'
import type { Facts } from '../record/shapes.ts'
import type { Edition } from '../reports/digest.ts'
import { chartedLevels, type LevelChart, levelChart } from '../reports/level-charts.ts'
import { type Told, tellMorning } from '../reports/told.ts'

/** From which instant a morning is told, and whether its meeting has closed: then as the room left it. */
export interface Telling {
  day: string
  asOf: Date
  cutOff: Date | undefined
  meetingId: string
}

export async function tellingAt(db: Db, rhythm: Rhythm, at: Date): Promise<Telling> {
  const day = meetingDayOf(at, rhythm)
  const meeting = await findMeeting(db, day)
  const isHeld = meeting?.cutOff != null && meeting.cutOff <= at
  const isClosed = isHeld && meeting.closedAt !== null && meeting.closedAt <= at
  return {
    day,
    asOf: isClosed && meeting.closedAt ? meeting.closedAt : at,
    cutOff: isHeld && meeting.cutOff ? meeting.cutOff : undefined,
    meetingId: isClosed ? meeting.id : '',
  }
}

/** The morning as told from that instant, without a number: for a page, or a rehearsal. */
export async function rehearse(db: Db, rhythm: Rhythm, telling: Telling): Promise<Edition> {
  const facts = await gatherFacts(db, { at: telling.asOf, cutOff: telling.cutOff, rhythm })
  const told = tellMorning(facts, await gatherAside(db, facts))
  const charts = await chartsOf(db, facts, told)
  return { number: null, asOf: telling.asOf, meetingId: telling.meetingId, told: { ...told, charts } }
}

const chartedMs = 32 * aDay

async function chartsOf(db: Db, facts: Facts, { agenda }: Told): Promise<LevelChart[]> {
  const span = { from: new Date(facts.asOf.getTime() - chartedMs), to: facts.asOf }
  return Promise.all(
    chartedLevels(agenda.levels).map(async (level) =>
      levelChart(level, facts, await incidentsOfService(db, level.service, span)),
    ),
  )
}

interface Kept {
  version: number
  minute: number
  edition: Promise<Edition>
}
const latest = new WeakMap<Db, Kept>()

/**
 * The morning as whoever looks now is told it, without a number. Those who look within the same minute of an unchanged
 * record share one reading.
 */
export async function morningTold(db: Db, rhythm: Rhythm, at: Date): Promise<Edition> {
  const [version, minute] = [db.version, Math.floor(at.getTime() / aMinute)]
  const kept = latest.get(db)
  if (kept?.version === version && kept.minute === minute) return kept.edition
  const edition = tellingAt(db, rhythm, at).then((telling) => rehearse(db, rhythm, telling))
  latest.set(db, { version, minute, edition })
  edition.catch(() => latest.delete(db))
  return edition
}

/** The numbered snapshot of an instant: kept when first asked for, and the same for everybody who is told from it. */
export async function editionAt(db: Db, rhythm: Rhythm, at: Date): Promise<Edition & { number: number }> {
  const telling = await tellingAt(db, rhythm, at)
  const kept = await editionOf(db, telling)
  if (kept) return asEdition(kept)

  const { told } = await rehearse(db, rhythm, telling)
  const { day, asOf, meetingId } = telling
  return asEdition(await keepEdition(db, { day, asOf, meetingId, madeAt: at, morning: freeze(told) }))
}

export async function editionNumbered(db: Db, number: number): Promise<Edition | undefined> {
  const row = await findEdition(db, number)
  return row && asEdition(row)
}

/** What was told of the morning before that one, to compare with. */
export async function toldBefore(db: Db, day: string): Promise<Told | null> {
  const row = await editionBefore(db, day)
  return row ? thaw<Told>(row.morning) : null
}

function asEdition({ number, asOf, meetingId, morning }: EditionRow): Edition & { number: number } {
  return { number, asOf, meetingId, told: thaw<Told>(morning) }
}
