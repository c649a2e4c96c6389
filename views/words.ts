// Why the room should hear about it, said once for screen, phone, mail and terminal. One switch over all reasons: a new
// one does not compile until it has words here, which is why this file is longer than most.
import type { Escalation, Reason, Suspect } from '../src/agenda/shapes.ts'
import {
  ago,
  counted,
  dayWords,
  figure,
  listed,
  minutes,
  money,
  objectiveWords,
  percent,
  points,
  type Reading,
  sentence,
  spell,
  when,
} from './figures.ts'
import { budgetWords } from './headlines.ts'
import { adviceWords, classWord, figureName, severityWord } from './names.ts'

/** One line: why the room should hear about it. */
export function reasonWords(reason: Reason, reading: Reading): string {
  return reasonClauses(reason, reading).map(sentence).join('. ')
}

/** The same in parts, the weightiest first: a narrow screen shows the first and folds the rest. */
export function reasonClauses(reason: Reason, reading: Reading): string[] {
  const { asOf } = reading
  const since = (at: Date) => spell(asOf.getTime() - at.getTime())
  switch (reason.kind) {
    case 'alone':
      return [
        `on ${listed(reason.sites) || 'no site'} alone for ${since(reason.since)}, since ${when(reason.since, reading)}`,
        headroomClause(reason, reading),
        ...promiseClauses(reason, reading),
        ...escalationClauses(reason.escalation),
      ]
    case 'unproven':
      return [
        `nobody knows whether it would survive the loss of ${listed(reason.sites) || 'a site'}`,
        `${listed(reason.silentSites) || 'a site'} has not said how it stands since ${when(reason.since, reading)}`,
        ...missingClauses(reason.missing),
        ...escalationClauses(reason.escalation),
      ]
    case 'redundant again':
      return [
        `redundant again since ${when(reason.until, reading)}, after ${spell(reason.until.getTime() - reason.since.getTime())} alone`,
      ]
    case 'thin':
      return [
        `needs ${reason.peakPercent} % of capacity from ${when(reason.from, reading)}; ${reason.service} has ${reason.remainingPercent} % left`,
        `${points(reason.peakPercent - reason.remainingPercent)} short`,
      ]

    case 'overdue':
      return [`overdue by ${since(reason.dueAt)}, was due ${when(reason.dueAt, reading)}`]
    case 'due today':
      return ['due today']
    case 'due later':
      return [`due ${when(reason.dueAt, reading)}`]
    case 'no due date':
      return [`open for ${since(reason.since)} without a due date`]
    case 'done since':
      return [`done ${when(reason.at, reading)}`]
    case 'dropped since':
      return [`dropped ${when(reason.at, reading)}`]
    case 'unacknowledged':
      return [`nobody has accepted it for ${since(reason.since)}`]

    case 'off target':
      return [
        `${percent(reason.measured)} over ${reason.days === 1 ? 'the last day' : `${reason.days} days`}, target ${objectiveWords(reason.objective)}`,
        budgetWords(reason.budgetLeftMinutes),
        ...unknownClauses(reason.unknownMinutes),
      ]
    case 'burning':
      return [
        `burns its error budget ${reason.burnRate.toFixed(1)} times too fast: ${percent(reason.measured)} over 7 days, target ${objectiveWords(reason.objective)}`,
        budgetWords(reason.budgetLeftMinutes),
      ]
    case 'not measured':
      return [
        reason.lastDay === null
          ? 'has a target, but nobody has ever measured it'
          : `not measured since ${dayWords(reason.lastDay, reading)}, so nobody knows`,
      ]

    case 'new':
      return [
        `${severityWord(reason.severity)}, ${openWords(reason.startedAt, reason.mitigatedAt, reading)}`,
        ...impactClauses(reason.customerMinutes),
        ...suspectClauses(reason.suspect, reason.startedAt),
      ]
    case 'restored':
      return [
        `${severityWord(reason.severity)}, over after ${spell(reason.at.getTime() - reason.startedAt.getTime())}, ended ${when(reason.at, reading)}`,
        ...impactClauses(reason.customerMinutes),
        ...suspectClauses(reason.suspect, reason.startedAt),
      ]
    case 'reopened':
      return [
        `${severityWord(reason.severity)}, open again since ${when(reason.at, reading)}`,
        ...impactClauses(reason.customerMinutes),
      ]
    case 'moved':
      return [
        `${severityWord(reason.severity)}, ${movedWords(reason.what)} ${when(reason.at, reading)}`,
        ...impactClauses(reason.customerMinutes),
      ]
    case 'late':
      return [
        `${severityWord(reason.severity)}, late: belongs to ${dayWords(reason.belongsTo, reading)}, but we heard of it only now`,
        ...impactClauses(reason.customerMinutes),
      ]
    case 'alike':
      return [
        `${figure(reason.count)} alike, gravest ${severityWord(reason.severity)}, ${reason.openCount === 0 ? 'all over' : `${figure(reason.openCount)} still open`}`,
        `from ${when(reason.firstAt, reading)} to ${when(reason.lastAt, reading)}`,
        ...impactClauses(reason.customerMinutes),
      ]
    case 'still open':
      return [
        `${severityWord(reason.severity)}, ${openWords(reason.since, reason.mitigatedAt, reading)}${reason.unowned ? ', nobody owns it' : ''}`,
        ...impactClauses(reason.customerMinutes),
      ]

    case 'causes incidents':
      return [
        reason.incidentCount === 0
          ? 'no incident linked to it yet'
          : `behind ${counted(reason.incidentCount, 'incident')}${reason.lastIncidentAt ? `, the last ${when(reason.lastIncidentAt, reading)}` : ''}`,
        `open for ${since(reason.since)}`,
      ]
    case 'under watch':
      return [
        `fix out for ${since(reason.fixedAt)}, since ${when(reason.fixedAt, reading)}`,
        ...(reason.incidentCount > 0 ? [`${counted(reason.incidentCount, 'incident')} on its account`] : []),
      ]
    case 'recurred':
      return [`back since ${when(reason.at, reading)}: the fix of ${when(reason.fixedAt, reading)} did not hold`]
    case 'problem closed':
      return [`closed ${when(reason.at, reading)}`]
    case 'recurring':
      return [
        `struck ${timesWords(reason.in7Days)} in 7 days, ${timesWords(reason.in30Days)} in 30`,
        'is there one problem behind it?',
      ]

    case 'complained':
      return [
        `${reason.late ? 'late: ' : ''}${counted(reason.count, reason.class ? `${reason.class} complaint` : 'complaint')}, ${when(reason.at, reading)}`,
        reason.incidentId === null ? 'not linked to an incident' : 'linked to an incident',
      ]
    case 'predicted':
      return [
        `expected ${when(reason.dueAt, reading)}, ${reason.dueAt < asOf ? `${since(reason.dueAt)} overdue` : ago(reason.dueAt, asOf)}`,
        ...(reason.confidence ? [`confidence ${reason.confidence}`] : []),
      ]
    case 'planned':
      return [
        `${when(reason.from, reading)} to ${when(reason.to, reading)}`,
        reason.peakPercent === null ? 'peak unknown' : `peak ${reason.peakPercent} % of capacity`,
        ...(reason.valuePerMinute === null ? [] : [`${money(reason.valuePerMinute, reason.currency)} a minute`]),
      ]

    case 'changed':
      return [
        `${reason.late ? 'late: ' : ''}${when(reason.at, reading)}${reason.who ? ` by ${reading.nameOf?.(reason.who) ?? reason.who}` : ''}`,
        ...suspicionClauses(reason),
        ...(reason.rolledBack ? ['rolled back'] : []),
      ]

    case 'to decide':
      return [`to decide, ${adviceWords(reason.advice)}`]
    case 'put off':
      return [`put off ${when(reason.decidedAt, reading)}, ${adviceWords(reason.advice)}`]
    case 'to schedule':
      return [`decided ${when(reason.decidedAt, reading)}, has no date yet`]
    case 'scheduled':
      return [`postmortem ${when(reason.for, reading)}`]

    case 'silent':
      return [
        reason.lastHeardAt === null
          ? `no ${classWord(reason.class)} was ever told to us`
          : `silent for ${since(reason.lastHeardAt)}, since ${when(reason.lastHeardAt, reading)}`,
        ...(reason.silenceMs > 0 ? [`should speak every ${spell(reason.silenceMs)}`] : []),
      ]
    case 'unreadable deliveries':
      return [`${counted(reason.count, 'delivery', 'deliveries')} kept but not understood`]
    case 'correction':
      return [
        `correction ${reason.number} to ${dayWords(reason.meetingDay, reading)}: ${figureName(reason.figure)} was told as ${figure(reason.was)}, is ${figure(reason.is)}`,
      ]
  }
}

