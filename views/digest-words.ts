import type { Item } from '../src/agenda/shapes.ts'
import type { Watched } from '../src/measures/watch.ts'
import type { ActionsOf, Cut, Digest } from '../src/reports/digest.ts'
import type { ActionTold, HandOverTold } from '../src/reports/told.ts'
import { exposureRow, levelRow } from './digest-figures.ts'
import { spanParts, yearAgoParts } from './digest-past.ts'
import { moreOf, ownerWords, row, type WordedPart, type WordedRow } from './digest-rows.ts'
import { counted, figure, type Reading, sentence, when } from './figures.ts'
import { decisionWord, topicTitle } from './names.ts'
import { toneOf } from './parts/tone.ts'
import { paths, pathTo } from './paths.ts'
import { drillWords, quietWords } from './quiet.ts'
import { reasonClauses } from './words.ts'

/** Everything a digest tells below its head, in the order of product.md. */
export function digestParts(digest: Digest): WordedPart[] {
  const reading = readingOf(digest)
  return [
    exposuresPart(digest, reading),
    incidentsPart(digest, reading),
    problemsPart(digest, reading),
    levelsPart(digest, reading),
    actionsPart(digest, reading),
    itemsPart(digest.changes, { title: 'Changes', path: paths.changes, reading }),
    postmortemsPart(digest, reading),
    complaintsPart(digest, reading),
    sourcesPart(digest, reading),
    correctionsPart(digest, reading),
    ...spanParts(digest.edition.told.spans),
    ...yearAgoParts(digest.edition.told.yearAgo),
  ]
}

/** A letter is read in its reader's own clock. */
export function readingOf({ edition, reader }: Digest): Reading & { nameOf: (id: string) => string } {
  const { names } = edition.told
  return { asOf: edition.asOf, zone: reader.zone, nameOf: (id) => names[id] ?? id }
}

function exposuresPart({ exposures }: Digest, reading: Reading): WordedPart {
  const isNone = exposures.shown.length === 0
  return {
    title: topicTitle('exposures'),
    words: isNone ? quietWords({ ...exposures.section, items: [] }, reading) : null,
    rows: [
      ...exposures.shown.map((one) => exposureRow(one, reading)),
      ...exposures.over.map((item) => itemRow(item, reading)),
    ],
    more: moreOf(exposures, paths.exposures),
  }
}

function incidentsPart({ incidents, edition }: Digest, reading: Reading): WordedPart {
  const { begun, stillOpen, over, section } = incidents
  const rows = (group: string, items: Item[]) =>
    items.map((item) => ({ ...itemRow(item, reading), group, clauses: incidentClausesOf(item) }))
  const incidentClausesOf = (item: Item) => [
    ...reasonClauses(item.reason, reading),
    ...('customerMinutes' in item.reason && item.reason.customerMinutes === null ? ['impact unknown'] : []),
    `owner: ${ownerWords(item.ownerId, reading)}`,
    ...postmortemClauses(edition.told.postmortems[item.subject.id], reading),
  ]
  const all = [
    ...rows('New or moved', begun.shown),
    ...rows('Still open from before', stillOpen.shown),
    ...rows('Resolved', over.shown),
  ]
  return {
    title: 'Incidents',
    words: all.length === 0 ? quietWords(section, reading) : null,
    rows: all,
    more: moreOf({ shown: [], more: begun.more + stillOpen.more + over.more }, paths.incidents),
  }
}

function postmortemClauses(
  told: Digest['edition']['told']['postmortems'][string] | undefined,
  reading: Reading,
): string[] {
  if (!told) return []
  if (told.isDue) return ['postmortem: to decide']
  if (told.decision === null) return ['postmortem: to decide once it is over']
  return [told.for ? `postmortem ${when(told.for, reading)}` : decisionWord(told.decision)]
}

function problemsPart({ problems, edition }: Digest, reading: Reading): WordedPart {
  const luck = (item: Item) => luckClauses(edition.told.watched.find(({ problemId }) => problemId === item.subject.id))
  const part = itemsPart(problems, { title: topicTitle('problems'), path: paths.problems, reading })
  return {
    ...part,
    rows: problems.shown.map((item) => ({
      ...itemRow(item, reading),
      clauses: [...reasonClauses(item.reason, reading), ...(item.reason.kind === 'under watch' ? luck(item) : [])],
    })),
  }
}

/** '3 quiet days: 12.5 % chance that this is luck, 2 more days to be sure'. Blind days count for nothing. */
export function luckClauses(watched: Watched | undefined): string[] {
  if (!watched?.watch) return ['nobody measures its service, so quiet days prove nothing']
  const { watch, confidence } = watched
  if (confidence === null)
    return [`${counted(watch.quiet, 'quiet day')}, but too little was seen before the fix to say what they prove`]
  const left =
    confidence.daysLeft === 0 ? 'enough to be sure' : `${counted(confidence.daysLeft, 'more day')} to be sure`
  return [
    `${counted(watch.quiet, 'quiet day')}: ${(confidence.luck * 100).toFixed(1)} % chance that this is luck, ${left}`,
  ]
}

function levelsPart({ levels }: Digest, reading: Reading): WordedPart {
  return {
    title: topicTitle('service-levels'),
    words: levels.shown.length === 0 ? levelsQuiet(levels.section, reading) : null,
    rows: levels.shown.map(levelRow),
    more: moreOf(levels, paths.serviceLevels),
  }
}

