import type { Item, Section, Topic } from '../agenda/shapes.ts'
import type { ExposureFigure } from '../measures/exposure.ts'
import type { LevelFigure } from '../measures/service-level.ts'
import type { Variant } from '../record/schema.ts'
import { type LevelChart, leastLeftFirst } from './level-charts.ts'
import type { ActionTold, HandOverTold, Told } from './told.ts'

/** The numbered snapshot a digest is told from; a rehearsal has no number. */
export interface Edition {
  number: number | null
  asOf: Date
  meetingId: string // as that closed meeting left it; '' = told before it was closed
  told: Told
}
export interface Reader {
  personId: string | null
  name: string
  zone: string
  variant: Variant
}
/** How late it leaves, and what kept it. */
export interface Late {
  ms: number
  because: { kind: 'down' } | { kind: 'stood still' } | { kind: 'post'; fault: string }
}
/** The first of a list, and how many more there are. */
export interface Cut<T> {
  shown: T[]
  more: number
}

/** What one person is told, in the order in which it is told; the views give it words. Every part is always there. */
export interface Digest {
  edition: Edition
  reader: Reader
  late: Late | null
  exposures: Cut<ExposureFigure> & { section: Section; over: Item[] }
  incidents: { begun: Cut<Item>; stillOpen: Cut<Item>; over: Cut<Item>; section: Section }
  problems: Cut<Item> & { section: Section }
  levels: Cut<LevelLine> & { section: Section }
  actions: { people: ActionsOf[]; more: number; section: Section }
  changes: Cut<Item> & { section: Section }
  postmortems: Cut<Item> & { section: Section }
  complaints: Cut<Item> & { section: Section }
  silent: Item[]
  sources: Section
  corrections: Item[]
}
export interface LevelLine {
  figure: LevelFigure
  change: number | null // points of the thirty days' figure since the last edition; null = it had none
  chart: ({ name: string } & LevelChart) | null
}
/** Whose they are; null = nobody's. The reader's own come first. */
export interface ActionsOf {
  ownerId: string | null
  isReader: boolean
  actions: ActionTold[]
  handOvers: HandOverTold[]
}

type Part = 'exposures' | 'incidents' | 'problems' | 'levels' | 'actions' | 'changes' | 'postmortems' | 'complaints'
/** How much of each part a reader of that kind sees. The figures are the same for all. */
const depths: Record<Variant, Record<Part, number>> = {
  manager: {
    exposures: 8,
    incidents: 8,
    problems: 5,
    levels: 6,
    actions: 12,
    changes: 4,
    postmortems: 6,
    complaints: 4,
  },
  engineer: {
    exposures: 8,
    incidents: 16,
    problems: 10,
    levels: 8,
    actions: 16,
    changes: 14,
    postmortems: 10,
    complaints: 4,
  },
  support: {
    exposures: 8,
    incidents: 12,
    problems: 5,
    levels: 6,
    actions: 8,
    changes: 6,
    postmortems: 4,
    complaints: 14,
  },
}

export function buildDigest(edition: Edition, reader: Reader, before: Told | null, late: Late | null = null): Digest {
  const { agenda } = edition.told
  const depth = depths[reader.variant]
  const section = (topic: Topic) => sectionOf(edition.told, topic)
  const part = (topic: Topic, most: number) => ({
    ...cut(section(topic).items, most, section(topic).omitted),
    section: section(topic),
  })
  const exposures = section('exposures')
  const sources = section('sources')
  return {
    edition,
    reader,
    late,
    exposures: {
      ...cut(agenda.exposures, depth.exposures),
      section: exposures,
      over: exposures.items
        .filter(({ reason }) => reason.kind === 'redundant again' || reason.kind === 'thin')
        .slice(0, 6),
    },
    incidents: incidentsOf(edition.told, depth.incidents),
    problems: part('problems', depth.problems),
    levels: levelsOf(edition.told, before, depth.levels),
    actions: actionsOf(edition.told, reader, depth.actions),
    changes: part('changes', depth.changes),
    postmortems: postmortemsOf(edition.told, depth.postmortems),
    complaints: part('complaints', depth.complaints),
    silent: sources.items.filter(({ reason }) => reason.kind !== 'correction'),
    sources,
    corrections: sources.items.filter(({ reason }) => reason.kind === 'correction'),
  }
}

export function cut<T>(all: readonly T[], most: number, omitted = 0): Cut<T> {
  return { shown: all.slice(0, most), more: Math.max(0, all.length - most) + omitted }
}