type Alone = Extract<Reason, { kind: 'alone' }>

function headroomClause({ headroomPoints, peak, valueAtRiskPerMinute, currency }: Alone, reading: Reading): string {
  const occasion = peak ? `at ${when(peak.from, reading)} for ${peak.title}` : "for today's peak"
  const room =
    headroomPoints === null
      ? 'headroom unknown'
      : headroomPoints < 0
        ? `${points(headroomPoints)} short ${occasion}`
        : `${points(headroomPoints)} to spare ${occasion}`
  return valueAtRiskPerMinute === null ? room : `${room}, ${money(valueAtRiskPerMinute, currency)} a minute at risk`
}

function promiseClauses({ eta, missing }: Alone, reading: Reading): string[] {
  const promise = eta
    ? eta < reading.asOf
      ? [`promised back by ${when(eta, reading)}, ${spell(reading.asOf.getTime() - eta.getTime())} late`]
      : [`promised back by ${when(eta, reading)}`]
    : []
  return [...promise, ...missingClauses(missing)]
}

function missingClauses(missing: Alone['missing']): string[] {
  const names = { owner: 'owner', plan: 'plan', eta: 'ETA' }
  return missing.length === 0 ? [] : [missing.map((lack) => `no ${names[lack]}`).join(', ')]
}

