import type { Cut } from '../src/reports/digest.ts'
import { figure, type Reading } from './figures.ts'
import type { Tone } from './parts/marks.tsx'
import type { TapDeed } from './parts/taps.tsx'

/** A part of a digest in words, the same for a letter with and without HTML. Paths are of this house. */
export interface WordedPart {
  title: string
  words: string | null // above the rows, or in their place
  rows: WordedRow[]
  more: { words: string; path: string } | null
}
export interface WordedRow {
  group: string | null // said once above the rows that share it
  title: string
  path: string | null
  tone: Tone
  clauses: string[] // the weightiest first
  figures: WordedFigure[]
  share: number | null // of a budget that is left, 0 to 1, drawn beside its figure
  picture: { name: string; words: string } | null // of a chart, where the letter has it; the words stand in for it
  deeds: OfferedDeed[] // what its reader may do from the letter itself
}
export interface WordedFigure {
  name: string
  value: string
  loud?: boolean // the one that the row's tone is about
}

/** One deed to one thing. */
export interface OfferedDeed {
  kind: 'action' | 'hand-over'
  id: string
  deed: TapDeed
}

/** A row with what it has; the rest is nothing. */
export function row(told: Partial<WordedRow> & Pick<WordedRow, 'title' | 'path' | 'tone'>): WordedRow {
  return { group: null, clauses: [], figures: [], share: null, picture: null, deeds: [], ...told }
}

export function moreOf({ more }: Cut<unknown>, path: string): WordedPart['more'] {
  return more === 0 ? null : { words: `and ${figure(more)} more`, path }
}

export function ownerWords(ownerId: string | null, { nameOf }: Reading): string {
  return ownerId === null ? 'nobody’s' : (nameOf?.(ownerId) ?? ownerId)
}
