import type { Item, Topic } from '../agenda/shapes.ts'
import type { Snapshot } from '../agenda/snapshot.ts'
import { clockTime, dateTimeWords, dateWords } from '../calendar.ts'
import type { Correction } from '../record/shapes.ts'
import { decisionSentence } from './decision-words.ts'

/** What was said of a closed meeting since, numbered: figures that turned out otherwise, and remarks. */
export interface Afterwards {
  corrections: readonly Correction[]
  remarks: readonly { at: Date; by: string; text: string }[]
}
/** How things are called that only a view has words for. */
export interface Wording {
  topic: (topic: Topic) => string
  reason: (item: Item) => string
  verdict: string
  figure: (name: string) => string
}
/** The minutes of a meeting, ready to be set as a page, as Markdown or as plain text. */
export interface Minutes {
  number: number
  title: string
  lead: string[]
  parts: { heading: string; lines: string[] }[]
}

export function minutesOf(number: number, snapshot: Snapshot, afterwards: Afterwards, wording: Wording): Minutes {
  const { day, zone, names } = snapshot
  const telling = { nameOf: (id: string) => names[id] ?? id, zone }
  const parts = [
    { heading: 'Decisions', lines: snapshot.decisions.map((decision) => decisionSentence(decision, telling)) },
    { heading: 'Hand-overs', lines: snapshot.handOvers.map((one) => handOverWords(one, telling)) },
    { heading: 'Left open', lines: leftOpen(snapshot) },
    { heading: 'Postmortems to hold', lines: postmortems(snapshot, wording) },
    { heading: 'Parked until the next meeting', lines: snapshot.parked.map((one) => parkedWords(one, snapshot)) },
    { heading: 'Raised from the floor', lines: snapshot.raised.map((one) => raisedWords(one, telling)) },
    { heading: 'Notes', lines: snapshot.notes.map(({ text }) => text) },
    { heading: 'Changed during a deploy lock', lines: snapshot.despiteLock.map((one) => despiteWords(one, zone)) },
    { heading: 'Checklist', lines: snapshot.ticks.map((one) => tickWords(one, telling)) },
    ...snapshot.sections.map(({ topic, items, omitted }) => ({
      heading: wording.topic(topic),
      lines: [
        ...items.map((item) => itemWords(item, wording, telling)),
        ...(omitted > 0 ? [`and ${omitted} more, told in the figures`] : []),
      ],
    })),
    { heading: 'Figures', lines: figures(snapshot, wording) },
    { heading: 'Corrections', lines: correctionLines(afterwards, wording, zone) },
    { heading: 'Remarks', lines: remarkLines(afterwards, telling) },
  ]
  return {
    number,
    title: `Minutes ${number}, ${dateWords(day)} ${day.slice(0, 4)}`,
    lead: leadOf(snapshot, wording, telling),
    parts: parts.filter(({ heading, lines }) => lines.length > 0 || alwaysTold.includes(heading)).map(saysNone),
  }
}
const alwaysTold = ['Decisions', 'Figures']

interface Telling {
  nameOf: (id: string) => string
  zone: string
}

function saysNone({ heading, lines }: { heading: string; lines: string[] }) {
  return { heading, lines: lines.length === 0 ? ['None.'] : lines }
}

function leadOf(snapshot: Snapshot, { verdict }: Wording, { nameOf, zone }: Telling): string[] {
  const { window, openedAt, closedAt, facilitatorId, scribeId, closedBy, missing, leftDespite, overMs } = snapshot
  const minutes = Math.round((closedAt.getTime() - openedAt.getTime()) / 60_000)
  const over = Math.round(overMs / 60_000)
  const here = snapshot.attendance.filter(({ writes }) => writes === null).map(({ personId }) => nameOf(personId))
  const inWriting = snapshot.attendance.filter(({ writes }) => writes !== null)
  return [
    verdict,
    `Answers for ${dateTimeWords(window.from, zone)} to ${dateTimeWords(window.to, zone)}.`,
    `Opened ${clockTime(openedAt, zone)}, closed ${clockTime(closedAt, zone)} by ${nameOf(closedBy)}: ${minutes} min${over > 0 ? `, ${over} over` : ''}.`,
    ...(facilitatorId
      ? [`Facilitator: ${nameOf(facilitatorId)}${scribeId ? `; scribe: ${nameOf(scribeId)}` : ''}.`]
      : []),
    here.length > 0 ? `Here: ${here.join(', ')}.` : 'Nobody was noted as here.',
    ...inWriting.map(({ personId, writes }) => `In writing, ${nameOf(personId)}: ${writes}`),
    ...missing.map((wanted) => `No representative for ${wanted}.`),
    ...(snapshot.deepDive ? [`Deep-dive of the week: ${snapshot.deepDive}.`] : []),
    ...(leftDespite ? [`The room left all the same: ${leftDespite.why}`] : []),
  ]
}

