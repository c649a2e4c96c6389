import type { InputClass } from '../record/schema.ts'
import type { Facts, SourceHeard } from '../record/shapes.ts'
import type { Agenda, Topic } from './shapes.ts'

// Whose word an empty section rests on. What the room itself records needs nobody to tell it.
const speakers: Record<Topic, readonly InputClass[] | 'the room' | 'anybody'> = {
  exposures: ['automated', 'manual'],
  actions: 'the room',
  'service-levels': ['service-level'],
  incidents: ['automated', 'manual'],
  'still-open': ['automated', 'manual'],
  problems: 'anybody',
  complaints: ['customer', 'internal', 'predictive'],
  changes: ['automated', 'manual'],
  postmortems: 'the room',
  sources: 'anybody',
}

/** The age of what an empty section claims. null = nobody ever told us: that is not "none". */
export function heardAt(topic: Topic, { inputs, asOf }: Facts): Date | null {
  const wanted = speakers[topic]
  if (wanted === 'the room') return asOf

  const heard = inputs
    .filter((input) => wanted === 'anybody' || wanted.includes(input.class))
    .flatMap(({ lastHeardAt }) => lastHeardAt ?? [])
  return heard.toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null
}

/** The sources a section listens to: the one that spoke last first. */
export function sourcesOf(topic: Topic, { sources }: Pick<Agenda, 'sources'>): SourceHeard[] {
  const wanted = speakers[topic]
  if (wanted === 'the room') return []

  return sources
    .filter((source) => wanted === 'anybody' || wanted.includes(source.class))
    .toSorted((a, b) => (b.lastHeardAt?.getTime() ?? 0) - (a.lastHeardAt?.getTime() ?? 0) || (a.name < b.name ? -1 : 1))
}
