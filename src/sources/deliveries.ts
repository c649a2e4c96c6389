import { setImmediate as turn } from 'node:timers/promises'
import { skewsOf } from '../record/clock-skews.ts'
import type { Db } from '../record/db.ts'
import { type Ingestion, ingested, oldestWaiting, type SignOfLife, type WaitingDelivery } from '../record/deliveries.ts'
import { overtakenIncidents } from '../record/episodes.ts'
import type { Fact, Outcome, Telling } from '../record/fact.ts'
import { messageOf, RecordUnavailableError, unwrapped } from '../record/faults.ts'
import { recordFacts } from '../record/record-facts.ts'
import { type Move, moveWords } from '../record/runs.ts'
import type { Grouping } from '../record/schema.ts'
import { noteWords } from '../record/source-words.ts'
import { groupBy, inPortions } from '../record/telling.ts'
import { isKeeping } from './arrivals.ts'
import { settleClock } from './clock-skew.ts'
import { mergesAmongTouched } from './group-touched.ts'
import { type Heard, type Matches, match } from './matching.ts'
import { readerOf } from './readers.ts'
import { joinRuns } from './runs.ts'
import { type Source, UnreadableDelivery } from './source.ts'

// A slice holds the event loop for as long as it takes: a short one while tools wait for their answer.
const mostAtOnce = 100
const mostWhileKeeping = 10
const mostFactsAtOnce = 300
const mostTurnsGivenWay = 100

interface Work {
  round: Promise<number>
  at: Date
  again: boolean
}
const working = new WeakMap<Db, Work>()
const resting = new WeakSet<Db>()

/**
 * Makes facts of the deliveries that wait, oldest first, in slices that let acknowledgements go first. Separate from keeping
 * and idempotent: facts stand before their mark does, so a crash anywhere leaves the delivery waiting or done. A delivery
 * that cannot be read is marked with its fault and stops nobody. Asked again while at work, it goes on until none waits.
 * Throws RecordUnavailableError when the record cannot be written: all stay waiting for the next call.
 * @returns how many deliveries were done.
 */
export function ingestWaiting(db: Db, now: Date): Promise<number> {
  if (resting.has(db)) return Promise.resolve(0)
  const busy = working.get(db)
  if (busy) {
    Object.assign(busy, { again: true, at: now > busy.at ? now : busy.at })
    return busy.round
  }
  const work: Work = { round: Promise.resolve(0), at: now, again: false }
  working.set(db, work)
  work.round = rounds(db, work).catch((error) => {
    working.delete(db)
    throw error
  })
  return work.round
}

/** Before the record is closed: ends after the slice under way. What still waits is read after the next start. */
export async function stopIngesting(db: Db): Promise<void> {
  resting.add(db)
  await working.get(db)?.round.catch(() => undefined)
}

async function rounds(db: Db, work: Work): Promise<number> {
  for (let done = 0; ; ) {
    work.again = false
    const waiting = await oldestWaiting(db, isKeeping(db) ? mostWhileKeeping : mostAtOnce)
    for (const [name, deliveries] of groupBy(waiting, ({ source }) => source))
      await ingest(db, { name, deliveries, at: work.at })
    done += waiting.length
    if (resting.has(db) || (waiting.length === 0 && !work.again)) {
      working.delete(db) // in the same breath: who asks from now on begins a round of their own
      return done
    }
    await giveWay(db)
  }
}

async function giveWay(db: Db): Promise<void> {
  for (let turns = 0; turns === 0 || (turns < mostTurnsGivenWay && isKeeping(db)); turns++) await turn()
}

interface Slice {
  name: string
  deliveries: readonly WaitingDelivery[]
  at: Date
}
interface Unmatched {
  delivery: WaitingDelivery
  facts: Fact[]
  fault: string | null
}
interface Reading extends Unmatched {
  heard: Heard[] // the names it said, as the tool said them
  moves: Move[] // what it shows to belong to another incident than it was put to
}

async function ingest(db: Db, { name, deliveries, at }: Slice): Promise<void> {
  const { source, matches, rank, grouping } = await readerOf(db, name, deliveries[0]?.adapter ?? '')
  const telling = { recordedAt: at, source: name, origin: 'tool', class: source?.class ?? null, rank } as const
  const read = deliveries.map((delivery) => matched(readWith(source, delivery), matches))
  const readings = await settled(db, source?.runOf ? await joined(db, read, source.runOf) : read)
  try {
    await putOnRecord(db, { source, readings, telling, grouping })
  } catch (error) {
    if (unwrapped(error) instanceof RecordUnavailableError) throw error
    for (const reading of readings) await putAlone(db, { source, reading, telling, grouping })
  }
}

function matched({ delivery, facts, fault }: Unmatched, matches: Matches): Reading {
  const { facts: ours, heard } = match(facts, matches)
  const once = new Map(heard.map((name) => [`${name.field} ${name.theirs}`, name]))
  return { delivery, fault, facts: ours, heard: [...once.values()], moves: [] }
}

async function joined(db: Db, readings: readonly Reading[], runOf: NonNullable<Source['runOf']>): Promise<Reading[]> {
  const tellings = readings.map(({ facts }) => facts)
  const runs = await joinRuns(db, tellings, runOf)
  return readings.map((reading, place) => ({ ...reading, ...runs[place] }))
}

