/** One happening, as stored. */
export interface Happened {
  at: Date
  recordedAt: Date
  kind: string
  value: string
  by: string
  why: string
  origin: string
  source: string
}
