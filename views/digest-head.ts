import type { Agenda } from '../src/agenda/shapes.ts'
import { anHour, clockTime, dateWords, dayOf } from '../src/calendar.ts'
import type { ExposureFigure } from '../src/measures/exposure.ts'
import type { Digest, Edition, Late } from '../src/reports/digest.ts'
import type { Told } from '../src/reports/told.ts'
import { readingOf } from './digest-words.ts'
import { counted, figure, sentence, spell, windowWords } from './figures.ts'
import { countsWords, usualWords, verdictWords } from './headlines.ts'
import { levelWord } from './names.ts'
import { printable } from './plain-text.ts'

const longestSubject = 90

/** '[OPS RED] Mon 23 Nov: checkout on 1 DC 38h; 4 incidents (1 SEV1); 3 actions overdue': the most urgent first, what fits. */
export function subjectWords(digest: Digest): string {
  return subjectOf(digest.edition, digest.reader.zone)
}

export function subjectOf(edition: Edition, zone: string): string {
  const { agenda } = edition.told
  const day = edition.meetingId === '' ? dayOf(edition.asOf, zone) : agenda.meetingDay
  const start = `[OPS ${agenda.verdict.level.toUpperCase()}] ${dateWords(day)}: `
  const words = subjectParts(edition.told).map(printable)
  return start + fitting(words.length === 0 ? ['all clear, every source heard'] : words, longestSubject - start.length)
}

/** As many as fit, in order; the first is shortened rather than left out. */
function fitting(parts: readonly string[], room: number): string {
  const [first = '', ...rest] = parts
  return rest.reduce(
    (told, part) => (lengthOf(`${told}; ${part}`) <= room ? `${told}; ${part}` : told),
    shortened(first, room),
  )
}

function lengthOf(text: string): number {
  return [...text].length
}

function shortened(text: string, room: number): string {
  return lengthOf(text) <= room ? text : `${[...text].slice(0, room - 1).join('')}…`
}

function subjectParts(told: Told): string[] {
  const { counts, exposures, levels, sources, verdict } = told.agenda
  const { incidents, actions, postmortems } = counts
  const silent = sources.filter(({ silent }) => silent)
  const missed = levels.filter(
    ({ objective, month }) => objective !== null && month.percent !== null && month.percent < objective,
  )
  return [
    ...exposureParts(exposures),
    ...incidentParts(told),
    ...(actions.overdue > 0 ? [`${counted(actions.overdue, 'action')} overdue`] : []),
    ...(missed.length > 0 ? [`${counted(missed.length, 'level')} off target`] : []),
    ...(silent.length === 1
      ? [`${silent[0]?.name} silent`]
      : silent.length > 1
        ? [`${figure(silent.length)} sources silent`]
        : []),
    ...(incidents.unowned > 0 ? [`${figure(incidents.unowned)} without an owner`] : []),
    ...(postmortems.undecided > 0 ? [`${counted(postmortems.undecided, 'postmortem')} to decide`] : []),
    ...(verdict.reason.kind === 'never heard' ? ['nobody has told us anything'] : []),
  ]
}

/** Past 72 h each is named (S14); else the most pressing, and how many more. */
function exposureParts(exposures: readonly ExposureFigure[]): string[] {
  const named = exposures.filter(({ escalation }, place) => place === 0 || escalation === 'subject line')
  const others = exposures.length - named.length
  return [
    ...named.toSorted(oldestNamedFirst).map(exposureWords),
    ...(others > 0 ? [`${figure(others)} more alone`] : []),
  ]
}

function oldestNamedFirst(a: ExposureFigure, b: ExposureFigure): number {
  return Number(b.escalation === 'subject line') - Number(a.escalation === 'subject line')
}

function exposureWords({ exposure, carriedBy, forMs }: ExposureFigure): string {
  const hours = Math.floor(forMs / anHour)
  const age = hours < 1 ? 'now' : `${hours}h`
  const name = shortened(exposure.service, 24)
  return exposure.certain ? `${name} on ${carriedBy.length || 'no'} DC ${age}` : `${name} unproven ${age}`
}

