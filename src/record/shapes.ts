import type { Window } from '../calendar.ts'
import type { ActionState, Decision, IncidentState, InputClass, ProblemState, Severity, SiteState } from './schema.ts'

/** Everything the agenda of one instant reasons from: states as of `asOf`, news of `window`. Plain values, no database. */
export interface Facts {
  asOf: Date
  zone: string
  window: Window
  meeting: Meeting | null // the meeting this morning belongs to, when it was opened
  meetingDay: string
  services: Service[]
  incidents: Incident[] // open at asOf, or something happened in the window, or late
  alike: Alike[] // how often incidents like those of the window struck
  problems: Problem[] // not closed at asOf, or touched in the window
  sites: { service: string; sites: SiteStanding[] }[] // how every known site stood, by service
  exposures: Exposure[] // open at asOf, or ended in the window; longest first
  plannedEvents: PlannedEvent[] // not over at asOf, starting within 14 days
  serviceLevels: LevelDay[] // the last 31 complete days, oldest first
  changes: Change[] // of the window, and of the 24 h before the first incident that started in it
  complaints: Complaint[] // of the window
  forecasts: Forecast[] // made by asOf, due at or after the window's start
  actions: Action[] // open at asOf, or ended in the window
  people: Person[] // who have not left
  sources: SourceHeard[]
  inputs: InputHeard[] // one for each of the six classes
  deliveries: { waiting: number; unreadable: number }
  corrections: Correction[] // filed in the window
  carried: Carried[] // what an earlier meeting parked and none has taken up since
  usual: Usual | null // what a usual morning of this weekday brings
  drill: DrillHeard | null // the last trial of the backup; null = none yet
  undelivered: Undelivered[] // letters of the window that were refused, or are not accepted yet although they are due
}
/** A letter, a chat message or a push that did not arrive. failedAt null = it is still tried. */
export interface Undelivered {
  id: string
  channel: string
  kind: string
  to: string
  dueAt: Date
  failedAt: Date | null
  fault: string | null
}

/** What happened in the window, of one incident. `late` = belongs to an earlier morning that had not heard of it. */
export interface News {
  kind: string
  at: Date
  value: string
  by: string
  late: boolean
}
export interface Incident {
  id: string
  title: string
  symptom: string
  service: string | null
  severity: Severity | null
  state: IncidentState
  startedAt: Date
  detectedAt: Date | null
  acknowledgedAt: Date | null
  mitigatedAt: Date | null
  resolvedAt: Date | null
  closedAt: Date | null
  endedAt: Date | null
  ownerId: string | null
  team: string | null
  site: string | null
  customerMinutes: number | null
  changeId: string | null
  url: string | null
  class: InputClass | null
  postmortem: Decision | null
  postmortemAt: Date | null
  postmortemFor: Date | null
  source: string
  recordedAt: Date
  changedAt: Date
  mergedInto: string | null // another incident that it is part of
  problemIds: string[]
  news: News[] // what happened in the window, oldest first; empty = only still open
}
export interface Alike {
  service: string | null
  symptom: string
  in7Days: number
  in30Days: number
}
export interface Problem {
  id: string
  title: string
  service: string | null
  severity: Severity | null
  state: ProblemState
  openedAt: Date
  fixedAt: Date | null
  closedAt: Date | null
  ownerId: string | null
  architectural: boolean
  changedAt: Date
  incidentCount: number
  lastIncidentAt: Date | null
  news: News[]
}
export interface SiteStanding {
  site: string
  state: SiteState
  since: Date
  capacityPercent: number | null
}
/** A service that serves but could not survive the loss of one more site or lane. */
export interface Exposure {
  id: string
  service: string
  since: Date
  until: Date | null
  certain: boolean
  sites: SiteStanding[] // as they stand at asOf (or stood at `until`)
  ownerId: string | null
  plan: string | null
  eta: Date | null
  notes: { at: Date; text: string; by: string }[]
  incidentIds: string[] // linked by hand, or of the service and begun no later than an hour into it while it overlapped
  peaks: PlannedEvent[] // planned events of the service that touch asOf's day
}
export interface PlannedEvent {
  id: string
  title: string
  from: Date
  to: Date
  service: string | null
  peakPercent: number | null
  valuePerMinute: number | null
  currency: string | null
}
export interface LevelDay {
  service: string
  indicator: string
  day: string
  good: number
  total: number
  unknown: number
  p50?: number | null // ms; null = not told
  p95?: number | null
  zone: string
}
export interface Change {
  id: string
  at: Date
  what: string
  service: string | null
  site: string | null
  who: string | null
  url: string | null
  kind: string | null
  source: string
  rolledBackAt: Date | null
  deniedAt: Date | null
  inResponseTo: string | null // made during a deploy lock, as part of the response to this incident
  late: boolean
}
export interface Complaint {
  id: string
  at: Date
  text: string
  service: string | null
  class: 'customer' | 'internal' | null
  incidentId: string | null
  count: number
  by: string
  late: boolean
}
export interface Forecast {
  id: string
  madeAt: Date
  service: string
  what: string
  dueAt: Date
  confidence: string | null
}
export interface Action {
  id: string
  title: string
  state: ActionState
  openedAt: Date
  ownerId: string | null
  dueAt: Date | null
  acknowledgedAt: Date | null
  endedAt: Date | null
  originKind: string | null
  originId: string | null
}
export interface Person {
  id: string
  name: string
  email: string
  role: string | null
  function: 'support' | 'operations' | 'development' | 'business' | null
  zone: string | null
  deputy: string | null
}
export interface Service {
  id: string
  tier: 'experiment' | 'standard' | 'critical' | null
  objective: number | null
  objectives?: Readonly<Record<string, number>> // percent by indicator, where one has its own
  sitesRequired: number | null
  team: string | null
  needs: { needs: string; group: string }[]
}
export interface Meeting {
  id: string
  day: string
  from: Date | null
  cutOff: Date | null
  openedAt: Date | null
  openedBy: string | null
  closedAt: Date | null
  closedBy: string | null
  figures: unknown
}
export interface SourceHeard {
  name: string
  class: InputClass
  lastHeardAt: Date | null
  silenceMs: number
  silent: boolean
}
/** Whether the backup could be restored when that was last tried. */
export interface DrillHeard {
  at: Date
  fault: string | null // null = it could
  lastGoodAt: Date | null
}
/** lastHeardAt null = never heard: not zero, unknown. */
export interface InputHeard {
  class: InputClass
  count: number
  lastHeardAt: Date | null
  silenceMs: number
  silent: boolean
}
export interface Correction {
  meetingId: string
  number: number
  recordedAt: Date
  subjectKind: string
  subjectId: string
  figure: string
  was: number
  is: number
}
/** subject: its kind and id, a blank between. day: of the meeting that parked it. */
export interface Carried {
  subject: string
  day: string
  why: string
}
export interface Usual {
  weekday: number
  mornings: number
  incidentsOpened: number
}
