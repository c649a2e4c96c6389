import { dayOf } from '../../src/calendar.ts'
import { budgetLine } from '../../src/measures/budget-line.ts'
import type { LevelFigure } from '../../src/measures/service-level.ts'
import type { Incident, LevelDay } from '../../src/record/shapes.ts'
import { figure } from '../figures.ts'

interface LevelChartsProps {
  level: LevelFigure
  days: LevelDay[] // of this indicator, oldest first
  incidents: Incident[]
}

/** A line of a chart as public/charts.js draws it; `ink` names a colour of the page. null = unknown, a gap. */
interface Line {
  label: string
  ink: 'ink' | 'quiet' | 'red'
  values: (number | null)[]
  dashed?: boolean
  marked?: boolean[] // a diamond there
}

/** Its availability, what is left of its budget, how long answers took: each as a line, and all of them in the table below. */
export function LevelCharts({ level, days, incidents }: LevelChartsProps) {
  const { objective, indicator } = level
  const struck = new Set(incidents.map(({ startedAt }) => dayOf(startedAt, level.zone)))
  const marked = days.map(({ day }) => struck.has(day))
  const left = budgetLine(days, objective)
  const target = objective === null ? [] : [straight(`target ${objective} %`, objective, days.length)]
  return (
    <>
      <Chart
        name={`${indicator} by day`}
        unit="%"
        days={days}
        lines={[{ label: indicator, ink: 'ink', values: days.map(percentOf), marked }, ...target]}
        caption={`Each day’s percentage over ${figure(days.length)} days; a diamond marks a day on which an incident began.`}
      />
      {left.some((minutes) => minutes !== null) && (
        <Chart
          name={`Error budget of ${indicator}`}
          unit="min"
          days={days}
          lines={[{ label: 'budget left', ink: 'ink', values: left, marked }, straight('spent', 0, days.length)]}
          caption="Minutes of error budget left of the thirty days up to each day; below nought it is overspent."
        />
      )}
      {days.some(({ p50, p95 }) => isTold(p50) || isTold(p95)) && (
        <Chart
          name={`Response times of ${indicator}`}
          unit="ms"
          days={days}
          lines={[
            { label: 'p95', ink: 'ink', values: days.map(({ p95 }) => p95 ?? null), marked },
            { label: 'p50', ink: 'quiet', values: days.map(({ p50 }) => p50 ?? null) },
          ]}
          caption="Nineteen of twenty answers came within p95, half of them within p50."
        />
      )}
    </>
  )
}

function isTold(ms: number | null | undefined): boolean {
  return ms !== null && ms !== undefined
}

function percentOf({ good, total }: LevelDay): number | null {
  return total > 0 ? Math.floor((good / total) * 1e5) / 1e3 : null
}

function straight(label: string, value: number, length: number): Line {
  return { label, ink: 'red', dashed: true, values: Array.from({ length }, () => value) }
}

interface ChartProps {
  name: string
  unit: string
  days: LevelDay[]
  lines: Line[]
  caption: string
}

function Chart({ name, unit, days, lines, caption }: ChartProps) {
  return (
    <figure class="chart">
      <div class="drawing">
        <canvas
          data-chart={JSON.stringify({ unit, days: days.map(({ day }) => day), lines })}
          role="img"
          aria-label={`${name}; the figures are in the table below`}
        />
      </div>
      <figcaption class="quiet">{caption}</figcaption>
    </figure>
  )
}
