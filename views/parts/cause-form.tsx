import type { IncidentPageProps } from '../incident.tsx'
import { deeds } from '../paths.ts'
import { Form } from './form.tsx'

/** Which change caused it: the suspect preselected before the verdict, the verdict after it, and how good our guesses were. */
export function CauseForm({ around, incident, changes, suspect, verdict, rate }: IncidentPageProps) {
  const chosen = verdict ? (verdict.causeId ?? 'none') : (suspect?.id ?? 'none')
  return (
    <Form
      around={around}
      action={deeds.incident.cause(incident.id)}
      seen={{ cause: verdict && (verdict.causeId ?? 'none') }}
    >
      <label>
        {verdict ? 'The room found the cause to be' : 'What was the cause?'}
        <select name="change">
          {changes.map(({ id, what }) => (
            <option value={id} selected={id === chosen}>
              {id === suspect?.id ? `${what} (suspect)` : what}
            </option>
          ))}
          <option value="none" selected={chosen === 'none'}>
            None of these changes
          </option>
        </select>
      </label>
      <button type="submit">{verdict ? 'Correct it' : 'That was it'}</button>
      {rate.verdicts > 0 && (
        <p class="quiet">
          So far the suspect was the cause in {Math.round((100 * rate.hits) / rate.verdicts)} % of {rate.verdicts}.
        </p>
      )}
    </Form>
  )
}
