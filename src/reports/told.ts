import { isOverdue } from '../agenda/actions.ts'
import { buildAgenda } from '../agenda/agenda.ts'
import { standingOf } from '../agenda/postmortems.ts'
import type { Agenda } from '../agenda/shapes.ts'
import { dayOf, holds } from '../calendar.ts'
import { customerMinutesOf } from '../measures/customer-minutes.ts'
import { type Effectiveness, effectivenessOf } from '../measures/effective.ts'
import { adviceFor } from '../measures/postmortem-advice.ts'
import { type Watched, watched } from '../measures/watch.ts'
import type { Aside, YearAgo } from '../record/aside.ts'
import type { Review } from '../record/reviews.ts'
import type { Decision } from '../record/schema.ts'
import type { Facts, Incident } from '../record/shapes.ts'
import type { SpanTold } from '../record/spans.ts'
import type { LevelChart } from './level-charts.ts'

/** One morning as everybody who was not in the room is told it: frozen once, read by mail, phone and chat alike. */
export interface Told {
  agenda: Agenda
  names: Record<string, string> // of the people in it, by id
  postmortems: Record<string, PostmortemTold> // by incident, of those shown
  watched: (Watched & { title: string })[]
  actions: ActionTold[] // open and overdue, due today, unaccepted or newly given, of everybody
  opened: { sev1: number; sev2: number } // of those that began in the window
  grave: GraveTold[]
  complaints: { now: number; before: number }
  customerMinutes: { known: number; unknown: number; usual: number | null }
  spans: SpanFigures[]
  yearAgo: YearAgoTold | null
  handOvers?: HandOverTold[] // that wait for a yes; snapshots of before they were told have none
  charts?: LevelChart[] // snapshots of before they were drawn have none
}
export interface PostmortemTold {
  decision: Decision | null
  for: Date | null
  isDue: boolean // the room still owes its answer
}
export interface ActionTold {
  id: string
  title: string
  ownerId: string | null
  dueAt: Date | null
  openedAt: Date
  standing: 'overdue' | 'due today' | 'unaccepted' | 'ahead'
  isAccepted: boolean
}
/** To whom it was given, or their deputy where they did not answer. */
export interface HandOverTold {
  id: string
  issue: string
  plan: string
  toId: string
  at: Date
}
/** A sev1 or sev2 that is open, and who runs it. */
export interface GraveTold {
  id: string
  title: string
  severity: Incident['severity']
  startedAt: Date
  ownerId: string | null
}
export interface SpanFigures {
  span: SpanTold['span']
  from: Date
  to: Date
  exposedMs: number
  exposures: number
  meetings: number
  overrunMs: number
  decided: number
  overruled: number // the room decided against the advice
  actions: Effectiveness
  review?: Review | null // of a month or a quarter; snapshots of before it was told have none
}
export interface YearAgoTold {
  day: string
  incidents: YearAgo['incidents']
  actions: Effectiveness
}

export function tellMorning(facts: Facts, aside: Aside): Told {
  const agenda = buildAgenda(facts)
  const { window, zone, asOf } = facts
  const opened = facts.incidents.filter(({ startedAt }) => holds(window, startedAt))
  const shown = new Set(agenda.sections.flatMap(({ items }) => items.map(({ subject }) => subject.id)))
  const actions = facts.actions.flatMap((action) => actionTold(action, facts))
  const handOvers = aside.handOvers.map(handOverTold)
  return {
    agenda,
    names: namesOf(facts, agenda, [...actions.map(({ ownerId }) => ownerId), ...handOvers.map(({ toId }) => toId)]),
    postmortems: Object.fromEntries(
      facts.incidents
        .filter(({ id }) => shown.has(id))
        .map((incident) => [incident.id, postmortemTold(incident, facts)]),
    ),
    watched: aside.fixed.map((fix) => ({
      ...watched(fix, aside.fixedDays, dayOf(asOf, zone)),
      title: fix.title,
    })),
    actions,
    handOvers,
    opened: {
      sev1: opened.filter(({ severity }) => severity === 'sev1').length,
      sev2: opened.filter(({ severity }) => severity === 'sev2').length,
    },
    grave: facts.incidents.filter(isGraveAndOpen).map(graveTold),
    complaints: { now: agenda.counts.complaints.inWindow, before: aside.complaintsBefore },
    customerMinutes: { ...customerMinutesOf(opened), usual: aside.usualCustomerMinutes?.minutes ?? null },
    spans: aside.spans.map((span) => spanFigures(span, facts)),
    yearAgo: aside.yearAgo && tellYearAgo(aside.yearAgo),
  }
}

