import type { Agenda, Item, Topic } from './shapes.ts'

/** What is otherwise on one morning's agenda than on another's, section by section; sections alike are left out. */
export interface SectionDifference {
  topic: Topic
  came: Item[] // on the later one only
  went: Item[] // on the earlier one only
  changed: { was: Item; became: Item }[] // on both, for another reason or another's
}
/** A figure of both mornings. */
export interface FigureDifference {
  figure: string // 'incidents.opened'
  was: number
  became: number
}
export interface MorningDifference {
  sections: SectionDifference[]
  figures: FigureDifference[]
}

export function differenceOf(earlier: Agenda, later: Agenda): MorningDifference {
  const sections = later.sections.map(({ topic, items }) => {
    const before = earlier.sections.find((section) => section.topic === topic)?.items ?? []
    return sectionDifference(topic, before, items)
  })
  return {
    sections: sections.filter(({ came, went, changed }) => came.length + went.length + changed.length > 0),
    figures: figuresOf(later).flatMap(([figure, became]) => {
      const was = figuresOf(earlier).find(([name]) => name === figure)?.[1] ?? 0
      return was === became ? [] : [{ figure, was, became }]
    }),
  }
}

function sectionDifference(topic: Topic, before: readonly Item[], after: readonly Item[]): SectionDifference {
  const known = new Map(before.map((item) => [keyOf(item), item]))
  const still = new Set(after.map(keyOf))
  return {
    topic,
    came: after.filter((item) => !known.has(keyOf(item))),
    went: before.filter((item) => !still.has(keyOf(item))),
    changed: after.flatMap((became) => {
      const was = known.get(keyOf(became))
      return was && (was.reason.kind !== became.reason.kind || was.ownerId !== became.ownerId) ? [{ was, became }] : []
    }),
  }
}

function keyOf({ subject }: Item): string {
  return `${subject.kind} ${subject.id}`
}

function figuresOf({ counts }: Agenda): [string, number][] {
  return Object.entries(counts).flatMap(([group, figures]) =>
    Object.entries(figures as Record<string, number>).map(([name, value]): [string, number] => [
      `${group}.${name}`,
      value,
    ]),
  )
}
