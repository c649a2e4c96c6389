import type { Person } from '../../src/record/shapes.ts'
import type { Around } from '../around.ts'
import { deeds } from '../paths.ts'
import { Form } from './form.tsx'

interface PartsFormProps {
  around: Around
  day: string
  people: Person[]
  stands: { facilitatorId: string | null; scribeId: string | null }
  suggested?: { facilitatorId: string | null; scribeId: string | null } // chosen where nobody is yet
}

/** Who leads and who writes: the backup takes over with one choice. */
export function PartsForm({ around, day, people, stands, suggested }: PartsFormProps) {
  if (people.length === 0) return null
  return (
    <Form
      around={around}
      action={deeds.meeting.parts(day)}
      class="line parts"
      seen={{ facilitator: stands.facilitatorId, scribe: stands.scribeId }}
    >
      <Choice
        label="Leads"
        name="facilitator"
        people={people}
        chosen={stands.facilitatorId ?? suggested?.facilitatorId}
      />
      <Choice label="Writes" name="scribe" people={people} chosen={stands.scribeId ?? suggested?.scribeId} />
      <button type="submit">Agreed</button>
    </Form>
  )
}

interface ChoiceProps {
  label: string
  name: string
  people: Person[]
  chosen: string | null | undefined
}

function Choice({ label, name, people, chosen }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">nobody yet</option>
        {people.map((person) => (
          <option value={person.id} selected={person.id === chosen}>
            {person.name}
          </option>
        ))}
      </select>
    </label>
  )
}
