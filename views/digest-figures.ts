import type { ExposureFigure } from '../src/measures/exposure.ts'
import type { LevelLine } from '../src/reports/digest.ts'
import { ownerWords, row, type WordedRow } from './digest-rows.ts'
import { listed, minutes, money, objectiveWords, percent, type Reading, spell, when } from './figures.ts'
import { headroomWords, recipeWords } from './headlines.ts'
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
export function levelRow({ figure: level, change }: LevelLine): WordedRow {
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
    clauses: [...(change === null ? [] : [changeWords(change)]), `counted: ${recipeWords(month)}`],
    share: budgetMinutes ? Math.min(1, Math.max(0, left / budgetMinutes)) : 0,
  })
}

function changeWords(change: number): string {
  const points = Math.abs(change).toFixed(2)
  if (points === '0.00') return 'as in the last digest'
  return `${points} points ${change < 0 ? 'less' : 'more'} than in the last digest`
}
