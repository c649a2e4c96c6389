import type { Version } from '../../src/record/chain.ts'
import type { Saving } from '../../src/record/versions.ts'
import { type Around, readingAt } from '../around.ts'
import { counted, type Reading } from '../figures.ts'
import { paths } from '../paths.ts'
import { type ColumnChange, isBookkeeping, rowChange, tellerWord } from '../version-words.ts'
import { Mark } from './marks.tsx'
import { Moment } from './moment.tsx'
import { nameOf } from './owner.tsx'
import { happenedWords } from './timeline.tsx'

interface SavingLinesProps {
  savings: readonly Saving[]
  around: Around
  whole?: boolean // every row; else the first few that say something
  named?: boolean // of which thing each is, where a page tells of several
}
const few = 6

/** Who changed what, when and why, in words. */
export function SavingLines({ savings, around, whole, named }: SavingLinesProps) {
  const reading = readingAt(around)
  const called = (id: string) => nameOf(around.people, id) ?? id
  return (
    <ol class="timeline">
      {savings.map((saving) => {
        const telling = whole ? saving.rows : saving.rows.filter((version) => !isBookkeeping(version))
        const lines = telling.flatMap((version) => {
          const line = <RowLine version={version} around={around} reading={reading} named={named ?? whole ?? false} />
          return saysSomething(version, around) ? [line] : []
        })
        const shown = whole ? lines : lines.slice(0, few)
        const more = lines.length - shown.length
        return (
          <li>
            <Mark tone={saving.source === 'outside' ? 'red' : saving.source === 'restoration' ? 'amber' : 'plain'} />
            <Moment at={saving.at} reading={reading} />{' '}
            <span class="elapsed">
              <bdi>{tellerWord(saving, called)}</bdi>
            </span>
            {shown}
            <p class="quiet">
              {saving.why}
              {saving.why && more > 0 ? ' · ' : ''}
              {more > 0 ? `and ${counted(more, 'more row')}` : ''}{' '}
              {!whole && <a href={paths.saving(saving.number)}>change {saving.number}</a>}
            </p>
          </li>
        )
      })}
    </ol>
  )
}

function saysSomething({ tableName: table, row, was, became }: Version, around: Around): boolean {
  if (was === null || became === null) return true
  return rowChange({ table, row, was, became }, around.zone).columns.length > 0
}

interface RowLineProps {
  version: Version
  around: Around
  reading: Reading
  named: boolean
}

/** What was said stands as a sentence; a row of its own shows what is other than before. */
function RowLine({ version, around, reading, named }: RowLineProps) {
  const { tableName: table, row, was, became } = version
  const called = (id: string) => nameOf(around.people, id) ?? id
  const said = was === null ? saidIn(table, became) : null
  if (said)
    return (
      <p>
        {named && (
          <span class="quiet">
            <bdi>{said.of}</bdi>{' '}
          </span>
        )}
        {happenedWords(said, around.people, reading)}
      </p>
    )

  const { thing, id, how, columns } = rowChange({ table, row, was, became }, around.zone, called)
  return (
    <p>
      <span class="quiet">
        {how === 'changed' ? '' : how === 'came' ? 'new ' : 'gone: '}
        {thing} <bdi>{id}</bdi>
      </span>{' '}
      {how === 'went' ? null : columns.map((column) => <Change column={column} />)}
    </p>
  )
}

export function Change({ column: { column, was, became } }: { column: ColumnChange }) {
  return (
    <span class="changed">
      {column} {was && <del>{was}</del>} {became ? <ins>{became}</ins> : <ins class="nothing">nothing</ins>}{' '}
    </span>
  )
}

function saidIn(table: string, became: string | null): { of: string; kind: string; value: string } | null {
  if (!ofWords.has(table) || became === null) return null
  const { kind, value, state, site, service, ...ids } = JSON.parse(became)
  const of = ids.incident_id ?? ids.problem_id ?? ids.action_id ?? ids.change_id ?? service
  return table === 'site_events' ? { of, kind: 'site', value: `${site}: ${state}` } : { of, kind, value }
}

/** Tables of which each row is something that was said or done. */
const ofWords = new Set([
  ...['incident_events', 'problem_events', 'action_events', 'change_events', 'exposure_events', 'site_events'],
])
