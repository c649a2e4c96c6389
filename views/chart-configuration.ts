/** What a chart shows: days from left to right, and lines above them. */
export interface Drawing {
  unit: '%' | 'min' | 'ms'
  days: string[]
  lines: Line[]
}
/** `ink` names a colour of whoever draws. null = unknown, a gap. */
export interface Line {
  label: string
  ink: Ink
  values: (number | null)[]
  dashed?: boolean
  marked?: boolean[] // a diamond there
}
export type Ink = 'ink' | 'quiet' | 'line' | 'red'

/**
 * The drawing for Chart.js, the same for a page (public/charts.js) and for the picture in a letter (post/drawing.ts). It is
 * all words: its colours are names of inks, put in place by whoever draws, on paper of its own.
 */
export function chartConfiguration({ unit, days, lines }: Drawing) {
  const places = unit === '%' ? 2 : 0
  const amount = { style: 'unit', unit: unitNames[unit], minimumFractionDigits: places, maximumFractionDigits: places }
  return {
    type: 'line',
    data: { labels: days, datasets: lines.map(dataset) },
    options: {
      animation: false,
      locale: 'en',
      maintainAspectRatio: false,
      scales: {
        x: { ticks: { color: 'quiet', maxTicksLimit: 7, maxRotation: 0 }, grid: { display: false } },
        y: {
          grace: '5%',
          ...(unit === '%' && { max: 100 }),
          ticks: { color: 'quiet', maxTicksLimit: 5, format: amount },
          grid: { color: 'line' },
        },
      },
      plugins: { legend: { labels: { color: 'ink', usePointStyle: true, pointStyle: 'line' } } },
    },
  } as const
}

const unitNames = { '%': 'percent', min: 'minute', ms: 'millisecond' } as const

function dataset({ label, ink, values, dashed = false, marked = [] }: Line) {
  return {
    label,
    data: values,
    borderColor: ink,
    borderDash: dashed ? [6, 4] : [],
    borderWidth: 2,
    stepped: dashed ? (false as const) : ('middle' as const),
    spanGaps: false,
    pointRadius: values.map((_, place) => (marked[place] ? 6 : 0)),
    pointStyle: 'rectRot' as const,
    pointBackgroundColor: 'red',
    pointBorderColor: ink,
    clip: false as const,
  }
}
