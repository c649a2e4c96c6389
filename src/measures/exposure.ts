import type { Exposure, PlannedEvent } from '../record/shapes.ts'

/** What an exposure amounts to at one instant. null = unknown, and unknown is never green. */
export interface ExposureFigure {
  exposure: Exposure
  forMs: number
  escalation: 'room' | 'manager' | 'director' | 'subject line'
  carriedBy: string[] // the sites that serve
  remainingPercent: number | null // capacity of the sites able to carry
  peakPercent: number | null // highest forecast peak of asOf's day
  headroomPoints: number | null // remaining - peak
  peak: PlannedEvent | null // the event behind the peak
  valuePerMinute: number | null // money a minute at risk, of the costliest event of the day
  currency: string | null
  etaPassed: boolean
  missing: ('owner' | 'plan' | 'eta')[]
}
