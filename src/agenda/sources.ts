import { anHour } from '../calendar.ts'
import type { Correction, DrillHeard, Facts, InputHeard, Person, SourceHeard, Undelivered } from '../record/shapes.ts'
import type { Item } from './shapes.ts'
import { type Shown, shorten } from './shown.ts'

/** Who did not speak, what we could not read, and which figures of past mornings turned out otherwise. */
export function sourceItems(facts: Facts): Shown {
  const { deliveries, corrections, undelivered, people } = facts
  return shorten([
    ...(isInDoubt(facts) ? [drillItem(facts.drill)] : []),
    ...silentSources(facts).map(sourceItem),
    ...silentClasses(facts).map(classItem),
    ...(deliveries.unreadable > 0 ? [unreadableItem(deliveries.unreadable)] : []),
    ...undelivered.map((letter) => letterItem(letter, people)),
    ...corrections.toSorted(inOrder).map(correctionItem),
  ])
}

// It is tried each day.
const longestUntriedMs = 26 * anHour

/** A backup that could not be restored, or that nobody has tried to for more than a day, is a hope and not a backup. */
function isInDoubt(facts: Facts): facts is Facts & { drill: DrillHeard } {
  const { drill, asOf } = facts
  if (drill === null) return false
  return drill.fault !== null || asOf.getTime() - (drill.lastGoodAt ?? drill.at).getTime() > longestUntriedMs
}

function drillItem({ at, fault, lastGoodAt }: DrillHeard): Item {
  return {
    subject: { kind: 'backup', id: 'drill' },
    title: 'backup',
    reason: { kind: 'backup in doubt', at, fault, lastGoodAt },
    ownerId: null,
  }
}

export function silentSources({ sources }: Facts): SourceHeard[] {
  return sources.filter(({ silent }) => silent).toSorted(longestSilentFirst)
}

/** Classes past their limit for which no single source answers: silent itself, it is told already. */
export function silentClasses({ inputs, sources }: Facts): InputHeard[] {
  return inputs
    .filter((input) => input.silent && !sources.some((source) => source.silent && source.class === input.class))
    .toSorted((a, b) => (a.class < b.class ? -1 : 1))
}

function sourceItem({ name, class: speaks, lastHeardAt, silenceMs }: SourceHeard): Item {
  return {
    subject: { kind: 'source', id: name },
    title: name,
    reason: { kind: 'silent', class: speaks, lastHeardAt, silenceMs },
    ownerId: null,
  }
}

function classItem({ class: speaks, lastHeardAt, silenceMs }: InputHeard): Item {
  return {
    subject: { kind: 'input', id: speaks },
    title: speaks,
    reason: { kind: 'silent', class: speaks, lastHeardAt, silenceMs },
    ownerId: null,
  }
}

function unreadableItem(count: number): Item {
  return {
    subject: { kind: 'input', id: 'unreadable' },
    title: 'deliveries',
    reason: { kind: 'unreadable deliveries', count },
    ownerId: null,
  }
}

function letterItem({ id, kind, to, dueAt, failedAt, fault }: Undelivered, people: readonly Person[]): Item {
  return {
    subject: { kind: 'letter', id },
    title: people.find((person) => person.id === to)?.name ?? to,
    reason: { kind: 'undelivered', what: kind, dueAt, failedAt, fault },
    ownerId: null,
  }
}

/** A meeting's id is its day, or its day and the number of a second one. */
function correctionItem({ meetingId, number, figure, was, is }: Correction): Item {
  const meetingDay = meetingId.slice(0, 10)
  return {
    subject: { kind: 'correction', id: `${meetingId}/${number}/${figure}` },
    title: meetingDay,
    reason: { kind: 'correction', meetingDay, number, figure, was, is },
    ownerId: null,
  }
}

function longestSilentFirst(a: SourceHeard, b: SourceHeard): number {
  return (a.lastHeardAt?.getTime() ?? 0) - (b.lastHeardAt?.getTime() ?? 0) || (a.name < b.name ? -1 : 1)
}

function inOrder(a: Correction, b: Correction): number {
  return keyOf(a) < keyOf(b) ? -1 : 1
}

function keyOf({ meetingId, number, figure }: Correction): string {
  return `${meetingId} ${String(number).padStart(6, '0')} ${figure}`
}
