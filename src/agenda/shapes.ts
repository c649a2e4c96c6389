import type { Window } from '../calendar.ts'
import type { ExposureFigure } from '../measures/exposure.ts'
import type { Advice, PostmortemRule } from '../measures/postmortem-advice.ts'
import type { LevelFigure } from '../measures/service-level.ts'
import type { Severity } from '../record/schema.ts'
import type { DrillHeard, InputHeard, Meeting, SourceHeard, Usual } from '../record/shapes.ts'
import type { Escalation, Reason, Suspect } from './reason.ts'

/** What an item is about: kind and id together make an address (views/paths.ts). */
export interface Subject {
  kind:
    | 'exposure'
    | 'action'
    | 'service'
    | 'incident'
    | 'problem'
    | 'complaint'
    | 'forecast'
    | 'change'
    | 'source'
    | 'input' // of all sources together: a class, or what none could read
    | 'planned-event'
    | 'correction'
    | 'letter'
    | 'backup'
  id: string
}

export type { Advice, Escalation, PostmortemRule, Reason, Suspect }

export const topics = [
  'exposures',
  'actions',
  'service-levels',
  'incidents',
  'still-open',
  'problems',
  'complaints',
  'changes',
  'postmortems',
  'sources',
] as const
export type Topic = (typeof topics)[number]
export interface Item {
  subject: Subject
  title: string
  reason: Reason
  ownerId: string | null
  parked?: { day: string; why: string } // an earlier meeting put it off to this one
}
/** `omitted` subjects are held back on a huge morning, neither shown nor told in a group; counts never are. */
export interface Section extends Word {
  topic: Topic
  items: Item[]
  omitted: number
}
/** What an empty section may claim: since when, how old it is (null = nobody told us), on whose word, and who of them is silent. */
export interface Word {
  since: Date
  heardAt: Date | null
  heardFrom: string | null
  silent: string[]
}
export type Verdict = { level: 'red' | 'amber' | 'green'; reason: VerdictReason }
export type VerdictReason =
  | { kind: 'alone'; service: string; sites: string[]; since: Date; headroomPoints: number | null; others: number }
  | { kind: 'grave incident open'; severity: Severity; incidentId: string; title: string; others: number }
  | { kind: 'off target'; service: string; measured: number; objective: number; others: number }
  | { kind: 'unproven'; service: string; since: Date; others: number }
  | { kind: 'not measured'; service: string; others: number }
  | { kind: 'silent'; sources: string[] }
  | { kind: 'never heard' }
  | { kind: 'undelivered'; letters: number }
  | { kind: 'unowned'; incidents: number; problems: number }
  | { kind: 'overdue'; actions: number }
  | { kind: 'severity unknown'; incidents: number }
  | { kind: 'open'; incidents: number }
  | { kind: 'quiet' }

/** The contract's counts. opened, touched, resolved: in the window; open, unowned: as of the instant. */
export interface Counts {
  incidents: {
    opened: number
    touched: number
    resolved: number
    open: number
    unowned: number
    nearMisses: number
    late: number
  }
  problems: { opened: number; closed: number; open: number; unowned: number }
  exposures: { open: number }
  changes: { inWindow: number }
  complaints: { inWindow: number }
  actions: { open: number; overdue: number; unacknowledged: number }
  postmortems: { undecided: number; toSchedule: number; scheduled: number }
}

/** The agenda of one instant: what the projector, the page, the terminal and the API all show. */
export interface Agenda {
  asOf: Date
  zone: string
  window: Window
  meeting: Meeting | null
  meetingDay: string
  verdict: Verdict
  sources: SourceHeard[]
  inputs: InputHeard[]
  deliveries: { waiting: number; unreadable: number }
  drill: DrillHeard | null // when the backup was last tried, and whether it held
  counts: Counts
  usual: Usual | null
  levels: LevelFigure[]
  exposures: ExposureFigure[]
  sections: Section[]
}
