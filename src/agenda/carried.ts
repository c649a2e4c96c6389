import type { Carried } from '../record/shapes.ts'
import type { Item } from './shapes.ts'
import type { Shown } from './shown.ts'
import { keyOf } from './subject.ts'

/** What an earlier meeting parked comes first in its section (A4), in the order in which the section has it anyway. */
export function carriedFirst({ items, omitted }: Shown, carried: readonly Carried[]): Shown {
  if (carried.length === 0) return { items, omitted }

  const byKey = new Map(carried.map(({ subject, day, why }) => [subject, { day, why }]))
  const marked = items.map((item) => markedBy(byKey, item))
  return { items: [...marked.filter(({ parked }) => parked), ...marked.filter(({ parked }) => !parked)], omitted }
}

function markedBy(byKey: ReadonlyMap<string, { day: string; why: string }>, item: Item): Item {
  const parked = byKey.get(keyOf(item.subject))
  return parked ? { ...item, parked } : item
}