function leftOpen({ leftDespite }: Snapshot): string[] {
  return (leftDespite?.offenders ?? []).map(({ kind, title }) => {
    if (kind === 'function') return `Nobody was heard for ${title}.`
    return kind === 'hand-over' ? `Nobody has accepted: ${title}` : `Nobody owns the ${kind} “${title}”.`
  })
}

function postmortems({ sections }: Snapshot, { reason }: Wording): string[] {
  const items = sections.find(({ topic }) => topic === 'postmortems')?.items ?? []
  return items
    .filter((item) => item.reason.kind === 'to schedule' || item.reason.kind === 'scheduled')
    .map((item) => `${item.title}: ${reason(item)}`)
}

function handOverWords(one: Snapshot['handOvers'][number], { nameOf, zone }: Telling): string {
  const plan = one.plan ? ` Plan: ${one.plan}.` : ''
  const noticed = one.noticed ? ` Noticed: ${one.noticed}.` : ''
  return `${nameOf(one.by)} to ${nameOf(one.toId)}: ${one.issue}.${noticed}${plan} ${answerWords(one, { nameOf, zone })}`
}

function answerWords(one: Snapshot['handOvers'][number], { nameOf, zone }: Telling): string {
  if (one.acceptedAt) return `Accepted ${clockTime(one.acceptedAt, zone)} by ${nameOf(one.acceptedBy ?? one.toId)}.`
  if (one.returnedAt) return `Returned ${clockTime(one.returnedAt, zone)}: ${one.returnedWhy}.`
  return one.deputyId ? `Not accepted; with ${nameOf(one.deputyId)} in their place.` : 'Not accepted.'
}

function parkedWords({ subject, why }: Snapshot['parked'][number], { sections }: Snapshot): string {
  const item = sections.flatMap(({ items }) => items).find(({ subject: s }) => `${s.kind} ${s.id}` === subject)
  return `${item?.title ?? subject}${why ? `: ${why}` : ''}`
}

function raisedWords({ text, by, about, answer }: Snapshot['raised'][number], { nameOf }: Telling): string {
  const who = by === '' ? 'Unnamed' : nameOf(by)
  return `${who}${about ? ` on “${about}”` : ''}: ${text}${answer ? ` Answer: ${answer}` : ' Not answered.'}`
}

function despiteWords({ what, at, incidentIds }: Snapshot['despiteLock'][number], zone: string): string {
  return `${clockTime(at, zone)} ${what}, while ${incidentIds.join(', ')} held the lock; nobody called it part of the response.`
}

function tickWords({ step, by, skipped }: Snapshot['ticks'][number], { nameOf }: Telling): string {
  return skipped === null ? `${step}: ${nameOf(by)}` : `${step}: left out by ${nameOf(by)}, ${skipped}`
}

function itemWords(item: Item, { reason }: Wording, { nameOf }: Telling): string {
  const owner = item.ownerId ? ` (${nameOf(item.ownerId)})` : ''
  return `${item.title}${owner}. ${reason(item)}`
}

function figures({ counts }: Snapshot, { figure }: Wording): string[] {
  return Object.entries(counts).flatMap(([group, told]) =>
    Object.entries(told as Record<string, number>).map(([name, value]) => `${figure(`${group}.${name}`)}: ${value}`),
  )
}

function correctionLines({ corrections }: Afterwards, { figure }: Wording, zone: string): string[] {
  return corrections.map(
    ({ number, figure: name, was, is, recordedAt, subjectId }) =>
      `Correction ${number}, ${dateTimeWords(recordedAt, zone)}: ${figure(name)} was told as ${was}, is ${is} (${subjectId}).`,
  )
}

function remarkLines({ remarks }: Afterwards, { nameOf, zone }: Telling): string[] {
  return remarks.map(
    ({ at, by, text }, index) => `Remark ${index + 1}, ${dateTimeWords(at, zone)}, ${nameOf(by) || 'unnamed'}: ${text}`,
  )
}

/** As Markdown: what others wrote is kept from being read as marks. */
export function asMarkdown({ title, lead, parts }: Minutes): string {
  return [
    `# ${marked(title)}`,
    ...lead.map(marked),
    ...parts.flatMap(({ heading, lines }) => [
      `## ${marked(heading)}`,
      lines.map((line) => `- ${marked(line)}`).join('\n'),
    ]),
  ]
    .join('\n\n')
    .concat('\n')
}

export function asText({ title, lead, parts }: Minutes): string {
  return [
    title.toUpperCase(),
    lead.map(plain).join('\n'),
    ...parts.map(({ heading, lines }) => [plain(heading), ...lines.map((line) => `  - ${plain(line)}`)].join('\n')),
  ]
    .join('\n\n')
    .concat('\n')
}

function marked(text: string): string {
  return plain(text).replace(/[\\`*_{}[\]<>#|!~]/g, (mark) => `\\${mark}`)
}

/** One line a line: a line's end or a control sign in somebody's words is a blank. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
