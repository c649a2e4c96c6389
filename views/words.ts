import type { ChangeReason, Reason } from '../src/agenda/reason.ts'
import { exposureClauses } from './exposure-words.ts'
import {
  ago,
  counted,
  dayWords,
  figure,
  minutes,
  money,
  objectiveWords,
  percent,
  type Reading,
  sentence,
  spell,
  when,
} from './figures.ts'
import { budgetWords } from './headlines.ts'
import { incidentClauses } from './incident-words.ts'
import { adviceWords, classWord, figureName } from './names.ts'

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
    case 'unproven':
    case 'redundant again':
    case 'thin':
      return exposureClauses(reason, reading)

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
    case 'restored':
    case 'reopened':
    case 'moved':
    case 'late':
    case 'alike':
    case 'still open':
      return incidentClauses(reason, reading)

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
    case 'backup in doubt':
      return [
        reason.fault === null
          ? 'was not tried for more than a day'
          : `could not be restored ${when(reason.at, reading)}: ${reason.fault}`,
        reason.lastGoodAt
          ? `last restored with success ${when(reason.lastGoodAt, reading)}`
          : 'never yet restored with success',
      ]
    case 'undelivered':
      return [
        `${reason.what} of ${when(reason.dueAt, reading)} ${reason.failedAt ? 'was refused' : 'is not accepted yet'}`,
        ...(reason.fault ? [`the other side says: ${reason.fault}`] : []),
      ]
    case 'correction':
      return [
        `correction ${reason.number} to ${dayWords(reason.meetingDay, reading)}: ${figureName(reason.figure)} was told as ${figure(reason.was)}, is ${figure(reason.is)}`,
      ]
  }
}

function unknownClauses(unknownMinutes: number): string[] {
  return unknownMinutes > 0 ? [`${minutes(unknownMinutes)} unknown`] : []
}

function suspicionClauses({ suspectOf, denied }: ChangeReason): string[] {
  if (suspectOf.length > 0) return [`suspected of ${counted(suspectOf.length, 'incident')}${denied ? ', denied' : ''}`]
  return denied ? ['denied as a cause'] : []
}

function timesWords(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : counted(count, 'time')
}
