import type { Version } from '../../src/record/chain.ts'
import type { Saving } from '../../src/record/versions.ts'
import type { Around } from '../around.ts'
import { counted, type Reading } from '../figures.ts'
import { paths } from '../paths.ts'
import { type ColumnChange, rowChange, tellerWord } from '../version-words.ts'
import { Mark } from './marks.tsx'
import { Moment } from './moment.tsx'
import { nameOf } from './owner.tsx'
import { happenedWords } from './timeline.tsx'

interface SavingLinesProps {
  savings: readonly Saving[]
  around: Around
  whole?: boolean // every row; else the first few
}
const few = 6

/** Who changed what, when and why, in words. */
export function SavingLines({ savings, around, whole }: SavingLinesProps) {
  const reading = { asOf: around.now, zone: around.zone }
  return (
    <ol class="timeline">
      {savings.map((saving) => {
        const shown = whole ? saving.rows : saving.rows.slice(0, few)
        const teller = tellerWord(saving, (id) => nameOf(around.people, id) ?? id)
        return (
          <li>
            <Mark tone={saving.source === 'outside' ? 'red' : saving.source === 'restoration' ? 'amber' : 'plain'} />
            <Moment at={saving.at} reading={reading} />{' '}
            <span class="elapsed">
              <bdi>{teller}</bdi>
            </span>
            {shown.map((version) => (
              <RowLine version={version} around={around} reading={reading} />
            ))}
            <p class="quiet">
              {[
                saving.why,
                shown.length < saving.rows.length
                  ? `and ${counted(saving.rows.length - shown.length, 'more row')}`
                  : '',
              ]
                .filter(Boolean)
                .join(' · ')}{' '}
              {!whole && <a href={paths.saving(saving.number)}>change {saving.number}</a>}
            </p>
          </li>
        )
      })}
    </ol>
  )
}

/** What was said stands as a sentence; a row of its own shows what is other than before. */
function RowLine({ version, around, reading }: { version: Version; around: Around; reading: Reading }) {
  const { tableName: table, row, was, became } = version
  const said = was === null ? saidIn(table, became) : null
  if (said) return <p>{happenedWords(said, around.people, reading)}</p>

  const { thing, id, how, columns } = rowChange({ table, row, was, became }, around.zone)
  return (
    <p>
      {how === 'changed' ? '' : `${how === 'came' ? 'New' : 'Gone'}: `}
      <span class="quiet">
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

function saidIn(table: string, became: string | null): { kind: string; value: string } | null {
  if (!table.endsWith('_events') || became === null) return null
  const { kind, value, state, site } = JSON.parse(became)
  return table === 'site_events' ? { kind: 'site', value: `${site}: ${state}` } : { kind, value }
}