function sectionOf({ agenda }: Told, topic: Topic): Section {
  const section = agenda.sections.find((one) => one.topic === topic)
  return (
    section ?? { topic, items: [], omitted: 0, since: agenda.window.from, heardAt: null, heardFrom: null, silent: [] }
  )
}

function incidentsOf(told: Told, most: number): Digest['incidents'] {
  const section = sectionOf(told, 'incidents')
  const before = sectionOf(told, 'still-open')
  const over = section.items.filter(isOver)
  return {
    begun: cut(
      section.items.filter((item) => !isOver(item)),
      most,
      section.omitted,
    ),
    stillOpen: cut(before.items, Math.ceil(most / 2), before.omitted),
    over: cut(over, Math.ceil(most / 2)),
    section,
  }
}

function isOver({ reason }: Item): boolean {
  return reason.kind === 'restored' || (reason.kind === 'alike' && reason.openCount === 0)
}

/** What is to be held or dated; what is to be decided only where its incident is not told anyway. */
function postmortemsOf(told: Told, most: number): Digest['postmortems'] {
  const section = sectionOf(told, 'postmortems')
  const above = new Set(
    [...sectionOf(told, 'incidents').items, ...sectionOf(told, 'still-open').items].map(({ subject }) => subject.id),
  )
  const items = section.items.filter(({ reason, subject }) => reason.kind !== 'to decide' || !above.has(subject.id))
  return { ...cut(items, most, section.omitted), section }
}

/** Those with a target, what is left of the budget deciding; without a target nobody promised anything. */
function levelsOf(told: Told, before: Told | null, most: number): Digest['levels'] {
  const agreed = told.agenda.levels.filter(({ objective }) => objective !== null).toSorted(leastLeftFirst)
  const lines = agreed.map((figure) => ({ figure, change: changeOf(figure, before), chart: chartOf(figure, told) }))
  return { ...cut(lines, most), section: sectionOf(told, 'service-levels') }
}

function chartOf({ service, indicator }: LevelFigure, { charts = [] }: Told): LevelLine['chart'] {
  const place = charts.findIndex((chart) => chart.service === service && chart.indicator === indicator)
  const chart = charts[place]
  return chart ? { name: chartName(place), ...chart } : null
}

/** By which the text of a letter and the picture beside it know each other. */
export function chartName(place: number): string {
  return `chart-${place + 1}`
}

function changeOf({ service, indicator, month }: LevelFigure, before: Told | null): number | null {
  const then = before?.agenda.levels.find((level) => level.service === service && level.indicator === indicator)
  return then?.month.percent == null || month.percent === null ? null : month.percent - then.month.percent
}

const urgency: Record<ActionTold['standing'], number> = { overdue: 0, 'due today': 1, unaccepted: 2, ahead: 3 }

/** By person: the reader's own, all of them; then whoever is most behind. What is accepted and ahead only its owner hears. */
function actionsOf(told: Told, { personId }: Reader, most: number): Digest['actions'] {
  const isMine = (ownerId: string | null) => ownerId !== null && ownerId === personId
  const heard = told.actions
    .filter(({ standing, ownerId }) => standing !== 'ahead' || isMine(ownerId))
    .toSorted(mostUrgentFirst)
  const { shown, more } = cut(
    heard.toSorted((a, b) => Number(isMine(b.ownerId)) - Number(isMine(a.ownerId))),
    most,
  )
  const given = cut(
    (told.handOvers ?? []).toSorted((a, b) => Number(isMine(b.toId)) - Number(isMine(a.toId))),
    most,
  )
  const everybody = [...given.shown.map(({ toId }) => toId), ...shown.map(({ ownerId }) => ownerId)]
  const owners = [...new Set(everybody.toSorted((a, b) => Number(isMine(b)) - Number(isMine(a))))]
  return {
    people: owners.map((ownerId) => ({
      ownerId,
      isReader: isMine(ownerId),
      actions: shown.filter((action) => action.ownerId === ownerId),
      handOvers: given.shown.filter(({ toId }) => toId === ownerId),
    })),
    more: more + given.more,
    section: sectionOf(told, 'actions'),
  }
}

function mostUrgentFirst(a: ActionTold, b: ActionTold): number {
  return (
    urgency[a.standing] - urgency[b.standing] || (a.dueAt ?? a.openedAt).getTime() - (b.dueAt ?? b.openedAt).getTime()
  )
}
