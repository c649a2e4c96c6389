import type { Decision, InputClass, Origin, ProblemState, Severity, SiteState } from './schema.ts'

/** What a source, an import, a form or the room tells the record. The only way in: `recordFacts(db, facts, telling)`. */
export type Fact =
  | { kind: 'incident'; id: string; at: Date; told: IncidentTold; theirs?: Theirs } // columns as they stood at `at`
  | IncidentHappening
  | { kind: 'problem'; id: string; at: Date; told: ProblemTold }
  | ProblemHappening
  | { kind: 'action'; id: string; at: Date; told: ActionTold }
  | ActionHappening
  | {
      kind: 'site'
      service: string
      site: string
      at: Date
      state: SiteState
      capacityPercent: number | null
      by?: string
    }
  | ExposureHappening
  | {
      kind: 'change'
      id: string
      at: Date
      what: string
      service: string | null
      site: string | null
      who: string | null
      url: string | null
      type: string | null
    }
  | ChangeHappening
  | {
      kind: 'service-level'
      service: string
      indicator: string
      day: string
      zone: string
      good: number
      total: number
      unknown: number
      p50?: number | null | undefined // ms in which half of the answers came; left out = not told
      p95?: number | null | undefined
    }
  | {
      kind: 'complaint'
      id: string
      at: Date
      text: string
      service: string | null
      class: 'customer' | 'internal' | null
      incidentId: string | null
      count: number
      by?: string
    }
  | {
      kind: 'forecast'
      id: string
      madeAt: Date
      service: string
      what: string
      dueAt: Date
      confidence: string | null
    }
  | {
      kind: 'planned-event'
      id: string
      title: string
      from: Date
      to: Date
      service: string | null
      peakPercent: number | null
      valuePerMinute: number | null
      currency: string | null
    }
  | {
      kind: 'person'
      name: string
      email: string
      role: string | null
      function: 'support' | 'operations' | 'development' | 'business' | null
      zone: string | null
      deputy: string | null
      closedAt?: Date | null
    }
  | {
      kind: 'service'
      id: string
      tier: 'experiment' | 'standard' | 'critical' | null
      objective: number | null
      sitesRequired: number | null
      team: string | null
      needs: readonly { needs: string; group: string }[] | null
      objectives?: Readonly<Record<string, number>> | undefined // percent by indicator, beside what is known of others
    }

/** What a tool said in words of its own, for sources/matching.ts and sources/grouping.ts; the record does not keep it. */
export interface Theirs {
  severity?: string // 'P1', 'Disaster': matched to ours at /sources/:name/matching
  groupKey?: string // what the tool itself takes for one and the same cause
}

/** Fields left out say nothing; null says "known to be nothing". Times of the incident's own life travel here too. */
export interface IncidentTold {
  title?: string
  service?: string | null
  severity?: Severity | null
  startedAt?: Date
  detectedAt?: Date | null
  acknowledgedAt?: Date | null
  mitigatedAt?: Date | null
  resolvedAt?: Date | null
  ownerId?: string | null
  team?: string | null
  site?: string | null
  customerMinutes?: number | null
  problemId?: string | null
  changeId?: string | null
  url?: string | null
  class?: InputClass | null
}
/**
 * opened..linked-problem are the contract's; closed, postmortem (value a Decision), postmortem-scheduled (value an instant),
 * merged-into and split-from (value the other incident), clock-skew (value: how many ms its sender's clock is ahead),
 * group-key (value: what its tool takes for one cause) are ours.
 * outage-manager (value a person; why: the hand-over note), promised and promise-kept (value an instant, a blank, what),
 * checked and skipped (value a step of the checklist) are what an outage is run by. cause (value the change that caused it,
 * '' = none did; why: the change that was suspected) is the room's verdict.
 */
export const incidentEventKinds = [
  'opened',
  'acknowledged',
  'assigned',
  'severity',
  'mitigated',
  'resolved',
  'reopened',
  'note',
  'linked-problem',
  'closed',
  'postmortem',
  'postmortem-scheduled',
  'merged-into',
  'split-from',
  'clock-skew',
  'group-key',
  'outage-manager',
  'promised',
  'promise-kept',
  'checked',
  'skipped',
  'cause',
] as const
export type IncidentEventKind = (typeof incidentEventKinds)[number]
export interface Happening<Kind extends string> {
  at: Date
  event: Kind
  value?: string
  by?: string
  why?: string
}
export interface IncidentHappening extends Happening<IncidentEventKind> {
  kind: 'incident-event'
  incidentId: string
}

export interface ProblemTold {
  title?: string
  service?: string | null
  severity?: Severity | null
  openedAt?: Date
  state?: ProblemState
  fixedAt?: Date | null
  closedAt?: Date | null
  ownerId?: string | null
  architectural?: boolean
}
export const problemEventKinds = ['opened', 'assigned', 'state', 'fix-deployed', 'recurred', 'closed', 'note'] as const
export type ProblemEventKind = (typeof problemEventKinds)[number]
export interface ProblemHappening extends Happening<ProblemEventKind> {
  kind: 'problem-event'
  problemId: string
}

export interface ActionTold {
  title?: string
  ownerId?: string | null
  dueAt?: Date | null
  originKind?: string | null
  originId?: string | null
}
export const actionEventKinds = ['opened', 'owner', 'due', 'acknowledged', 'done', 'dropped', 'note'] as const
export interface ActionHappening extends Happening<(typeof actionEventKinds)[number]> {
  kind: 'action-event'
  actionId: string
}

export const exposureEventKinds = ['owner', 'plan', 'eta', 'note', 'linked-incident'] as const
export interface ExposureHappening extends Happening<(typeof exposureEventKinds)[number]> {
  kind: 'exposure-event'
  service: string
}

/** in-response (value incident id): made during a deploy lock, as part of the response. */
/** course: what the room says of one that is under way, `value` hold, go-on or watch. */
export const changeEventKinds = ['rolled-back', 'denied', 'confirmed-cause', 'in-response', 'course'] as const
export interface ChangeHappening extends Happening<(typeof changeEventKinds)[number]> {
  kind: 'change-event'
  changeId: string
}

/** Who tells, and when we hear it. `class` says which of the six inputs it counts for; null = none (the room's own decisions). */
export interface Telling {
  recordedAt: Date
  source: string
  origin: Origin
  class: InputClass | null
  by?: string // who speaks, where the facts do not say it themselves
  rank?: number // of two words of one source for one instant the higher counts: it was read anew, with other matches
}

/** What became of each fact, in the order given. A refused one changed nothing. */
export type Outcome = 'new' | 'changed' | 'unchanged' | { refused: string }
export type { Decision }