function incidentParts({ agenda, opened, grave }: Told): string[] {
  const { incidents } = agenda.counts
  const stillGrave = grave.length === 0 ? '' : ` (${graveWords(grave)})`
  if (incidents.opened === 0)
    return incidents.open === 0 ? [] : [`${counted(incidents.open, 'incident')} open${stillGrave}`]
  const graves = [opened.sev1 > 0 ? `${opened.sev1} SEV1` : '', opened.sev2 > 0 ? `${opened.sev2} SEV2` : '']
  const of = graves.filter((words) => words !== '').join(', ')
  return [
    `${counted(incidents.opened, 'incident')}${of ? ` (${of})` : ''}`,
    ...(incidents.open > 0 ? [`${figure(incidents.open)} open${stillGrave}`] : []),
  ]
}

function graveWords(grave: Told['grave']): string {
  return (['sev1', 'sev2'] as const)
    .map((severity) => [grave.filter((one) => one.severity === severity).length, severity.toUpperCase()] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
}

export interface DigestHead {
  asOf: string
  snapshot: string
  level: Agenda['verdict']['level']
  verdict: string
  counts: string[]
  late: string | null
}

/** As-of, window, snapshot; the verdict with its reason; the counts; and why it comes late, if it does. */
export function headOf(digest: Digest): DigestHead {
  const { edition, reader, late } = digest
  const { agenda, customerMinutes } = edition.told
  const reading = readingOf(digest)
  const { known, unknown, usual } = customerMinutes
  return {
    asOf: `As of ${dateWords(dayOf(edition.asOf, reader.zone))} ${clockTime(edition.asOf, reader.zone)} ${reader.zone}. Window ${windowWords(
      agenda.window,
      reader.zone,
    )
      .replace(/(\d) (?=[dhm]\b)/g, '$1\u00a0')
      .replace(' → ', '\u00a0→\u00a0')}`,
    snapshot: snapshotWords(edition, agenda.meetingDay),
    level: agenda.verdict.level,
    verdict: `${levelWord(agenda.verdict.level).toUpperCase()}: ${verdictWords(agenda.verdict.reason, reading)}`,
    counts: [
      ...countsWords(agenda.counts),
      ...(agenda.usual ? [usualWords(agenda.usual)] : []),
      ...minutesWords({ known, unknown, usual }),
    ],
    late: late && lateWords(late),
  }
}

function minutesWords({ known, unknown, usual }: Told['customerMinutes']): string[] {
  if (known === 0 && unknown === 0) return []
  const doubt = unknown === 0 ? '' : `, unknown of ${counted(unknown, 'incident')}`
  const habit = usual === null ? '' : `, usually ${figure(usual)}`
  return [`${figure(known)} customer-minutes${doubt}${habit}`]
}

export function snapshotWords({ number, meetingId }: Edition, meetingDay: string): string {
  const name = number === null ? 'A rehearsal' : `Snapshot ${figure(number)}`
  return meetingId === ''
    ? `${name}: the pre-read of the meeting of ${dateWords(meetingDay)}`
    : `${name}: as the meeting of ${dateWords(meetingDay)} left it`
}

/** 'Sent 84 min late because Muster was not running then'. */
export function lateWords({ ms, because }: Late): string {
  const why =
    because.kind === 'down'
      ? 'Muster was not running then'
      : because.kind === 'stood still'
        ? 'the machine or its clock stood still'
        : `the mail server did not take it: ${because.fault}`
  return `Sent ${lateness(ms)} late because ${why}`
}

function lateness(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  return minutes < 180 ? `${minutes} min` : spell(ms)
}

/** What a mail program shows beside the subject. */
export function previewWords(digest: Digest): string {
  const { verdict, counts } = headOf(digest)
  return sentence([verdict, ...counts].join('. ')).slice(0, 180)
}
