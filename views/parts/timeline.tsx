import type { Person } from '../../src/record/shapes.ts'
import { type Reading, spell } from '../figures.ts'
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
          <p>{happenedWords(event, people)}</p>
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

const words: Record<string, (value: string) => string> = {
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
  'postmortem-scheduled': (value) => `Postmortem session on ${value.slice(0, 16).replace('T', ' ')} UTC`,
  'fix-deployed': () => 'Fix out',
  recurred: () => 'Came back',
  state: (value) => `State: ${value.replace('-', ' ')}`,
  plan: (value) => `Plan: ${value}`,
  eta: (value) => `Promised for ${value.slice(0, 16).replace('T', ' ')} UTC`,
  due: (value) => `Due ${value.slice(0, 10)}`,
  'rolled-back': () => 'Rolled back',
  denied: () => 'Denied as a cause',
  'confirmed-cause': (value) => `Confirmed as the cause of ${value}`,
  site: (value) => value,
  told: toldWords,
}

function happenedWords({ kind, value }: Happened, people: Person[]): string {
  const said = kind === 'assigned' || kind === 'owner' ? (nameOf(people, value) ?? '') : value
  return (
    words[kind]?.(said) ?? (kind === 'note' ? value : [kind.replaceAll('-', ' '), value].filter(Boolean).join(': '))
  )
}

/** A tool's columns as they stood, in a sentence; what cannot be read is shown as it came. */
function toldWords(value: string): string {
  const columns = columnsOf(value)
  return columns === null
    ? value
    : `Told: ${Object.entries(columns)
        .map(([name, said]) => `${name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)} ${said ?? 'none'}`)
        .join(', ')}`
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