async function settled(db: Db, readings: readonly Reading[]): Promise<Reading[]> {
  const skews = await skewsOf(db, [...new Set(readings.flatMap(({ facts }) => incidentsIn(facts)))])
  return readings.map((reading) => {
    const facts = settleClock(reading.facts, reading.delivery.receivedAt, skews)
    return { ...reading, facts }
  })
}

function incidentsIn(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) =>
    fact.kind === 'incident' ? fact.id : fact.kind === 'incident-event' ? fact.incidentId : [],
  )
}

function readWith(source: Source | undefined, delivery: WaitingDelivery): Unmatched {
  if (!source)
    return { delivery, facts: [], fault: `no adapter named ${delivery.source}: name the tool that it is, then replay` }
  try {
    return { delivery, facts: source.read(delivery), fault: null }
  } catch (error) {
    const fault =
      error instanceof UnreadableDelivery ? error.message : `the adapter ${source.adapter} failed: ${messageOf(error)}`
    return { delivery, facts: [], fault }
  }
}

interface Telt {
  source: Source | undefined
  readings: readonly Reading[]
  telling: Telling
  grouping: Grouping
}

async function putOnRecord(db: Db, { source, readings, telling, grouping }: Telt): Promise<void> {
  const facts = readings.flatMap((reading) => reading.facts)
  const outcomes: Outcome[] = []
  for (const part of upToEachMove(readings)) outcomes.push(...(await recordPart(db, part, telling)))
  const ended = await endsOfOvertaken(db, facts, source)
  const readable = readings.filter(({ fault }) => fault === null)
  const heard = source ? readable.map(({ delivery }) => signOf(delivery, source)) : []
  const names = readable.flatMap((reading) => reading.heard)
  if (ended.length > 0) await recordFacts(db, ended, telling)
  const merges = await mergesAmongTouched(db, facts, { telling, grouping })
  await recordFacts(db, merges, { ...telling, class: null }, [
    ...ingested(db, ingestionsOf(readings, outcomes), { at: telling.recordedAt, heard }),
    ...noteWords(db, telling.source, { heard: names, at: telling.recordedAt }),
  ])
}

// What is moved is what was said before the move: so the readings go in up to each that moves something.
function upToEachMove(readings: readonly Reading[]): Reading[][] {
  const parts: Reading[][] = [[]]
  for (const reading of readings) {
    parts.at(-1)?.push(reading)
    if (reading.moves.length > 0) parts.push([])
  }
  return parts.filter((part) => part.length > 0)
}

async function recordPart(db: Db, part: readonly Reading[], telling: Telling): Promise<Outcome[]> {
  const outcomes = await recordInPortions(
    db,
    part.flatMap((reading) => reading.facts),
    telling,
  )
  await moveWords(
    db,
    part.flatMap((reading) => reading.moves),
    telling,
  )
  return outcomes
}

// A group may hold thousands of alerts. In part is no harm: the delivery waits until all of it stands.
async function recordInPortions(db: Db, facts: readonly Fact[], telling: Telling): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const portion of inPortions(facts, mostFactsAtOnce)) {
    if (outcomes.length > 0) await giveWay(db)
    outcomes.push(...(await recordFacts(db, portion, telling)))
  }
  return outcomes
}

/** One that the record chokes on must not hold up the others: it is tried by itself, and told apart by its fault. */
async function putAlone(
  db: Db,
  { source, reading, telling, grouping }: Omit<Telt, 'readings'> & { reading: Reading },
): Promise<void> {
  try {
    await putOnRecord(db, { source, readings: [reading], telling, grouping })
  } catch (error) {
    if (unwrapped(error) instanceof RecordUnavailableError) throw error
    const fault = `the record could not take it: ${messageOf(error).slice(0, 300)}`
    await putOnRecord(db, { source, readings: [{ ...reading, facts: [], fault }], telling, grouping })
  }
}

async function endsOfOvertaken(db: Db, facts: readonly Fact[], source: Source | undefined): Promise<Fact[]> {
  const touched = new Map<string, string>()
  for (const fact of facts) {
    const prefix = fact.kind === 'incident' ? source?.episodesOf?.(fact.id) : null
    if (fact.kind === 'incident' && prefix) touched.set(fact.id, prefix)
  }
  const overtaken = await overtakenIncidents(
    db,
    [...touched].map(([id, prefix]) => ({ id, prefix })),
  )
  return overtaken.map(({ id, by }) => ({
    kind: 'incident-event',
    incidentId: id,
    event: 'resolved',
    at: by,
    why: 'the same alert began anew',
  }))
}

function ingestionsOf(readings: readonly Reading[], outcomes: readonly Outcome[]): Ingestion[] {
  const inOrder = outcomes.values()
  return readings.map(({ delivery, facts, fault }) => {
    const refused = facts
      .map(() => inOrder.next().value)
      .flatMap((outcome) => (typeof outcome === 'object' ? [outcome.refused] : []))
    const why = refused.length > 0 ? `${refused.length} of ${facts.length} facts refused: ${refused[0]}` : null
    return { id: delivery.id, facts: fault === null ? facts.length - refused.length : null, fault: fault ?? why }
  })
}

function signOf({ source, receivedAt }: WaitingDelivery, { class: inputClass }: Source): SignOfLife {
  return { source, class: inputClass, at: receivedAt }
}
