import type { Counts, VerdictReason } from '../src/agenda/shapes.ts'
import { weekdayOf } from '../src/calendar.ts'
import type { LevelFigure, Ratio } from '../src/measures/service-level.ts'
import type { Usual } from '../src/record/shapes.ts'
import {
  counted,
  figure,
  listed,
  minutes,
  objectiveWords,
  percent,
  points,
  type Reading,
  sentence,
  spell,
} from './figures.ts'
import { severityWord, speakerWord } from './names.ts'

/** The sentence under the light. */
export function verdictWords(reason: VerdictReason, reading: Reading): string {
  switch (reason.kind) {
    case 'alone':
      return `${reason.service} on ${listed(reason.sites) || 'no site'} alone for ${spell(reading.asOf.getTime() - reason.since.getTime())}, ${headroomWords(reason.headroomPoints)}${others(reason.others, 'other service', 'other services')}`
    case 'unproven':
      return `Nobody knows whether ${reason.service} would survive the loss of a site${others(reason.others, 'other service', 'other services')}`
    case 'grave incident open':
      return `${severityWord(reason.severity)} open: ${reason.title}${others(reason.others, 'other grave incident', 'other grave incidents')}`
    case 'off target':
      return `${reason.service} is at ${percent(reason.measured)}, target ${objectiveWords(reason.objective)}${others(reason.others, 'other level', 'other levels')}`
    case 'not measured':
      return `Nobody measures ${reason.service}, so its target cannot be judged${others(reason.others, 'other level', 'other levels')}`
    case 'silent':
      return `${sentence(listed(reason.sources.map(speakerWord)))}: silent. What we did not hear, we do not know`
    case 'never heard':
      return 'Nobody has told us anything yet'
    case 'undelivered':
      return `${counted(reason.letters, 'letter')} did not arrive: somebody who was not in the room does not know`
    case 'unowned':
      return `${listed([
        ...(reason.incidents > 0 ? [counted(reason.incidents, 'open incident')] : []),
        ...(reason.problems > 0 ? [counted(reason.problems, 'open problem')] : []),
      ])} without an owner`
    case 'overdue':
      return `${counted(reason.actions, 'action')} overdue`
    case 'severity unknown':
      return `${counted(reason.incidents, 'open incident')} of unknown severity`
    case 'open':
      return `${counted(reason.incidents, 'incident')} open`
    case 'quiet':
      return 'Nothing open, nothing overdue, every source heard'
  }
}

/** What the day's highest forecast peak leaves: '25 points short of today's peak'. */
export function headroomWords(headroomPoints: number | null): string {
  if (headroomPoints === null) return 'headroom unknown'
  return headroomPoints < 0
    ? `${points(headroomPoints)} short of today's peak`
    : `${points(headroomPoints)} above today's peak`
}

function others(count: number, one: string, many: string): string {
  return count === 0 ? '' : `; and ${counted(count, one, many)}`
}

/** '4 new incidents, 2 over, 3 open (1 without an owner)': only what is not nothing, incidents always. */
export function countsWords({
  incidents,
  problems,
  exposures,
  changes,
  complaints,
  actions,
  postmortems,
}: Counts): string[] {
  return [
    `${counted(incidents.opened, 'new incident')}, ${figure(incidents.resolved)} resolved, ${figure(incidents.open)} open${
      incidents.unowned > 0 ? ` (${figure(incidents.unowned)} without an owner)` : ''
    }`,
    ...some(incidents.nearMisses, 'near miss', 'near misses'),
    ...some(incidents.late, 'late incident'),
    ...some(exposures.open, 'service on one site alone', 'services on one site alone'),
    ...some(problems.open, 'open problem'),
    ...some(complaints.inWindow, 'complaint'),
    ...some(changes.inWindow, 'change'),
    ...(actions.open > 0
      ? [`${counted(actions.open, 'open action')}${actions.overdue > 0 ? `, ${figure(actions.overdue)} overdue` : ''}`]
      : []),
    ...some(postmortems.undecided, 'postmortem to decide', 'postmortems to decide'),
  ]
}

function some(count: number, one: string, many?: string): string[] {
  return count === 0 ? [] : [counted(count, one, many)]
}

/** 'a usual Monday brings 3 (from 8 mornings)'; one Monday alone is not yet usual: 'last Monday brought 9'. */
export function usualWords({ weekday, mornings, incidentsOpened }: Usual): string {
  const day = weekdayNames[weekday - 1]
  return mornings === 1
    ? `last ${day} brought ${figure(incidentsOpened)}`
    : `a usual ${day} brings ${figure(incidentsOpened)} (from ${counted(mornings, 'morning')})`
}

/** 'Monday' */
export function weekdayName(day: string): string {
  return weekdayNames[weekdayOf(day) - 1] ?? ''
}

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** What was counted: '43,142 good of 43,080 seen in 30 days; 120 unknown, not counted as good; 1 day missing'. */
export function recipeWords({ good, total, unknown, days, missingDays }: Ratio): string {
  return [
    `${figure(good)} good of ${figure(total)} over ${counted(days, 'day')}`,
    ...(unknown > 0 ? [`${figure(unknown)} unknown, never counted as good`] : []),
    ...(missingDays > 0 ? [`${counted(missingDays, 'day')} missing`] : []),
  ].join('; ')
}

/** Today's standing of one indicator in a line: '99.72 % over 30 days, target 99.9 %, error budget overspent by 78 min'. */
export function levelWords({ month, objective, budgetLeftMinutes }: LevelFigure): string {
  return [
    `${month.percent === null ? 'nothing counted' : percent(month.percent)} over 30 days`,
    objective === null ? 'no target agreed' : `target ${objectiveWords(objective)}`,
    ...(budgetLeftMinutes === null ? [] : [budgetWords(budgetLeftMinutes)]),
  ].join(', ')
}

/** 'error budget overspent by 57 min', '12 min of error budget left'. */
export function budgetWords(leftMinutes: number): string {
  return leftMinutes < 0
    ? `error budget overspent by ${minutes(-leftMinutes)}`
    : `${minutes(leftMinutes)} of error budget left`
}
