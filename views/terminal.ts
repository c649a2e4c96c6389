import type { Agenda, Item, Section } from '../src/agenda/shapes.ts'
import { dateWords } from '../src/calendar.ts'
import { figure, type Reading, sentence, when, windowWords } from './figures.ts'
import { countsWords, levelWords, recipeWords, usualWords, verdictWords } from './headlines.ts'
import { levelWord, topicTitle } from './names.ts'
import { quietWords } from './quiet.ts'
import { reasonClauses } from './words.ts'

/** columns: 80 to 100 read well. */
export interface Paper {
  columns: number
}

const indent = 5

/** The agenda as lines of plain text. `nameOf` = how a person is called. */
export function agendaLines(agenda: Agenda, paper: Paper, nameOf: (ownerId: string) => string): string[] {
  const reading = { asOf: agenda.asOf, zone: agenda.zone }
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
      ...(section.topic === 'service-levels' ? levelLines(agenda, paper) : []),
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
  return wrapped(told.join(' · '), paper.columns)
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

function levelLines({ levels }: Agenda, paper: Paper): string[] {
  return levels.flatMap((level) => [
    ...indented(`${level.service} ${level.indicator}: ${levelWords(level)}`, paper),
    ...indented(`  counted: ${recipeWords(level.month)}`, paper),
  ])
}

function indented(words: string, { columns }: Paper): string[] {
  return wrapped(words, columns - indent).map((line) => ' '.repeat(indent) + line)
}

/** Broken between words; a word longer than a line is cut, for a title may be anything. */
function wrapped(words: string, width: number): string[] {
  const pieces = words.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''])
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + piece.length <= width) lines[lines.length - 1] = `${last} ${piece}`
    else lines.push(piece)
  }
  return lines
}

/** What others wrote may hold anything: a control character must not reach the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
}
