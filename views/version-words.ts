import { dateTimeWords } from '../src/calendar.ts'
import type { Version } from '../src/record/chain.ts'
import type { ChangedRow } from '../src/record/restoring.ts'

/** What changed in one column, in words; '' = nothing stood there. */
export interface ColumnChange {
  column: string
  was: string
  became: string
}
/** One row's change, in words. */
export interface RowChange {
  thing: string // 'incident', 'what was said of an incident'
  id: string
  how: 'came' | 'changed' | 'went'
  columns: ColumnChange[]
}

type Changed = Pick<ChangedRow, 'table' | 'row'> & { was: string | null; became: string | null }

/** The columns that a reader can tell apart; what only the program needs is left out. */
export function rowChange({ table, row, was, became }: Changed, zone: string, nameOf = (id: string) => id): RowChange {
  const before = columnsOf(was)
  const after = columnsOf(became)
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const columns = names
    .filter((name) => !ours.has(name) && before[name] !== after[name])
    .map((name) => ({
      column: columnWord(name),
      was: valueWord(name, before[name], { zone, nameOf }),
      became: valueWord(name, after[name], { zone, nameOf }),
    }))
    .filter(({ was, became }) => was !== became)
  return {
    thing: thingWord(table),
    id: idOf(row),
    how: was === null ? 'came' : became === null ? 'went' : 'changed',
    columns,
  }
}

/** In one line: 'incident INC-1 changed: severity sev3 → sev1, owner nobody → ana'. */
export function rowLine(change: RowChange): string {
  const { thing, id, how, columns } = change
  if (how !== 'changed') return `${thing} ${id} ${how}`
  return `${thing} ${id} changed: ${columns.map(columnLine).join(', ')}`
}

export function columnLine({ column, was, became }: ColumnChange): string {
  return `${column} ${was || 'nothing'} → ${became || 'nothing'}`
}

/** Who did it, as far as it was said. */
export function tellerWord({ by, source }: Pick<Version, 'by' | 'source'>, nameOf: (id: string) => string): string {
  if (by) return nameOf(by)
  if (source === 'muster') return 'Muster'
  if (source === 'outside') return 'somebody past Muster'
  return source === 'room' ? 'the room' : source
}

// The order, the derived and the doubled: nobody misses them.
const ours = new Set([
  'id',
  'recorded_at',
  'changed_at',
  'rank',
  'symptom',
  'ended_at',
  'incident_id',
  'problem_id',
  'action_id',
])

const things: Readonly<Record<string, string>> = {
  incidents: 'incident',
  incident_events: 'word on incident',
  incident_problems: 'link of incident',
  problems: 'problem',
  problem_events: 'word on problem',
  actions: 'action',
  action_events: 'word on action',
  changes: 'change',
  change_events: 'word on change',
  exposures: 'exposure',
  exposure_events: 'word on exposure of',
  site_events: 'site of',
  needs: 'need of',
  services: 'service',
  people: 'person',
  person_roles: 'role of',
  planned_events: 'event',
}

export function thingWord(table: string): string {
  return things[table] ?? table.replaceAll('_', ' ').replace(/s$/, '')
}

const words: Readonly<Record<string, string>> = {
  owner_id: 'owner',
  change_id: 'change',
  merged_into: 'part of',
  postmortem_for: 'postmortem on',
  postmortem_at: 'postmortem decided',
  text: 'words',
}

function columnWord(name: string): string {
  return words[name] ?? name.replace(/_at$/, '').replaceAll('_', ' ')
}

function columnsOf(json: string | null): Record<string, unknown> {
  return json === null ? {} : (JSON.parse(json) as Record<string, unknown>) // written by a trigger from a row
}

// Instants are milliseconds: nothing else in the record is as large.
function valueWord(
  name: string,
  value: unknown,
  { zone, nameOf }: { zone: string; nameOf(id: string): string },
): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'number' && value > 1e11 && /_at$|_for$|^at$|^from$|^to$|^since$|^until$|^minute$/.test(name))
    return dateTimeWords(new Date(value), zone)
  if (name === 'owner_id' || name === 'by') return nameOf(String(value))
  if (typeof value === 'number') return String(Math.round(value * 100) / 100)
  const text = String(value)
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}
const longestValue = 160

function idOf(row: string): string {
  const [first, ...rest] = JSON.parse(row) as unknown[]
  return [first, ...rest.filter((part) => typeof part === 'string' && part.length < 40)].join(' ')
}

/** What keeps the books, of no news to a reader: told only where a whole saving is shown. */
const books = new Set(['inputs', 'sources', 'incident_problems', 'record', 'last_uses'])
export function isBookkeeping({ tableName }: Pick<Version, 'tableName'>): boolean {
  return books.has(tableName)
}