function levelsQuiet(section: Digest['levels']['section'], reading: Reading): string {
  return section.heardAt === null ? quietWords(section, reading) : 'No objective is agreed yet'
}

function actionsPart({ actions }: Digest, reading: Reading): WordedPart {
  return {
    title: 'Actions',
    words: actions.people.length === 0 ? quietWords({ ...actions.section, items: [] }, reading) : null,
    rows: actions.people.flatMap((theirs) => [
      ...theirs.handOvers.map((given) => handOverRow(given, theirs, reading)),
      ...theirs.actions.map((action) => actionRow(action, theirs, reading)),
    ]),
    more: moreOf({ shown: [], more: actions.more }, paths.actions),
  }
}

function actionRow(action: ActionTold, { ownerId, isReader }: ActionsOf, reading: Reading): WordedRow {
  const { id, title, standing } = action
  return row({
    group: groupWords({ ownerId, isReader }, reading),
    title,
    path: paths.action(id),
    tone: standing === 'overdue' ? 'red' : standing === 'ahead' ? 'plain' : 'amber',
    clauses: actionClauses(action, reading),
    deeds: isReader
      ? (action.isAccepted ? actionDeeds.accepted : actionDeeds.given).map((deed) => ({ kind: 'action', id, deed }))
      : [],
  })
}

const actionDeeds = { given: ['accept', 'return'], accepted: ['done', 'help'] } as const

function handOverRow({ id, issue, plan, at }: HandOverTold, whose: ActionsOf, reading: Reading): WordedRow {
  return row({
    group: groupWords(whose, reading),
    title: issue,
    path: paths.handOver(id),
    tone: 'amber',
    clauses: [
      ...reasonClauses({ kind: 'unacknowledged', since: at }, reading),
      ...(plan === '' ? [] : [`plan: ${plan}`]),
    ],
    deeds: whose.isReader ? actionDeeds.given.map((deed) => ({ kind: 'hand-over', id, deed })) : [],
  })
}

function groupWords({ ownerId, isReader }: Pick<ActionsOf, 'ownerId' | 'isReader'>, reading: Reading): string {
  return isReader ? 'Yours' : sentence(ownerWords(ownerId, reading))
}

/** Why an action is told, in the words of the agenda. */
export function actionClauses({ standing, dueAt, openedAt }: ActionTold, reading: Reading): string[] {
  switch (standing) {
    case 'overdue':
      return reasonClauses({ kind: 'overdue', dueAt: dueAt ?? openedAt }, reading)
    case 'due today':
      return reasonClauses({ kind: 'due today', dueAt: dueAt ?? openedAt }, reading)
    case 'unaccepted':
      return reasonClauses({ kind: 'unacknowledged', since: openedAt }, reading)
    case 'ahead':
      return dueAt === null ? ['no due date'] : reasonClauses({ kind: 'due later', dueAt }, reading)
  }
}

/** Those to decide stand with their incidents. */
function postmortemsPart({ postmortems }: Digest, reading: Reading): WordedPart {
  const part = itemsPart(postmortems, { title: topicTitle('postmortems'), path: paths.postmortems, reading })
  const isAbove = postmortems.shown.length === 0 && postmortems.section.items.length > 0
  return isAbove ? { ...part, words: 'None is scheduled; those to decide stand with their incidents' } : part
}

function complaintsPart({ complaints, edition }: Digest, reading: Reading): WordedPart {
  const { now, before } = edition.told.complaints
  const part = itemsPart(complaints, { title: topicTitle('complaints'), path: paths.complaints, reading })
  const isTold = complaints.section.heardAt !== null
  return {
    ...part,
    words: part.words ?? (isTold ? `${counted(now, 'complaint')}, ${figure(before)} in as long a time before` : null),
  }
}

function sourcesPart({ silent, sources, edition }: Digest, reading: Reading): WordedPart {
  const drill = drillWords(edition.told.agenda.drill ?? null, reading) // an edition of before knows of none
  return {
    title: topicTitle('sources'),
    words: silent.length === 0 ? `${quietWords({ ...sources, items: [] }, reading)}. ${drill}` : drill,
    rows: silent.map((item) => itemRow(item, reading)),
    more: null,
  }
}

function correctionsPart({ corrections }: Digest, reading: Reading): WordedPart {
  return {
    title: 'Corrections to earlier mornings',
    words: corrections.length === 0 ? 'None was filed since the last meeting' : null,
    rows: corrections.map((item) => itemRow(item, reading)),
    more: null,
  }
}

interface Placed {
  title: string
  path: string
  reading: Reading
}

function itemsPart(
  items: Cut<Item> & Pick<Digest['changes'], 'section'>,
  { title, path, reading }: Placed,
): WordedPart {
  return {
    title,
    words: items.shown.length === 0 ? quietWords(items.section, reading) : null,
    rows: items.shown.map((item) => itemRow(item, reading)),
    more: moreOf(items, path),
  }
}

function itemRow({ subject, title, reason, ownerId }: Item, reading: Reading): WordedRow {
  return row({
    title,
    path: pathTo(subject),
    tone: toneOf(reason),
    clauses: [
      ...reasonClauses(reason, reading),
      ...(ownerId === null ? [] : [`owner: ${ownerWords(ownerId, reading)}`]),
    ],
  })
}
