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
  return (
    <div class="difference">
      <p>
        <b>
          <bdi>{thing}</bdi>
        </b>
      </p>
      {rows.map(({ table, row, was, is }) => {
        const change = rowChange({ table, row, was: is, became: was }, around.zone)
        return (
          <p>
            {change.how === 'came' ? 'Back: ' : change.how === 'went' ? 'Away: ' : ''}
            <span class="quiet">{change.thing}</span>{' '}
            {change.how === 'went' ? (
              <bdi>{change.id}</bdi>
            ) : (
              change.columns.map((column) => <Change column={column} />)
            )}
          </p>
        )
      })}
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
