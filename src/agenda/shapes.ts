import type { Window } from '../calendar.ts'
import type { ExposureFigure } from '../measures/exposure.ts'
import type { Advice, PostmortemRule } from '../measures/postmortem-advice.ts'
import type { LevelFigure } from '../measures/service-level.ts'
import type { InputClass, Severity } from '../record/schema.ts'
import type { InputHeard, Meeting, SourceHeard, Usual } from '../record/shapes.ts'

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
    | 'planned-event'
    | 'correction'
  id: string
}

/** Why the room should hear about it. Nothing is on the agenda without a reason. Spans end in their unit; words are views/words.ts's. */
export type Reason =
  // exposures
  | {
      kind: 'alone'
      service: string
      sites: string[]
      since: Date
      eta: Date | null
      escalation: Escalation
      headroomPoints: number | null
      peak: { title: string; from: Date } | null
      valueAtRiskPerMinute: number | null
      currency: string | null
      missing: ('owner' | 'plan' | 'eta')[]
    }
  | {
      kind: 'unproven'
      service: string
      sites: string[]
      silentSites: string[]
      since: Date
      escalation: Escalation
      missing: ('owner' | 'plan' | 'eta')[]
    }
  | { kind: 'redundant again'; service: string; since: Date; until: Date }
  | { kind: 'thin'; service: string; plannedEventId: string; peakPercent: number; remainingPercent: number; from: Date }
  // actions
  | { kind: 'overdue'; dueAt: Date }
  | { kind: 'due today'; dueAt: Date }
  | { kind: 'due later'; dueAt: Date }
  | { kind: 'no due date'; since: Date }
  | { kind: 'done since'; at: Date }
  | { kind: 'dropped since'; at: Date }
  | { kind: 'unacknowledged'; since: Date }
  // service levels
  | {
      kind: 'off target'
      service: string
      indicator: string
      objective: number
      measured: number
      days: 1 | 7 | 30
      budgetLeftMinutes: number
      unknownMinutes: number
    }
  | {
      kind: 'burning'
      service: string
      indicator: string
      burnRate: number
      budgetLeftMinutes: number
      objective: number
      measured: number
    }
  | { kind: 'not measured'; service: string; indicator: string; lastDay: string | null }
  // incidents
  | {
      kind: 'new'
      severity: Severity | null
      startedAt: Date
      mitigatedAt: Date | null
      customerMinutes: number | null
      suspectId: string | null
      suspect: Suspect | null
    }
  | {
      kind: 'restored'
      severity: Severity | null
      startedAt: Date
      at: Date
      customerMinutes: number | null
      suspectId: string | null
      suspect: Suspect | null
    }
  | { kind: 'reopened'; severity: Severity | null; at: Date; customerMinutes: number | null }
  | { kind: 'moved'; severity: Severity | null; what: string; at: Date; customerMinutes: number | null }
  | { kind: 'late'; severity: Severity | null; belongsTo: string; at: Date; customerMinutes: number | null }
  | {
      kind: 'alike'
      severity: Severity | null
      count: number
      openCount: number
      customerMinutes: number | null
      service: string | null
      firstAt: Date
      lastAt: Date
    } // many of one service and title
  | {
      kind: 'still open'
      severity: Severity | null
      since: Date
      mitigatedAt: Date | null
      unowned: boolean
      customerMinutes: number | null
    }
  // problems
  | { kind: 'causes incidents'; incidentCount: number; lastIncidentAt: Date | null; since: Date }
  | { kind: 'under watch'; fixedAt: Date; incidentCount: number }
  | { kind: 'recurred'; at: Date; fixedAt: Date }
  | { kind: 'problem closed'; at: Date }
  | { kind: 'recurring'; service: string | null; symptom: string; in7Days: number; in30Days: number }
  // complaints and forecasts
  | {
      kind: 'complained'
      class: 'customer' | 'internal' | null
      count: number
      at: Date
      incidentId: string | null
      late: boolean
    }
  | { kind: 'predicted'; dueAt: Date; madeAt: Date; confidence: string | null }
  | {
      kind: 'planned'
      from: Date
      to: Date
      peakPercent: number | null
      valuePerMinute: number | null
      currency: string | null
    }
  // changes
  | {
      kind: 'changed'
      at: Date
      who: string | null
      service: string | null
      suspectOf: string[]
      rolledBack: boolean
      denied: boolean
      late: boolean
    }
  // postmortems
  | { kind: 'to decide'; advice: Advice }
  | { kind: 'put off'; decidedAt: Date; advice: Advice }
  | { kind: 'to schedule'; decidedAt: Date }
  | { kind: 'scheduled'; for: Date }
  // silent sources
  | { kind: 'silent'; class: InputClass; lastHeardAt: Date | null; silenceMs: number }
  | { kind: 'unreadable deliveries'; count: number }
  | { kind: 'correction'; meetingDay: string; number: number; figure: string; was: number; is: number }

/** The newest change before an incident: guilty until shown otherwise (S25). */
export interface Suspect {
  what: string
  at: Date
}
/** How far an exposure's age has climbed: amber at once; 4 h manager, 24 h director, 72 h named in the subject line. */
export type Escalation = 'room' | 'manager' | 'director' | 'subject line'
export type { Advice, PostmortemRule }

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
  counts: Counts
  usual: Usual | null
  levels: LevelFigure[]
  exposures: ExposureFigure[]
  sections: Section[]
}
