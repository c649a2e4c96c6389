/** One figure of the bench: what was measured, what was wished for, whether it was met. */
export interface Figure {
  figure: string
  measured: string
  bar: string
  met: boolean
}

export function atMost(figure: string, value: number, bar: number, unit: string): Figure {
  return { figure, measured: `${rounded(value)} ${unit}`, bar: `<= ${bar} ${unit}`, met: value <= bar }
}

export function atLeast(figure: string, value: number, bar: number, unit: string): Figure {
  return { figure, measured: `${rounded(value)} ${unit}`, bar: `>= ${bar} ${unit}`, met: value >= bar }
}

export function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'measured', 'bar', ''],
    ...figures.map(({ figure, measured, bar, met }) => [figure, measured, bar, met ? 'met' : 'NOT MET']),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
