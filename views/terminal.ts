import type { Agenda, Item, Section } from '../src/agenda/shapes.ts'
import { dateWords } from '../src/calendar.ts'
import type { LevelFigure } from '../src/measures/service-level.ts'
import { figure, minutes, objectiveWords, percent, type Reading, sentence, when, windowWords } from './figures.ts'
import { countsWords, recipeWords, usualWords, verdictWords } from './headlines.ts'
import { levelWord, topicTitle } from './names.ts'
import { printable, wrapped } from './plain-text.ts'
import { drillWords, quietWords } from './quiet.ts'
import { reasonClauses } from './words.ts'

/** columns: 80 to 100 read well. */
export interface Paper {
  columns: number
}

const indent = 5

/** The agenda as lines of plain text. `nameOf` = how a person is called. */
export function agendaLines(agenda: Agenda, paper: Paper, nameOf: (ownerId: string) => string): string[] {
  const reading = { asOf: agenda.asOf, zone: agenda.zone, nameOf }
  return [
    `${dateWords(agenda.meetingDay)}, as of ${when(agenda.asOf, reading)} ${agenda.zone}`,
    windowWords(agenda.window, agenda.zone),
    '',
    ...verdictLines(agenda, reading, paper),
    '',
    ...countsLines(agenda, paper),
    ...agenda.sections.flatMap((section, index) => [
      '',
      `${String(index + 1).padStart(2)}  ${topicTitle(section.topic)}${tally(section)}`,
      ...sectionLines(section, { reading, paper, nameOf }),
      ...(section.topic === 'service-levels' ? levelLines(section, agenda, paper) : []),
      ...(section.topic === 'sources' ? indented(drillWords(agenda.drill, reading), paper) : []),
    ]),
  ]
}

function verdictLines({ verdict }: Agenda, reading: Reading, { columns }: Paper): string[] {
  return wrapped(`${levelWord(verdict.level).toUpperCase()}  ${verdictWords(verdict.reason, reading)}`, columns)
}

function countsLines({ counts, usual, deliveries }: Agenda, paper: Paper): string[] {
  const told = [
    ...countsWords(counts),
    ...(usual ? [usualWords(usual)] : []),
    ...(deliveries.waiting > 0 ? [`${figure(deliveries.waiting)} deliveries still to be read`] : []),
  ]
  // A figure stays with its noun: only between two of them the line may break.
  return wrapped(told.map((words) => words.replaceAll(' ', '\u00a0')).join(' · '), paper.columns).map(spaced)
}

function spaced(line: string): string {
  return line.replaceAll('\u00a0', ' ')
}

function tally({ items, omitted }: Section): string {
  const subjects = items.reduce((sum, { reason }) => sum + (reason.kind === 'alike' ? reason.count : 1), omitted)
  return subjects === 0 ? '' : ` (${figure(subjects)})`
}

interface Told {
  reading: Reading
  paper: Paper
  nameOf: (ownerId: string) => string
}

function sectionLines(section: Section, told: Told): string[] {
  if (section.items.length === 0) return indented(quietWords(section, told.reading), told.paper)

  return [
    ...section.items.flatMap((item) => itemLines(item, told)),
    ...(section.omitted > 0 ? indented(`and ${figure(section.omitted)} more, not shown here`, told.paper) : []),
  ]
}

function itemLines(item: Item, { reading, paper, nameOf }: Told): string[] {
  const owner = item.ownerId === null ? '' : `  (${printable(nameOf(item.ownerId))})`
  const [first = '', ...rest] = wrapped(`${printable(item.title)}${owner}`, paper.columns - indent)
  return [
    `   ${mark(item)} ${first}`,
    ...rest.map((line) => ' '.repeat(indent) + line),
    ...indented(printable(reasonClauses(item.reason, reading).map(sentence).join('. ')), paper),
  ]
}

/** The weight of an item without colour: '!' pressing, '-' to be heard, '.' over. */
function mark({ reason }: Item): '!' | '-' | '.' {
  const isOver = ['restored', 'redundant again', 'done since', 'dropped since', 'problem closed'].includes(reason.kind)
  const isGrave = 'severity' in reason && (reason.severity === 'sev1' || reason.severity === 'sev2')
  const isPressing = ['alone', 'unproven', 'overdue', 'off target', 'recurred', 'silent'].includes(reason.kind)
  return isOver ? '.' : isGrave || isPressing ? '!' : '-'
}

/** Every level in a row, its figures under each other; how those off track were counted stands below. */
function levelLines({ items }: Section, { levels }: Agenda, paper: Paper): string[] {
  if (levels.length === 0) return []

  const rows = levels.map(levelCells)
  const wide = Math.max(...[heads, ...rows].map(([name = '']) => name.length))
  const name = Math.min(wide, paper.columns - indent - figureWidths.reduce((sum, width) => sum + width, 0))
  const offTrack = levels.filter((level) => items.some(({ title }) => title === `${level.service} ${level.indicator}`))
  return [
    '',
    ...[heads, ...rows].map(([first = '', ...figures]) => inColumns(first, figures, name)),
    ...offTrack.flatMap((level) =>
      indented(printable(`${level.service} ${level.indicator}, counted: ${recipeWords(level.month)}`), paper),
    ),
  ]
}

const heads = ['', '24 h', '7 d', '30 d', 'target', 'budget left']
const figureWidths = [11, 11, 11, 10, 13]

function levelCells({ service, indicator, day, week, month, objective, budgetLeftMinutes }: LevelFigure): string[] {
  return [
    printable(`${service} ${indicator}`),
    ...[day, week, month].map((ratio) => (ratio.percent === null ? 'unknown' : percent(ratio.percent))),
    objective === null ? 'none' : objectiveWords(objective),
    budgetLeftMinutes === null ? 'unknown' : minutes(budgetLeftMinutes),
  ]
}

function inColumns(name: string, figures: string[], width: number): string {
  const cells = figures.map((words, place) => words.padStart(figureWidths[place] ?? 0))
  return `${' '.repeat(indent)}${name.slice(0, width).padEnd(width)}${cells.join('')}`
}

function indented(words: string, { columns }: Paper): string[] {
  return wrapped(words, columns - indent).map((line) => ' '.repeat(indent) + line)
}
