import { budgetLine } from '../../src/measures/budget-line.ts'
import type { LevelFigure } from '../../src/measures/service-level.ts'
import type { LevelDay } from '../../src/record/shapes.ts'
import { figure, percent } from '../figures.ts'

interface DaysTableProps {
  level: LevelFigure
  days: LevelDay[] // all of this indicator, oldest first
  shown: LevelDay[] // the last of them
}

/** What a percentage, and each line drawn, was counted from: day by day, the newest first, with their sum. */
export function DaysTable({ level, days, shown }: DaysTableProps) {
  const left = budgetLine(days, level.objective).slice(days.length - shown.length)
  const timed = shown.some(({ p50, p95 }) => (p50 ?? p95 ?? null) !== null)
  const columns = ['Good', 'Of', 'Unknown', 'Percent', 'Budget left, min', ...(timed ? ['p50, ms', 'p95, ms'] : [])]
  const rows = shown.map((day, place) => ({ ...day, left: left[place] ?? null })).toReversed()
  return (
    <table>
      <caption class="unseen">{level.indicator} by day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {columns.map((column) => (
            <th scope="col" class="number">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ day, good, total, unknown, left, p50, p95 }) => (
          <tr>
            <th scope="row">{day}</th>
            <Figures figures={[figure(good), figure(total), figure(unknown), shareWords(good, total), told(left)]} />
            {timed && <Figures figures={[told(p50 ?? null), told(p95 ?? null)]} />}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Together</th>
          <Figures figures={[figure(sum(rows, 'good')), figure(sum(rows, 'total')), figure(sum(rows, 'unknown'))]} />
          <Figures figures={[shareWords(sum(rows, 'good'), sum(rows, 'total')), '']} />
          {timed && <Figures figures={['', '']} />}
        </tr>
      </tfoot>
    </table>
  )
}

function Figures({ figures }: { figures: string[] }) {
  return (
    <>
      {figures.map((words) => (
        <td class="number">{words}</td>
      ))}
    </>
  )
}

function shareWords(good: number, total: number): string {
  return total > 0 ? percent((good / total) * 100) : 'unknown'
}

function told(value: number | null): string {
  return value === null ? 'unknown' : figure(value)
}

function sum(days: readonly LevelDay[], what: 'good' | 'total' | 'unknown'): number {
  return days.reduce((whole, day) => whole + day[what], 0)
}
