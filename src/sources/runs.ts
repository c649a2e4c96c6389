import type { Db } from '../record/db.ts'
import type { Fact } from '../record/fact.ts'
import { type Sign, signsNear } from '../record/runs.ts'
import type { Source } from './source.ts'

type RunOf = NonNullable<Source['runOf']>

/**
 * Facts of alarms that only say on or off, put to the runs they belong to: an alarm is one incident from the first on to the
 * first off after it, in whatever order the two are heard. `tellings` in the order of arrival; each is told anew, in its place.
 */
export async function joinRuns(db: Db, tellings: readonly Fact[][], runOf: RunOf): Promise<Fact[][]> {
  const words = tellings.map((facts) => wordsIn(facts, runOf))
  const heard = await signsNear(db, words.flat())
  return tellings.map((facts, place) => {
    const placed = (words[place] ?? []).map((word) => ({ word, found: runFor(word, signsOf(heard, word)) }))
    const idOf = new Map(placed.map((one) => [one.word.id, one.found.id]))
    const dropped = new Set(placed.filter((one) => one.found.isNamed).map((one) => one.word.id))
    return [
      ...facts.flatMap((fact) => (fact.kind === 'incident' && dropped.has(fact.id) ? [] : [renamed(fact, idOf)])),
      ...placed.flatMap((one) => one.found.also),
    ]
  })
}

/** One alarm's word within a delivery, under the id that it would have by itself. */
interface Word {
  prefix: string
  id: string
  at: Date
  on: boolean
  told: Sign['told']
}

function wordsIn(facts: readonly Fact[], runOf: RunOf): Word[] {
  const words = new Map<string, Word>()
  for (const fact of facts) {
    const id = fact.kind === 'incident' ? fact.id : fact.kind === 'incident-event' ? fact.incidentId : null
    const prefix = id === null ? null : runOf(id)
    if (id === null || prefix === null || !('at' in fact)) continue
    const word = words.get(id) ?? { prefix, id, at: new Date(id.slice(prefix.length)), on: true, told: [] }
    words.set(id, word)
    if (fact.kind === 'incident') word.told.push(fact.told)
    if (fact.kind === 'incident-event' && fact.event === 'resolved') word.on = false
  }
  return [...words.values()].sort((a, b) => a.at.getTime() - b.at.getTime())
}

function signsOf(heard: Map<string, Sign[]>, { prefix }: Word): Sign[] {
  const signs = heard.get(prefix) ?? []
  heard.set(prefix, signs)
  return signs
}

interface Placed {
  id: string
  isNamed: boolean // the run has its name from when it was on: an end need not tell it
  also: Fact[]
}

/** Which run a word belongs to, given all that was heard around it; the word is then one of them. */
function runFor(word: Word, signs: Sign[]): Placed {
  const inOrder = latestOfEach(signs)
  const same = inOrder.find((sign) => sign.at.getTime() === word.at.getTime() && sign.on === word.on)
  const before = inOrder.findLast((sign) => isBefore(sign, word))
  const after = inOrder.find((sign) => isBefore(word, sign))
  const placed = same
    ? { id: same.incidentId, isNamed: !word.on && before?.on === true, also: [] }
    : word.on
      ? placedOn(word, before, after)
      : placedOff(word, { before, after, inOrder })
  signs.push({ incidentId: placed.id, at: word.at, on: word.on, told: word.told })
  for (const fact of placed.also) if (fact.kind === 'incident') signs.push(copyOf(fact.id, fact.at, fact.told))
  signs.sort((a, b) => a.at.getTime() - b.at.getTime())
  return placed
}

function placedOn(word: Word, before: Sign | undefined, after: Sign | undefined): Placed {
  if (before?.on) return { id: before.incidentId, isNamed: false, also: [] }
  if (after?.on) return { id: after.incidentId, isNamed: false, also: [] } // it began earlier than was known
  if (after && !before) return { id: after.incidentId, isNamed: false, also: [] } // the beginning of an end already told

  return { id: word.id, isNamed: false, also: after ? [endAt(word.id, after.at)] : [] }
}

function placedOff(
  word: Word,
  { before, after, inOrder }: { before: Sign | undefined; after: Sign | undefined; inOrder: Sign[] },
): Placed {
  if (before?.on) {
    const parted = after?.on && after.incidentId === before.incidentId ? partedFrom(word, after, inOrder) : []
    return { id: before.incidentId, isNamed: true, also: parted }
  }
  if (before) return { id: before.incidentId, isNamed: true, also: [] } // told again
  return { id: after && !after.on ? after.incidentId : word.id, isNamed: false, also: [] }
}

/** What was taken for one run is two: from the next on it is another incident. */
function partedFrom({ prefix }: Word, first: Sign, inOrder: Sign[]): Fact[] {
  const id = `${prefix}${first.at.toISOString()}`
  const later = inOrder.slice(inOrder.indexOf(first))
  const end = later.find((sign) => !sign.on)
  const ons = later.slice(0, end ? later.indexOf(end) : undefined)
  return [
    ...ons.flatMap(({ at, told }) => told.map((columns): Fact => ({ kind: 'incident', id, at, told: columns }))),
    ...(end ? [endAt(id, end.at)] : []),
  ]
}

function endAt(incidentId: string, at: Date): Fact {
  return { kind: 'incident-event', incidentId, event: 'resolved', at }
}

function copyOf(incidentId: string, at: Date, told: Sign['told'][number]): Sign {
  return { incidentId, at, on: true, told: [told] }
}

// Where a sign was put to two runs, the later one has it: the first was found to end before.
function latestOfEach(signs: readonly Sign[]): Sign[] {
  const latest = new Map<string, Sign>()
  for (const sign of signs) {
    const key = `${sign.at.getTime()} ${sign.on}`
    const known = latest.get(key)
    if (!known || known.incidentId < sign.incidentId) latest.set(key, sign)
  }
  return [...latest.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1))
}

// Of the same instant, the on comes before the off.
function isBefore(a: Pick<Sign, 'at' | 'on'>, b: Pick<Sign, 'at' | 'on'>): boolean {
  return a.at < b.at || (a.at.getTime() === b.at.getTime() && a.on && !b.on)
}

function renamed(fact: Fact, idOf: Map<string, string>): Fact {
  if (fact.kind === 'incident') return { ...fact, id: idOf.get(fact.id) ?? fact.id }
  if (fact.kind === 'incident-event') return { ...fact, incidentId: idOf.get(fact.incidentId) ?? fact.incidentId }
  return fact
}
