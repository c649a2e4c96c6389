import { dayOf } from '../../src/calendar.ts'
import { budgetLine } from '../../src/measures/budget-line.ts'
import type { LevelFigure } from '../../src/measures/service-level.ts'
import type { Incident, LevelDay } from '../../src/record/shapes.ts'
import { chartConfiguration, type Drawing } from '../chart-configuration.ts'
import { figure } from '../figures.ts'
import { availabilityDrawing, drawingOf, markedDays, straight } from '../level-drawings.ts'

interface LevelChartsProps {
  level: LevelFigure
  days: LevelDay[] // of this indicator, oldest first
  incidents: Incident[]
}

/** Its availability, what is left of its budget, how long answers took: each as a line, and all of them in the table below. */
export function LevelCharts({ level, days, incidents }: LevelChartsProps) {
  const { objective, indicator } = level
  const struck = incidents.map(({ startedAt }) => dayOf(startedAt, level.zone))
  const marked = markedDays(days, struck)
  const left = budgetLine(days, objective)
  return (
    <>
      <Chart
        name={`${indicator} by day`}
        drawing={availabilityDrawing({ objective, days, struck })}
        caption={`Each day’s percentage over ${figure(days.length)} days; a diamond marks a day on which an incident began.`}
      />
      {left.some((minutes) => minutes !== null) && (
        <Chart
          name={`Error budget of ${indicator}`}
          drawing={drawingOf('min', days, [
            { label: 'budget left', ink: 'ink', values: left, marked },
            straight('spent', 0, days.length),
          ])}
          caption="Minutes of error budget left of the thirty days up to each day; below nought it is overspent."
        />
      )}
      {days.some(({ p50, p95 }) => isTold(p50) || isTold(p95)) && (
        <Chart
          name={`Response times of ${indicator}`}
          drawing={drawingOf('ms', days, [
            { label: 'p95', ink: 'ink', values: days.map(({ p95 }) => p95 ?? null), marked },
            { label: 'p50', ink: 'quiet', values: days.map(({ p50 }) => p50 ?? null) },
          ])}
          caption="Nineteen of twenty answers came within p95, half of them within p50."
        />
      )}
    </>
  )
}

function isTold(ms: number | null | undefined): boolean {
  return ms !== null && ms !== undefined
}

interface ChartProps {
  name: string
  drawing: Drawing
  caption: string
}

function Chart({ name, drawing, caption }: ChartProps) {
  return (
    <figure class="chart">
      <div class="drawing">
        <canvas
          data-chart={JSON.stringify(chartConfiguration(drawing))}
          role="img"
          aria-label={`${name}; the figures are in the table below`}
        />
      </div>
      <figcaption class="quiet">{caption}</figcaption>
    </figure>
  )
}
