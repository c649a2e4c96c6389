import { changesDespiteLock } from '../measures/deploy-lock.ts'
import type { LevelFigure } from '../measures/service-level.ts'
import type { Decision } from '../record/decisions.ts'
import type { HandOver } from '../record/hand-overs.ts'
import type { Attendance, Parked, Raised, Said, Tick } from '../record/meeting-state.ts'
import type { Facts, InputHeard } from '../record/shapes.ts'
import type { Sitting } from '../record/sitting.ts'
import { type FunctionHeard, missingFunctions } from './representatives.ts'
import { meetingMs } from './score.ts'
import type { Agenda, Counts, Section, Verdict } from './shapes.ts'

/** A closed meeting as it was left: everything its minutes are told from, in plain values. Kept once and never edited. */
export interface Snapshot {
  edition: 1
  meetingId: string
  day: string
  zone: string
  window: { from: Date; to: Date }
  openedAt: Date
  closedAt: Date
  facilitatorId: string | null
  scribeId: string | null
  closedBy: string
  names: Record<string, string> // of the people it speaks of, by id
  attendance: Attendance[]
  missing: FunctionHeard[]
  leftDespite: LeftDespite | null
  verdict: Verdict
  counts: Counts
  inputs: InputHeard[]
  sections: Section[]
  levels: LevelFigure[]
  decisions: Decision[]
  handOvers: HandOver[]
  parked: Parked[]
  raised: Raised[]
  notes: Said[]
  ticks: Tick[]
  deepDive: string | null
  despiteLock: { changeId: string; what: string; at: Date; incidentIds: string[] }[]
  overMs: number // longer than its fifteen minutes; below zero: shorter
}
/** Why the room left although something was open to be settled, and what. */
export interface LeftDespite {
  why: string
  offenders: Offender[]
}
export interface Offender {
  kind: 'incident' | 'problem' | 'hand-over' | 'function'
  id: string
  title: string
}

interface Told {
  facts: Facts
  agenda: Agenda
  sitting: Sitting
  closing: { at: Date; by: string; leftDespite: LeftDespite | null }
}

export function snapshotOf({ facts, agenda, sitting, closing }: Told): Snapshot {
  const { state, meetingId, handOvers, decisions } = sitting
  const openedAt = sitting.meeting?.openedAt ?? facts.window.to
  const parts = {
    attendance: state.attendance,
    decisions,
    handOvers,
    parked: state.parked,
    raised: state.raised,
    notes: state.notes,
    ticks: state.ticks,
    sections: agenda.sections,
  }
  return {
    edition: 1,
    meetingId,
    day: sitting.meeting?.day ?? agenda.meetingDay,
    zone: facts.zone,
    window: facts.window,
    openedAt,
    closedAt: closing.at,
    facilitatorId: state.facilitatorId ?? sitting.meeting?.openedBy ?? null,
    scribeId: state.scribeId,
    closedBy: closing.by,
    names: namesIn(facts, [parts, state.facilitatorId, state.scribeId, closing.by]),
    missing: missingFunctions(state.attendance, facts.people),
    leftDespite: closing.leftDespite,
    verdict: agenda.verdict,
    counts: agenda.counts,
    inputs: agenda.inputs,
    levels: agenda.levels,
    deepDive: state.deepDive,
    despiteLock: despiteLock(facts),
    overMs: closing.at.getTime() - openedAt.getTime() - meetingMs,
    ...parts,
  }
}

/** Only those whom it speaks of: minutes are no list of people. */
function namesIn({ people }: Facts, told: unknown): Record<string, string> {
  const text = JSON.stringify(told)
  return Object.fromEntries(
    people.filter(({ id }) => text.includes(JSON.stringify(id).slice(1, -1))).map(({ id, name }) => [id, name]),
  )
}

function despiteLock({ changes, incidents, window }: Facts): Snapshot['despiteLock'] {
  const ofWindow = changes.filter(({ at }) => at > window.from && at <= window.to)
  return changesDespiteLock(ofWindow, incidents).map(({ change, incidentIds }) => ({
    changeId: change.id,
    what: change.what,
    at: change.at,
    incidentIds,
  }))
}

/** A snapshot as it is read back: instants were written as text. */
export function revived(content: unknown): Snapshot {
  return JSON.parse(JSON.stringify(content), (key, value) =>
    instantKeys.test(key) && typeof value === 'string' ? new Date(value) : value,
  ) as Snapshot // written from one
}
const instantKeys = /(At|^at|^from|^to|^since|^until|^eta|^for)$/
