import type { Person } from '../../src/record/shapes.ts'
import { type Reading, spell, when } from '../figures.ts'
import { Mark, type Tone } from './marks.tsx'
import { Moment } from './moment.tsx'
import { nameOf } from './owner.tsx'

/** One happening, as stored. */
export interface Happened {
  at: Date
  recordedAt: Date
  kind: string
  value: string
  by: string
  why: string
  origin: string
  source: string
}

interface TimelineProps {
  happened: readonly Happened[]
  from: Date // elapsed time is counted from here
  people: Person[]
  reading: Reading
}

/** What happened, oldest first, each with how long after the beginning and who said so. */
export function Timeline({ happened, from, people, reading }: TimelineProps) {
  return (
    <ol class="timeline">
      {happened.map((event) => (
        <li>
          <Mark tone={toneOfKind(event.kind)} />
          <Moment at={event.at} reading={reading} />{' '}
          <span class="elapsed">{event.at > from ? `+ ${spell(event.at.getTime() - from.getTime())}` : ''}</span>
          <p>{happenedWords(event, people, reading)}</p>
          <p class="quiet">
            {[event.why, nameOf(people, event.by) ?? '', sourceWords(event), latenessWords(event)]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ol>
  )
}

const words: Record<string, (value: string, reading: Reading) => string> = {
  opened: () => 'Began',
  acknowledged: () => 'Acknowledged',
  assigned: (value) => `Owner: ${value || 'nobody'}`,
  owner: (value) => `Owner: ${value || 'nobody'}`,
  severity: (value) => `Severity ${value.toUpperCase() || 'unknown'}`,
  mitigated: () => 'Service back, not yet resolved',
  resolved: () => 'Resolved',
  reopened: () => 'Reopened',
  closed: () => 'Closed',
  'linked-problem': (value) => `Linked to problem ${value}`,
  'merged-into': (value) => `Is part of ${value}`,
  'split-from': (value) => `Is an incident of its own again, apart from ${value}`,
  'clock-skew': (value) =>
    `Its sender’s clock is ahead of ours by ${spell(Number(value))}: all it says is set back by that`,
  'linked-incident': (value) => `Linked to incident ${value}`,
  postmortem: (value) => `Postmortem: ${value}`,
  'postmortem-scheduled': (value, reading) => `Postmortem session ${instantWords(value, reading)}`,
  'fix-deployed': () => 'Fix out',
  recurred: () => 'Came back',
  state: (value) => `State: ${value.replace('-', ' ')}`,
  plan: (value) => `Plan: ${value}`,
  eta: (value, reading) => `Promised for ${instantWords(value, reading)}`,
  due: (value, reading) => `Due ${instantWords(value, reading)}`,
  'rolled-back': () => 'Rolled back',
  denied: () => 'Denied as a cause',
  course: (value) => (value === 'hold' ? 'To be held' : value === 'watch' ? 'To be watched' : 'To go on'),
  cause: (value) => (value ? `The room found the cause: change ${value}` : 'No change caused it, the room found'),
  'confirmed-cause': (value) => `Confirmed as the cause of ${value}`,
  'in-response': (value) => `Part of the response to ${value}`,
  'outage-manager': (value) => `Outage manager: ${value || 'nobody'}`,
  promised: (value, reading) => `Promised by ${promiseWords(value, reading)}`,
  'promise-kept': (value, reading) => `Kept what was promised by ${promiseWords(value, reading)}`,
  checked: (value) => `Done: ${value}`,
  skipped: (value) => `Left out: ${value}`,
  site: (value) => value,
  told: toldWords,
}

/** What somebody said, in a sentence. */
export function happenedWords(
  { kind, value }: Pick<Happened, 'kind' | 'value'>,
  people: Person[],
  reading: Reading,
): string {
  const said = ['assigned', 'owner', 'outage-manager'].includes(kind) ? (nameOf(people, value) ?? '') : value
  return (
    words[kind]?.(said, reading) ??
    (kind === 'note' ? value : [kind.replaceAll('-', ' '), value].filter(Boolean).join(': '))
  )
}

/** A tool's columns as they stood, those that say something; what cannot be read is shown as it came. */
function toldWords(value: string, reading: Reading): string {
  const columns = columnsOf(value)
  if (columns === null) return value

  const said = Object.entries(columns).filter(([name, told]) => told !== null && told !== '' && name !== 'title')
  return said.length === 0 ? 'Told' : `Told: ${said.map(([name, told]) => columnWords(name, told, reading)).join(', ')}`
}

function columnWords(name: string, told: unknown, reading: Reading): string {
  const words = name.replace(/Id$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  const isInstant = name.endsWith('At') && !Number.isNaN(Date.parse(`${told}`))
  return `${words.replace(/ at$/, '')} ${isInstant ? when(new Date(`${told}`), reading) : told}`
}

/** 'an instant, a blank, what': as record/outage-state.ts keeps it. */
function promiseWords(value: string, reading: Reading): string {
  const [at = '', ...what] = value.split(' ')
  return `${instantWords(at, reading)}: ${what.join(' ')}`
}

function instantWords(value: string, reading: Reading): string {
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? value : when(at, reading)
}

function columnsOf(value: string): Record<string, unknown> | null {
  try {
    const columns: unknown = JSON.parse(value)
    return typeof columns === 'object' && columns !== null ? (columns as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function sourceWords({ origin, source }: Happened): string {
  return origin === 'room' ? 'the room' : source
}

function latenessWords({ at, recordedAt, origin }: Happened): string {
  const ms = recordedAt.getTime() - at.getTime()
  return origin === 'tool' && ms > 60 * 60_000 ? `heard ${spell(ms)} later` : ''
}

function toneOfKind(kind: string): Tone {
  if (kind === 'opened' || kind === 'reopened' || kind === 'recurred') return 'red'
  if (kind === 'resolved' || kind === 'closed' || kind === 'mitigated' || kind === 'fix-deployed') return 'green'
  return 'plain'
}
