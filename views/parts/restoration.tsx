import type { Difference, Plan } from '../../src/record/restoring.ts'
import type { Around } from '../around.ts'
import { counted } from '../figures.ts'
import { rowChange, tellerWord } from '../version-words.ts'
import { Field, Form } from './form.tsx'
import { nameOf } from './owner.tsx'
import { Change } from './savings.tsx'

interface PreviewProps {
  around: Around
  action: string
  asked: { plan: Plan; to?: string }
}
const most = 30

/** What would change, what would be left alone and why; and only then the button. */
export function Preview({ around, action, asked: { plan, to } }: PreviewProps) {
  const { differences, conflicts } = plan
  return (
    <>
      <p>
        {differences.length === 0
          ? 'Nothing would change: it stands as it did.'
          : `${counted(differences.length, 'thing')} would stand otherwise.`}
      </p>
      {differences.slice(0, most).map((difference) => (
        <DifferenceLines difference={difference} around={around} />
      ))}
      {differences.length > most && <p class="quiet">and {differences.length - most} more</p>}
      {conflicts.length > 0 && <Conflicts conflicts={conflicts} around={around} />}
      {differences.length > 0 && (
        <Form around={around} action={action}>
          {to && <input type="hidden" name="to" value={to} />}
          <Field label="Why" name="why" required />
          <button type="submit">Bring it back</button>
        </Form>
      )}
    </>
  )
}

function DifferenceLines({ difference: { thing, rows }, around }: { difference: Difference; around: Around }) {
  const called = (id: string) => nameOf(around.people, id) ?? id
  const own = rows.find(({ row }) => row === JSON.stringify([thing]))
  return (
    <div class="difference">
      <p>
        <b>
          <bdi>{thing}</bdi>
        </b>
        {own?.was === null && ' goes: it was not there then'}
        {own?.is === null && ' comes back'}
      </p>
      {rows
        .filter(({ was }) => own?.was !== null || was !== null)
        .map(({ table, row, was, is }) => rowChange({ table, row, was: is, became: was }, around.zone, called))
        .filter(({ how, columns }) => how !== 'changed' || columns.length > 0)
        .map(({ how, thing, id, columns }) => (
          <p>
            <span class="quiet">
              {how === 'came' ? 'back: ' : how === 'went' ? 'away: ' : ''}
              {thing} {how === 'changed' ? '' : <bdi>{id}</bdi>}
            </span>{' '}
            {how === 'changed' && columns.map((column) => <Change column={column} />)}
          </p>
        ))}
    </div>
  )
}

function Conflicts({ conflicts, around }: { conflicts: readonly Difference[]; around: Around }) {
  return (
    <>
      <h3>{counted(conflicts.length, 'thing')} left as they are</h3>
      <ul>
        {conflicts.slice(0, most).map(({ thing, later }) => (
          <li>
            <bdi>{thing}</bdi>: {later ? tellerWord(later, (id) => nameOf(around.people, id) ?? id) : 'somebody'} has
            spoken of it since.
          </li>
        ))}
      </ul>
    </>
  )
}
