/** What came of trying one fault again and again. `null` = it could not be tried here, and why. */
export interface Outcome {
  tried: number
  survived: number
  lost: string
  worstMs: number | null // the longest that anybody had to wait, or that was lost
  asMeant: boolean
}
export interface NotRun {
  notRun: string
}
export const notFaked: NotRun = { notRun: 'faketime is not there' }
/** A row of trust.md's table. `times`: how often it asks for it to be tried. */
export interface Row {
  id: string
  fault: string
  times: number
  run(times: number): Promise<Outcome | NotRun>
}

export function header(): string {
  return line('', 'fault', ['tried', 'survived', 'worst'], 'lost')
}

export function told({ id, fault }: Row, outcome: Outcome | NotRun): string {
  if ('notRun' in outcome) return line(id, fault, ['not run', '', ''], outcome.notRun)
  const { tried, survived, lost, worstMs, asMeant } = outcome
  const worst =
    worstMs === null ? '' : worstMs < 1000 ? `${Math.round(worstMs)} ms` : `${(worstMs / 1000).toFixed(1)} s`
  return line(id, fault, [String(tried), String(survived), worst], `${lost}${asMeant ? '' : '  FAILED'}`)
}

function line(id: string, fault: string, figures: readonly string[], lost: string): string {
  return `${id.padEnd(5)}${fault.padEnd(56)}${figures.map((figure) => figure.padStart(10)).join('')}  ${lost}`
}
