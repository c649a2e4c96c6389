import type { Correction } from '../record/shapes.ts'
import type { Afterwards } from './minutes.ts'

/** One state of the minutes: 0 as the room left them, then one for each numbered correction. */
export interface Edition {
  number: number
  from: Date // when it became so
  figures: string[] // the names of what its correction corrected
}
/** What stands otherwise in the later of two editions. */
export interface Amended {
  figures: { figure: string; before: number; after: number; corrections: number[] }[]
  remarks: Afterwards['remarks']
}

export function editionsOf(closedAt: Date, corrections: readonly Correction[]): Edition[] {
  const numbers = [...new Set(corrections.map(({ number }) => number))].toSorted((a, b) => a - b)
  return [
    { number: 0, from: closedAt, figures: [] },
    ...numbers.map((number) => {
      const filed = corrections.filter((correction) => correction.number === number)
      return { number, from: filed[0]?.recordedAt ?? closedAt, figures: filed.map(({ figure }) => figure) }
    }),
  ]
}

/** What had been said by the time of an edition; the last one holds all that was said since, too. */
export function afterwardsAt(edition: number, all: Afterwards): Afterwards {
  const next = all.corrections.find(({ number }) => number > edition)
  return {
    corrections: all.corrections.filter(({ number }) => number <= edition),
    remarks: next ? all.remarks.filter(({ at }) => at < next.recordedAt) : all.remarks,
  }
}

/** A figure that was corrected twice in between is told once: as it was before, and as it is after. */
export function amendedBetween(earlier: number, later: number, all: Afterwards): Amended {
  const filed = all.corrections.filter(({ number }) => number > earlier && number <= later)
  const told = new Set(afterwardsAt(earlier, all).remarks)
  const figures = [...new Set(filed.map(({ figure }) => figure))].flatMap((figure) => {
    const its = filed.filter((correction) => correction.figure === figure)
    const [first, last] = [its[0], its.at(-1)]
    return first && last
      ? { figure, before: first.was, after: last.is, corrections: its.map(({ number }) => number) }
      : []
  })
  return { figures, remarks: afterwardsAt(later, all).remarks.filter((remark) => !told.has(remark)) }
}
