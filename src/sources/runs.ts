import type { Db } from '../record/db.ts'
import type { Fact } from '../record/fact.ts'
import { isWithin, type Move, type Sign, signsNear } from '../record/runs.ts'
import type { Source } from './source.ts'

type RunOf = NonNullable<Source['runOf']>

/** A telling, with the ids of the runs that it belongs to, and what is to be moved once it stands. */
export interface Joined {
  facts: Fact[]
  moves: Move[]
}

/**
 * Facts of alarms that only say on or off, put to the runs they belong to: an alarm is one incident from the first on to the
 * first off after it, in whatever order the two are heard. A run keeps the id under which it was first heard.
 */
export async function joinRuns(db: Db, tellings: readonly Fact[][], runOf: RunOf): Promise<Joined[]> {
  const words = tellings.map((facts) => wordsIn(facts, runOf))
  const heard = await signsNear(db, words.flat())
  return tellings.map((facts, telling) => {
    const found = new Map((words[telling] ?? []).map((word) => [word.id, placed(word, heard)]))
    return {
      facts: facts.flatMap((fact) => renamed(fact, found)),
      moves: [...found.values()].flatMap(({ moves }) => moves),
    }
  })
}

/** One alarm's word within a delivery, under the id that it would have by itself. */
interface Word {
  prefix: string
  id: string
  at: Date
  on: boolean
}

function wordsIn(facts: readonly Fact[], runOf: RunOf): Word[] {
  const words = new Map<string, Word>()
  for (const fact of facts) {
    const id = fact.kind === 'incident' ? fact.id : fact.kind === 'incident-event' ? fact.incidentId : null
    const prefix = id === null ? null : runOf(id)
    if (id === null || prefix === null) continue

    const ends = fact.kind === 'incident-event' && fact.event === 'resolved'
    const on = !ends && words.get(id)?.on !== false
    words.set(id, { prefix, id, at: new Date(id.slice(prefix.length)), on })
  }
  return [...words.values()].sort((a, b) => a.at.getTime() - b.at.getTime())
}

interface Place {
  id: string
  isNamed: boolean // the run has its name from when it was on: an end need not tell it
  moves: Move[]
}

/** Which run a word belongs to, given all that was heard around it. From then on it is one of those that were heard. */
function placed(word: Word, heard: Map<string, Sign[]>): Place {
  const signs = heard.get(word.prefix) ?? []
  const same = signs.find((sign) => isAt(sign, word) && sign.on === word.on)
  const others = signs.filter((sign) => sign !== same)
  const around = {
    signs: others,
    before: others.findLast((sign) => isBefore(sign, word)),
    after: others.find((sign) => isBefore(word, sign)),
  }
  const found = word.on ? placeOfOn(word, around) : placeOfOff(word, around)
  // Told again, it stays where it is, unless a crash kept its move from being made.
  const place = same && found.moves.length === 0 ? { ...found, id: same.incidentId } : found
  const moved = others.map((sign) => movedBy(place.moves, sign))
  const now = [...moved, { incidentId: place.id, at: word.at, on: word.on }]
  heard.set(
    word.prefix,
    now.sort((a, b) => (isBefore(a, b) ? -1 : 1)),
  )
  return place
}

interface Around {
  signs: readonly Sign[]
  before: Sign | undefined
  after: Sign | undefined
}

function placeOfOn(word: Word, { before, after }: Around): Place {
  const isOneRun = before?.on
  if (isOneRun) return { id: before.incidentId, isNamed: false, moves: [] }
  if (after === undefined) return { id: word.id, isNamed: false, moves: [] }

  // What follows has no beginning yet, and this is it; unless it is the end of another run, told again.
  return after.incidentId === before?.incidentId
    ? { id: word.id, isNamed: false, moves: [{ from: after.incidentId, to: word.id, since: after.at, until: null }] }
    : { id: after.incidentId, isNamed: false, moves: [] }
}

function placeOfOff(word: Word, { signs, before, after }: Around): Place {
  if (before === undefined) return { id: after && !after.on ? after.incidentId : word.id, isNamed: false, moves: [] }

  const isParted = before.on && after?.on && after.incidentId === before.incidentId
  return isParted ? parted(word, after, signs) : { id: before.incidentId, isNamed: true, moves: [] }
}

/** What was taken for one run is two. The one that holds the instant of the id keeps it, the other one is new. */
function parted({ prefix }: Word, after: Sign, signs: readonly Sign[]): Place {
  const id = after.incidentId
  const first = signs.find((sign) => sign.incidentId === id) ?? after
  const keepsFirst = id.slice(prefix.length) < after.at.toISOString()
  const move = keepsFirst
    ? { from: id, to: `${prefix}${after.at.toISOString()}`, since: after.at, until: null }
    : { from: id, to: `${prefix}${first.at.toISOString()}`, since: first.at, until: after.at }
  return { id: keepsFirst ? id : move.to, isNamed: true, moves: [move] }
}

function movedBy(moves: readonly Move[], sign: Sign): Sign {
  const move = moves.find((one) => one.from === sign.incidentId && isWithin(sign.at, one))
  return move ? { ...sign, incidentId: move.to } : sign
}

function isAt(a: Pick<Sign, 'at'>, b: Pick<Sign, 'at'>): boolean {
  return a.at.getTime() === b.at.getTime()
}

// Of the same instant, the on comes before the off.
function isBefore(a: Pick<Sign, 'at' | 'on'>, b: Pick<Sign, 'at' | 'on'>): boolean {
  return a.at < b.at || (isAt(a, b) && a.on && !b.on)
}

function renamed(fact: Fact, found: Map<string, Place>): Fact[] {
  if (fact.kind === 'incident') {
    const place = found.get(fact.id)
    return place?.isNamed ? [] : [{ ...fact, id: place?.id ?? fact.id }]
  }
  if (fact.kind !== 'incident-event') return [fact]
  return [{ ...fact, incidentId: found.get(fact.incidentId)?.id ?? fact.incidentId }]
}
