import type { Advice } from '../measures/postmortem-advice.ts'
import type { InputClass, Severity } from '../record/schema.ts'

/** Why the room should hear about it. Nothing is on the agenda without a reason. Spans end in their unit; words are views/words.ts's. */
export type Reason =
  | ExposureReason
  | ActionReason
  | LevelReason
  | IncidentReason
  | ProblemReason
  | VoiceReason
  | ChangeReason
  | PostmortemReason
  | SourceReason

export type ExposureReason =
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

export type ActionReason =
  | { kind: 'overdue'; dueAt: Date }
  | { kind: 'due today'; dueAt: Date }
  | { kind: 'due later'; dueAt: Date }
  | { kind: 'no due date'; since: Date }
  | { kind: 'done since'; at: Date }
  | { kind: 'dropped since'; at: Date }
  | { kind: 'unacknowledged'; since: Date }

export type LevelReason =
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

export type IncidentReason =
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

export type ProblemReason =
  | { kind: 'causes incidents'; incidentCount: number; lastIncidentAt: Date | null; since: Date }
  | { kind: 'under watch'; fixedAt: Date; incidentCount: number }
  | { kind: 'recurred'; at: Date; fixedAt: Date }
  | { kind: 'problem closed'; at: Date }
  | { kind: 'recurring'; service: string | null; symptom: string; in7Days: number; in30Days: number }

/** What people say, what is predicted, what is planned. */
export type VoiceReason =
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

export type ChangeReason = {
  kind: 'changed'
  at: Date
  who: string | null
  service: string | null
  suspectOf: string[]
  rolledBack: boolean
  denied: boolean
  late: boolean
}

export type PostmortemReason =
  | { kind: 'to decide'; advice: Advice }
  | { kind: 'put off'; decidedAt: Date; advice: Advice }
  | { kind: 'to schedule'; decidedAt: Date }
  | { kind: 'scheduled'; for: Date }

export type SourceReason =
  | { kind: 'silent'; class: InputClass; lastHeardAt: Date | null; silenceMs: number }
  | { kind: 'unreadable deliveries'; count: number }
  | { kind: 'backup in doubt'; at: Date; fault: string | null; lastGoodAt: Date | null }
  | { kind: 'undelivered'; what: string; dueAt: Date; failedAt: Date | null; fault: string | null }
  | { kind: 'correction'; meetingDay: string; number: number; figure: string; was: number; is: number }

/** The newest change before an incident: guilty until shown otherwise (S25). */
export interface Suspect {
  what: string
  at: Date
}
/** How far an exposure's age has climbed: amber at once; 4 h manager, 24 h director, 72 h named in the subject line. */
export type Escalation = 'room' | 'manager' | 'director' | 'subject line'