export function tellYearAgo(yearAgo: YearAgo): YearAgoTold {
  return { ...yearAgo, actions: effectivenessOf(yearAgo.actions) }
}

function namesOf(facts: Facts, agenda: Agenda, others: readonly (string | null)[]): Record<string, string> {
  const told = new Set([
    ...agenda.sections.flatMap(({ items }) =>
      items.flatMap(({ ownerId, reason }) => [ownerId, 'who' in reason ? reason.who : null]),
    ),
    ...others,
    ...facts.incidents.map(({ ownerId }) => ownerId),
  ])
  return Object.fromEntries(facts.people.filter(({ id }) => told.has(id)).map(({ id, name }) => [id, name]))
}

function postmortemTold(incident: Incident, facts: Facts): PostmortemTold {
  const { postmortem, postmortemFor } = incident
  const standing = standingOf(incident, facts)
  return { decision: postmortem, for: postmortemFor, isDue: standing === 'to decide' || standing === 'put off' }
}

function actionTold(action: Facts['actions'][number], facts: Facts): ActionTold[] {
  const { id, title, ownerId, dueAt, openedAt, endedAt, acknowledgedAt } = action
  if (endedAt !== null) return []
  const today = dayOf(facts.asOf, facts.zone)
  const standing = isOverdue(action, facts)
    ? 'overdue'
    : dueAt !== null && dayOf(dueAt, facts.zone) === today
      ? 'due today'
      : acknowledgedAt === null
        ? 'unaccepted'
        : 'ahead'
  return [{ id, title, ownerId, dueAt, openedAt, standing, isAccepted: acknowledgedAt !== null }]
}

function handOverTold({ id, issue, plan, toId, deputyId, at }: Aside['handOvers'][number]): HandOverTold {
  return { id, issue, plan, toId: deputyId ?? toId, at }
}

function isGraveAndOpen({ severity, endedAt }: Incident): boolean {
  return endedAt === null && (severity === 'sev1' || severity === 'sev2')
}

function graveTold({ id, title, severity, startedAt, ownerId }: Incident): GraveTold {
  return { id, title, severity, startedAt, ownerId }
}

const meetingMs = 15 * 60_000

function spanFigures(
  { span, from, to, exposures, meetings, decided, alike, actions, review }: SpanTold,
  facts: Facts,
): SpanFigures {
  const within = (at: Date) => Math.min(Math.max(at.getTime(), from.getTime()), to.getTime())
  const known = { alike, exposures: facts.exposures, services: facts.services }
  const settled = decided.filter(({ postmortem }) => postmortem === 'yes' || postmortem === 'no')
  return {
    span,
    from,
    to,
    exposedMs: sum(exposures.map(({ since, until }) => within(until ?? to) - within(since))),
    exposures: exposures.length,
    meetings: meetings.length,
    overrunMs: sum(
      meetings.map(({ openedAt, closedAt }) => Math.max(0, closedAt.getTime() - openedAt.getTime() - meetingMs)),
    ),
    decided: settled.length,
    overruled: settled.filter((incident) => adviceFor(incident, known).answer !== incident.postmortem).length,
    actions: effectivenessOf(actions),
    review,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, one) => whole + one, 0)
}
