import { dayOf } from '../../src/calendar.ts'
import type { LevelFigure, Ratio } from '../../src/measures/service-level.ts'
import type { Incident, LevelDay } from '../../src/record/shapes.ts'
import { figure, objectiveWords, percent } from '../figures.ts'
import { budgetWords, recipeWords } from '../headlines.ts'
import { Bar } from './bar.tsx'
import { toneOfLevel } from './levels-instrument.tsx'
import { Mark } from './marks.tsx'

interface LevelBlockProps {
  level: LevelFigure
  days: LevelDay[] // of this indicator, oldest first
  incidents: Incident[]
}

/** One indicator: its figures, how each was counted, its curve, and behind it the days it was made of. */
export function LevelBlock({ level, days, incidents }: LevelBlockProps) {
  const { indicator, objective, budgetMinutes, budgetLeftMinutes, burnRate } = level
  const tone = objective === null ? 'plain' : toneOfLevel(level)
  return (
    <section class="block level" id={indicator}>
      <h2>
        <Mark tone={tone} /> {indicator}
        {objective !== null && <small> target {objectiveWords(objective)}</small>}
      </h2>
      <div class="ratios">
        <RatioFigure name="24 h" ratio={level.day} indicator={indicator} />
        <RatioFigure name="7 days" ratio={level.week} indicator={indicator} />
        <RatioFigure name="30 days" ratio={level.month} indicator={indicator} />
      </div>
      {budgetLeftMinutes !== null && (
        <p>
          {budgetWords(budgetLeftMinutes)}
          {burnRate !== null && `; burning at ${burnRate.toFixed(1)} times the even pace over 7 days`}
          <Bar
            share={budgetMinutes ? budgetLeftMinutes / budgetMinutes : 0}
            tone={objective === null ? 'plain' : toneOfLevel(level)}
          />
        </p>
      )}
      {days.length > 1 && <Curve level={level} days={days} incidents={incidents} />}
      <details id={`days-${indicator}`}>
        <summary>The days it was counted from</summary>
        <div class="scroll">
          <DaysTable days={days} indicator={indicator} />
        </div>
      </details>
    </section>
  )
}

/** Under every percentage how it was counted, and that line opens the days. */
function RatioFigure({ name, ratio, indicator }: { name: string; ratio: Ratio; indicator: string }) {
  return (
    <div>
      <p class="kicker">{name}</p>
      <p class="ratio">{ratio.percent === null ? 'unknown' : percent(ratio.percent)}</p>
      <a class="recipe" href={`#days-${indicator}`}>
        {recipeWords(ratio)}
      </a>
    </div>
  )
}

function Curve({ level, days, incidents }: LevelBlockProps) {
  const struck = new Set(incidents.map(({ startedAt }) => dayOf(startedAt, level.zone)))
  const drawn = {
    label: level.indicator,
    objective: level.objective,
    days: days.map(({ day }) => day),
    percents: days.map(({ good, total }) => (total > 0 ? Math.floor((good / total) * 1e5) / 1e3 : null)),
    struck: days.map(({ day }) => struck.has(day)),
  }
  return (
    <figure class="chart">
      <canvas
        data-chart={JSON.stringify(drawn)}
        role="img"
        aria-label={`${level.indicator} by day; the figures are in the table below`}
      />
      <figcaption class="quiet">
        Each day’s percentage over {figure(days.length)} days; a diamond marks a day on which an incident began.
      </figcaption>
    </figure>
  )
}

function DaysTable({ days, indicator }: { days: LevelDay[]; indicator: string }) {
  return (
    <table>
      <caption class="unseen">{indicator} by day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col" class="number">
            Good
          </th>
          <th scope="col" class="number">
            Of
          </th>
          <th scope="col" class="number">
            Unknown
          </th>
          <th scope="col" class="number">
            Percent
          </th>
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map(({ day, good, total, unknown }) => (
          <tr>
            <th scope="row">{day}</th>
            <td class="number">{figure(good)}</td>
            <td class="number">{figure(total)}</td>
            <td class="number">{figure(unknown)}</td>
            <td class="number">{total > 0 ? percent((good / total) * 100) : 'unknown'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
