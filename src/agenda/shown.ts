import type { Item } from './shapes.ts'

/** What a section shows, and how many subjects it holds back. */
export interface Shown {
  items: Item[]
  omitted: number
}

/** As many as a room can read of one section. */
export const mostShown = 40

/** The first of a list already in its order. */
export function shorten(items: Item[]): Shown {
  return { items: items.slice(0, mostShown), omitted: Math.max(0, items.length - mostShown) }
}
