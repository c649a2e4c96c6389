import type { Agenda } from '../../src/agenda/shapes.ts'
import { isBurning, isUnmeasured, type LevelFigure, offTarget } from '../../src/measures/service-level.ts'
import { figure, minutes, objectiveWords, percent } from '../figures.ts'
import { paths } from '../paths.ts'
import { Bar } from './bar.tsx'
import { Mark } from './marks.tsx'

/** Each level with an objective: what was measured over 30 days, and how much of its error budget is left. */
export function LevelsInstrument({ agenda }: { agenda: Agenda }) {
  const agreed = agenda.levels.filter((level) => level.objective !== null).toSorted(leastBudgetFirst)
  const shown = agreed.slice(0, 6)
  return (
    <section class="instrument" aria-label="Service levels">
      <h2>Service levels, 30 days</h2>
      {shown.length === 0 ? (
        <p>
          No objective is agreed yet. <a href={paths.serviceLevels}>Agree on the first</a>.
        </p>
      ) : (
        <ul class="levels">
          {shown.map((level) => (
            <Level level={level} />
          ))}
        </ul>
      )}
      {agreed.length > shown.length && (
        <a href={paths.serviceLevels}>{figure(agreed.length - shown.length)} more levels</a>
      )}
    </section>
  )
}

function Level({ level }: { level: LevelFigure }) {
  const { service, indicator, objective, month, budgetMinutes, budgetLeftMinutes } = level
  const tone = toneOfLevel(level)
  return (
    <li>
      <Mark tone={tone} />
      <span>
        <a href={paths.service(service)}>
          <bdi>{service}</bdi>
        </a>{' '}
        <small>{indicator}</small>
      </span>
      <b class={`text-${tone}`}>{month.percent === null ? 'unknown' : percent(month.percent)}</b>
      <small>
        target {objectiveWords(objective ?? 0)},{' '}
        {budgetLeftMinutes === null ? 'budget unknown' : shortBudget(budgetLeftMinutes)}
      </small>
      <Bar share={budgetMinutes ? (budgetLeftMinutes ?? 0) / budgetMinutes : 0} tone={tone} />
    </li>
  )
}

function shortBudget(leftMinutes: number): string {
  return leftMinutes < 0 ? `overspent by ${minutes(-leftMinutes)}` : `${minutes(leftMinutes)} of budget left`
}

/** Red off target over 30 days, amber over fewer, when burning, or when nobody knows. */
export function toneOfLevel(level: LevelFigure): 'red' | 'amber' | 'green' {
  if (level.objective === null || level.month.percent === null) return 'amber'

  const missed = offTarget(level)
  if (missed?.days === 30 || (level.budgetLeftMinutes ?? 0) < 0) return 'red'
  return missed || isBurning(level) || isUnmeasured(level) ? 'amber' : 'green'
}

function leastBudgetFirst(a: LevelFigure, b: LevelFigure): number {
  return leftOf(a) - leftOf(b)
}

function leftOf({ budgetMinutes, budgetLeftMinutes }: LevelFigure): number {
  return budgetMinutes && budgetLeftMinutes !== null ? budgetLeftMinutes / budgetMinutes : -9
}
