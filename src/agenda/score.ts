import type { Agenda, Item, Section, Topic } from './shapes.ts'

/** The fifteen minutes, screen by screen, and how long each may take. */
export const score = [
  { name: 'roll-call', forMs: 45_000 },
  { name: 'right-now', forMs: 90_000 },
  { name: 'actions', forMs: 120_000 },
  { name: 'service-levels', forMs: 75_000 },
  { name: 'incidents', forMs: 240_000 },
  { name: 'problems', forMs: 105_000 },
  { name: 'voices', forMs: 45_000 },
  { name: 'changes', forMs: 60_000 },
  { name: 'read-back', forMs: 75_000 },
  { name: 'close', forMs: 45_000 },
] as const
export type ScreenName = (typeof score)[number]['name']
export const meetingMs = score.reduce((sum, { forMs }) => sum + forMs, 0)
/** How long one incident may take. */
export const cardMs = 40_000

/** One stop on the way, an address of its own: a screen, a page of it, or one item alone. */
export interface Stop {
  name: string // 'actions', 'actions.2', 'incidents/incident INC-3192'
  screen: ScreenName
  items: Item[]
  item: Item | null
  page: number
  pages: number
}

const rows = 5
/** What the room itself has to say: things raised, and decisions to be read back. */
export interface Said {
  raised: number
  decided: number
}

/** From first to last; if nothing is open, the four of a quiet day. */
export function stopsOf(agenda: Agenda, said: Said): Stop[] {
  const names = isQuiet(agenda, said.raised) ? quietDay : score.map(({ name }) => name)
  return names.flatMap((name) => (name === 'read-back' ? readBackStops(said.decided) : stopsAt(name, agenda)))
}
const quietDay: readonly ScreenName[] = ['roll-call', 'actions', 'service-levels', 'close']

/** Nothing open, nothing new, nobody complained or raised anything: the room may leave after four screens. */
export function isQuiet({ counts, sections }: Agenda, raised: number): boolean {
  const isEmpty = (topic: Topic) => itemsOf(sections, topic).length === 0
  const asks = itemsOf(sections, 'problems').some(
    ({ reason, ownerId }) => reason.kind === 'recurred' || reason.kind === 'recurring' || ownerId === null,
  )
  return (
    raised === 0 &&
    counts.postmortems.undecided === 0 &&
    counts.complaints.inWindow === 0 &&
    !asks &&
    (['exposures', 'incidents', 'still-open'] as const).every(isEmpty)
  )
}

/** The stop of that name. Any item of a screen has one, and so has each screen, though not all lie on the way. */
export function stopAt(stops: readonly Stop[], agenda: Agenda, name: string): Stop | undefined {
  const found = stops.find((stop) => stop.name === name)
  if (found) return found

  const [screen = '', ...rest] = name.split('/')
  const key = rest.join('/')
  const at = score.find((one) => one.name === screen)
  if (at && key === '') return stops.find((stop) => stop.screen === screen) ?? stopsAt(at.name, agenda)[0]
  const item = at && itemsAt(at.name, agenda).find(({ subject }) => `${subject.kind} ${subject.id}` === key)
  return at && item ? cardOf(at.name, item) : undefined
}

/** Where the room is. What it looked at may be gone since, settled by itself: then it is at the screen on which that stood. */
export function stopOf(stops: readonly Stop[], agenda: Agenda, name: string): Stop | undefined {
  const [asked = ''] = name.split(/[/.]/)
  const screen = asked === 'still-open' ? 'incidents' : asked
  return stopAt(stops, agenda, name) ?? stopAt(stops, agenda, screen) ?? stops[0]
}

/** What follows and what goes before, the first and the last being their own neighbours. From an item beside the way, back to its screen. */
export function around(stops: readonly Stop[], stop: Stop): { before: Stop; after: Stop } {
  const place = stops.findIndex(({ name }) => name === stop.name)
  if (place >= 0) return { before: stops[place - 1] ?? stop, after: stops[place + 1] ?? stop }

  const last = stops.findLastIndex(({ screen }) => screen === stop.screen)
  return { before: stops.find(({ screen }) => screen === stop.screen) ?? stop, after: stops[last + 1] ?? stop }
}

