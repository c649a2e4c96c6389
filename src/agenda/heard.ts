import type { InputClass } from '../record/schema.ts'
import type { Facts } from '../record/shapes.ts'
import type { Topic, Word } from './shapes.ts'

// Whose word an empty section rests on. What the room itself records needs nobody to tell it.
const speakers: Record<Topic, readonly InputClass[] | 'the room' | 'anybody'> = {
  exposures: ['automated', 'manual'],
  actions: 'the room',
  'service-levels': ['service-level'],
  incidents: ['automated', 'manual'],
  'still-open': ['automated', 'manual'],
  problems: 'the room',
  complaints: ['customer', 'internal', 'predictive'],
  changes: ['automated', 'manual'],
  postmortems: 'the room',
  sources: 'anybody',
}

/** On whose word a section may say that there is nothing, and how old that word is. Never heard is not "none". */
export function wordOn(topic: Topic, facts: Facts): Word {
  const { inputs, sources, asOf, window } = facts
  const wanted = speakers[topic]
  if (wanted === 'the room') return { since: window.from, heardAt: asOf, heardFrom: null, silent: [] }

  if (topic === 'exposures' && facts.sites.length === 0)
    return { since: window.from, heardAt: null, heardFrom: null, silent: [] }

  const speaks = (speaker: { class: InputClass }) => wanted === 'anybody' || wanted.includes(speaker.class)
  const [heard] = inputs
    .filter(speaks)
    .flatMap(({ lastHeardAt }) => lastHeardAt ?? [])
    .toSorted(latestFirst)
  const [source] = sources.filter(speaks).toSorted(lastSpokenFirst)
  return {
    since: window.from,
    heardAt: heard ?? null,
    heardFrom: source?.lastHeardAt && heard && source.lastHeardAt >= heard ? source.name : null,
    silent: sources.flatMap((one) => (speaks(one) && one.silent ? one.name : [])).toSorted(),
  }
}

function latestFirst(a: Date, b: Date): number {
  return b.getTime() - a.getTime()
}

function lastSpokenFirst(
  a: { lastHeardAt: Date | null; name: string },
  b: { lastHeardAt: Date | null; name: string },
): number {
  return (b.lastHeardAt?.getTime() ?? 0) - (a.lastHeardAt?.getTime() ?? 0) || (a.name < b.name ? -1 : 1)
}
