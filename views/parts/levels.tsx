import { addDays, dayOf } from '../../src/calendar.ts'
import { type LevelFigure, type Ratio, ratioOf } from '../../src/measures/service-level.ts'
import type { Incident, LevelDay } from '../../src/record/shapes.ts'
import { counted, objectiveWords, percent } from '../figures.ts'
import { budgetWords, recipeWords } from '../headlines.ts'
import { paths } from '../paths.ts'
import { Bar } from './bar.tsx'
import { DaysTable } from './days-table.tsx'
import { LevelCharts } from './level-charts.tsx'
import { toneOfLevel } from './levels-instrument.tsx'
import { Mark } from './marks.tsx'

/** Of which percentage the days are to be seen. */
export interface OpenedDays {
  indicator: string
  span: number
}

interface LevelBlockProps {
  level: LevelFigure
  days: LevelDay[] // of this indicator, oldest first
  incidents: Incident[]
  opened: OpenedDays | null
  asOf: Date
}

/** One indicator: its figures, how each was counted, its lines, and behind them the days they were made of. */
export function LevelBlock({ level, days, incidents, opened, asOf }: LevelBlockProps) {
  const { indicator, objective, budgetMinutes, budgetLeftMinutes, burnRate } = level
  const today = dayOf(asOf, level.zone)
  const span = opened?.indicator === indicator ? opened.span : null
  const shown = span === null ? days : days.filter(({ day }) => day >= addDays(today, -span))
  const tone = objective === null ? 'plain' : toneOfLevel(level)
  return (
    <section class="block level" id={indicator}>
      <h2>
        <Mark tone={tone} /> {indicator}
        {objective !== null && <small> target {objectiveWords(objective)}</small>}
      </h2>
      <div class="ratios">
        <RatioFigure name="24 h" span={1} ratio={level.day} level={level} />
        <RatioFigure name="7 days" span={7} ratio={level.week} level={level} />
        <RatioFigure name="30 days" span={30} ratio={level.month} level={level} />
        <RatioFigure name="90 days" span={90} ratio={ratioOf(days, 90, today)} level={level} />
      </div>
      {budgetLeftMinutes !== null && (
        <p>
          {budgetWords(budgetLeftMinutes)}
          {burnRate !== null && `; burning at ${burnRate.toFixed(1)} times the even pace over 7 days`}
          <Bar share={budgetMinutes ? budgetLeftMinutes / budgetMinutes : 0} tone={tone} />
        </p>
      )}
      {days.length > 1 && <LevelCharts level={level} days={days} incidents={incidents} />}
      <details id={`days-${indicator}`} open={span !== null}>
        <summary>
          {span === null
            ? 'The days they were counted from'
            : `What the last ${counted(span, 'day')} were counted from`}
        </summary>
        <section class="scroll" tabindex={0} aria-label={`${indicator} by day`}>
          <DaysTable days={days} shown={shown} level={level} />
        </section>
      </details>
    </section>
  )
}

interface RatioFigureProps {
  name: string
  span: number
  ratio: Ratio
  level: LevelFigure
}

/** Under every percentage how it was counted, and that line opens exactly those days. */
function RatioFigure({ name, span, ratio, level }: RatioFigureProps) {
  return (
    <div>
      <p class="kicker">{name}</p>
      <p class="ratio">{ratio.percent === null ? 'unknown' : percent(ratio.percent)}</p>
      <a class="recipe" href={paths.serviceDays(level.service, level.indicator, span)}>
        {recipeWords(ratio)}
      </a>
    </div>
  )
}