/** How long a stop may take: a screen's time is shared by its pages; an incident has its own. */
export function boxOf({ screen, pages }: Stop): number {
  return screen === 'incidents' ? cardMs : (score.find(({ name }) => name === screen)?.forMs ?? 0) / pages
}

/** All that a screen speaks of. */
export function itemsAt(screen: ScreenName, { sections }: Agenda): Item[] {
  const of = (topic: Topic) => itemsOf(sections, topic)
  switch (screen) {
    case 'right-now':
      return [...of('exposures'), ...[...of('incidents'), ...of('still-open')].filter(isGraveAndOpen)]
    case 'actions':
    case 'service-levels':
    case 'problems':
    case 'changes':
      return of(screen)
    case 'incidents':
      return [...of('incidents'), ...undecidedBesides(sections), ...of('still-open')]
    case 'voices':
      return of('complaints')
    case 'close':
      return of('postmortems').filter(({ reason }) => reason.kind === 'to schedule' || reason.kind === 'scheduled')
    case 'roll-call':
      return of('sources')
    case 'read-back':
      return []
  }
}

function stopsAt(name: ScreenName, agenda: Agenda): Stop[] {
  if (name === 'incidents') return incidentStops(agenda)
  const isList = ['right-now', 'actions', 'service-levels', 'problems', 'voices', 'changes'].includes(name)
  return isList ? pagesOf(name, name, itemsAt(name, agenda)) : pagesOf(name, name, [])
}

/** A card each for what is new and what still wants its yes or no; then what is open from before, in rows. */
function incidentStops({ sections }: Agenda): Stop[] {
  const cards = [...itemsOf(sections, 'incidents'), ...undecidedBesides(sections)].map((item) =>
    cardOf('incidents', item),
  )
  const before = itemsOf(sections, 'still-open')
  return [
    ...(cards.length > 0 ? cards : pagesOf('incidents', 'incidents', [])),
    ...(before.length > 0 ? pagesOf('incidents', 'still-open', before) : []),
  ]
}

/** As many sentences a page as can be read from six metres. */
export const sentencesRead = 6

function readBackStops(decided: number): Stop[] {
  const pages = Math.max(1, Math.ceil(decided / sentencesRead))
  return Array.from({ length: pages }, (_, index) => ({
    name: index === 0 ? 'read-back' : `read-back.${index + 1}`,
    screen: 'read-back',
    items: [],
    item: null,
    page: index + 1,
    pages,
  }))
}

function undecidedBesides(sections: readonly Section[]): Item[] {
  const told = new Set(itemsOf(sections, 'incidents').map(({ subject }) => subject.id))
  return itemsOf(sections, 'postmortems').filter(
    ({ subject, reason }) => (reason.kind === 'to decide' || reason.kind === 'put off') && !told.has(subject.id),
  )
}

function pagesOf(screen: ScreenName, name: string, items: Item[]): Stop[] {
  const pages = Math.max(1, Math.ceil(items.length / rows))
  return Array.from({ length: pages }, (_, index) => ({
    name: index === 0 ? name : `${name}.${index + 1}`,
    screen,
    items: items.slice(index * rows, (index + 1) * rows),
    item: null,
    page: index + 1,
    pages,
  }))
}

function cardOf(screen: ScreenName, item: Item): Stop {
  const { kind, id } = item.subject
  return { name: `${screen}/${kind} ${id}`, screen, items: [item], item, page: 1, pages: 1 }
}

function isGraveAndOpen({ reason }: Item): boolean {
  const isGrave = 'severity' in reason && (reason.severity === 'sev1' || reason.severity === 'sev2')
  return isGrave && ['new', 'reopened', 'moved', 'still open'].includes(reason.kind)
}

function itemsOf(sections: readonly Section[], topic: Topic): Item[] {
  return sections.find((section) => section.topic === topic)?.items ?? []
}
