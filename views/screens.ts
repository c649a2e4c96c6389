import type { Agenda, Counts, Item, Section, Topic } from '../src/agenda/shapes.ts'
import { figure } from './figures.ts'

/** One screenful. Its name is its address: '' the front, 'incidents', 'incidents.2' its second page, 'incidents.2/3' the third item of that alone. */
export type Screen = { name: string; page: number; pages: number; all: number; items: Item[]; zoomed: Item | null } & (
  | { topic: null; section: null }
  | { topic: Topic; section: Section }
)
const rows = 5

export function screensOf(agenda: Agenda): Screen[] {
  return [front, ...agenda.sections.flatMap((section) => screensOfSection(section, allIn(section, agenda.counts)))]
}

/** The screen of that name; the first where there is none. */
export function screenAt(screens: readonly Screen[], asked: string): Screen {
  const [name, item] = asked.split('/')
  const screen = screens.find((each) => each.name === name) ?? front
  const zoomed = screen.items[Number(item) - 1]
  return zoomed ? { ...screen, name: `${name}/${item}`, zoomed } : screen
}

/** How many a section speaks of: a line may stand for many alike, the counts never do. */
export function allIn({ topic, items, omitted }: Section, { incidents }: Counts): number {
  return topic === 'incidents' ? Math.max(incidents.touched, items.length + omitted) : items.length + omitted
}

/** '1,800'; 'none' on somebody's word, else 'unknown': silence is not a zero. */
export function tallyWords(section: Section, counts: Counts): string {
  if (section.items.length > 0) return figure(allIn(section, counts))
  return section.heardAt === null ? 'unknown' : 'none'
}

/** The same in a letter or two: '1,800', '–', '?'. */
export function shortTally(section: Section, counts: Counts): string {
  if (section.items.length > 0) return figure(allIn(section, counts))
  return section.heardAt === null ? '?' : '–'
}

const front: Screen = { name: '', topic: null, section: null, page: 1, pages: 1, all: 0, items: [], zoomed: null }

function screensOfSection(section: Section, all: number): Screen[] {
  const pages = Math.max(1, Math.ceil(section.items.length / rows))
  return Array.from({ length: pages }, (_, index) => ({
    name: index === 0 ? section.topic : `${section.topic}.${index + 1}`,
    topic: section.topic,
    section,
    page: index + 1,
    pages,
    all,
    items: section.items.slice(index * rows, (index + 1) * rows),
    zoomed: null,
  }))
}