function escalationClauses(escalation: Escalation): string[] {
  switch (escalation) {
    case 'room':
      return []
    case 'manager':
      return ['past 4 h: the manager must know']
    case 'director':
      return ['past 24 h: the director must know']
    case 'subject line':
      return ['past 72 h: named in the subject line of every mail']
  }
}

function unknownClauses(unknownMinutes: number): string[] {
  return unknownMinutes > 0 ? [`${minutes(unknownMinutes)} unknown`] : []
}

function openWords(since: Date, mitigatedAt: Date | null, reading: Reading): string {
  return mitigatedAt
    ? `service back ${when(mitigatedAt, reading)} after ${spell(mitigatedAt.getTime() - since.getTime())}, not yet resolved`
    : `open for ${spell(reading.asOf.getTime() - since.getTime())}, since ${when(since, reading)}`
}

function impactClauses(customerMinutes: number | null): string[] {
  if (customerMinutes === null) return []
  return customerMinutes === 0
    ? ['near miss: no customer was hurt']
    : [counted(Math.round(customerMinutes), 'customer-minute')]
}

function suspectClauses(suspect: Suspect | null, startedAt: Date): string[] {
  return suspect
    ? [`suspect: ${suspect.what}, ${spell(startedAt.getTime() - suspect.at.getTime())} before it began`]
    : []
}

function suspicionClauses({ suspectOf, denied }: Extract<Reason, { kind: 'changed' }>): string[] {
  if (suspectOf.length > 0) return [`suspected of ${counted(suspectOf.length, 'incident')}${denied ? ', denied' : ''}`]
  return denied ? ['denied as a cause'] : []
}

function movedWords(what: string): string {
  const moves: Record<string, string> = {
    acknowledged: 'acknowledged',
    assigned: 'owner named',
    severity: 'severity changed',
    mitigated: 'service back, not yet resolved,',
    resolved: 'resolved',
    closed: 'closed',
    reopened: 'reopened',
    note: 'noted upon',
    'linked-problem': 'linked to a problem',
    postmortem: 'postmortem decided',
    'postmortem-scheduled': 'postmortem scheduled',
  }
  return moves[what] ?? 'updated'
}

function timesWords(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : counted(count, 'time')
}
