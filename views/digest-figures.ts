import { dateWords } from '../src/calendar.ts'
import type { ExposureFigure } from '../src/measures/exposure.ts'
import type { LevelLine } from '../src/reports/digest.ts'
import { ownerWords, row, type WordedRow } from './digest-rows.ts'
import {
  counted,
  figure,
  listed,
  minutes,
  money,
  objectiveWords,
  percent,
  type Reading,
  spell,
  when,
} from './figures.ts'
import { headroomWords, recipeWords } from './headlines.ts'
import { percentOf } from './level-drawings.ts'
import { paths } from './paths.ts'

/** Service, site left, since, owner, ETA, headroom today. */
export function exposureRow(told: ExposureFigure, reading: Reading): WordedRow {
  const { exposure, carriedBy, forMs, headroomPoints, valuePerMinute, currency, etaPassed, peak } = told
  const eta = exposure.eta === null ? 'none' : `${etaPassed ? 'passed, ' : ''}${when(exposure.eta, reading)}`
  const headroom = `${headroomWords(headroomPoints)}${peak ? ` (${peak.title}, ${when(peak.from, reading)})` : ''}`
  return row({
    title: exposure.service,
    path: paths.exposure(exposure.id),
    tone: told.escalation !== 'room' || (headroomPoints ?? 0) < 0 ? 'red' : 'amber',
    figures: [
      { name: 'site left', value: exposure.certain ? listed(carriedBy.toSorted()) || 'none' : 'unproven' },
      { name: 'for', value: spell(forMs), loud: true },
      { name: 'since', value: when(exposure.since, reading) },
      { name: 'owner', value: ownerWords(exposure.ownerId, reading) },
      { name: 'ETA', value: eta },
    ],
    clauses: [
      headroom,
      ...(valuePerMinute === null ? [] : [`${money(valuePerMinute, currency)} a minute at risk`]),
      exposure.plan === null ? 'no plan' : `plan: ${exposure.plan}`,
    ],
  })
}

/** Target, a day, thirty days, what is left of the budget; how it was counted. */
export function levelRow({ figure: level, change, chart }: LevelLine): WordedRow {
  const { service, indicator, objective, day, month, budgetMinutes, budgetLeftMinutes, burnRate } = level
  const left = budgetLeftMinutes ?? 0
  const isMissed = objective !== null && month.percent !== null && month.percent < objective
  return row({
    title: `${service} ${indicator}`,
    path: paths.service(service),
    tone: isMissed || left < 0 ? 'red' : month.percent === null || (burnRate ?? 0) > 1 ? 'amber' : 'green',
    figures: [
      { name: 'target', value: objective === null ? 'none' : objectiveWords(objective) },
      { name: '24 h', value: day.percent === null ? 'unknown' : percent(day.percent) },
      { name: '30 d', value: month.percent === null ? 'unknown' : percent(month.percent) },
      { name: 'left', value: budgetLeftMinutes === null ? 'unknown' : minutes(budgetLeftMinutes), loud: true },
    ],
    clauses: [
      ...(change === null ? [] : [changeWords(change)]),
      ...(chart === null ? [] : [chartWords(chart)]),
      `counted: ${recipeWords(month)}`,
    ],
    picture: chart && { name: chart.name, words: `${indicator} by day: ${chartWords(chart)}` },
    share: budgetMinutes ? Math.min(1, Math.max(0, left / budgetMinutes)) : 0,
  })
}

/** What the picture shows: '30 days, 3 of them under target, the least 98.21 % on Tue 17 Nov, incidents began on 4'. */
function chartWords({ days, objective, struck }: NonNullable<LevelLine['chart']>): string {
  const told = days
    .flatMap((day) => ({ day: day.day, percent: percentOf(day) ?? Number.NaN }))
    .filter(({ percent }) => percent >= 0)
  const under = told.filter(({ percent }) => percent < objective)
  const [least] = told.toSorted((a, b) => a.percent - b.percent)
  const unseen = days.length - told.length
  return [
    counted(days.length, 'day'),
    under.length === 0 ? 'none of them under target' : `${figure(under.length)} of them under target`,
    ...(least ? [`the least ${percent(least.percent)} on ${dateWords(least.day)}`] : []),
    ...(struck.length > 0 ? [`incidents began on ${figure(struck.length)}`] : []),
    ...(unseen > 0 ? [`${figure(unseen)} unknown`] : []),
  ].join(', ')
}

function changeWords(change: number): string {
  const points = Math.abs(change).toFixed(2)
  if (points === '0.00') return 'as in the last digest'
  return `${points} points ${change < 0 ? 'less' : 'more'} than in the last digest`
}
