import type { Around } from '../around.ts'
import { deeds } from '../paths.ts'
import { Field, Form } from './form.tsx'

/** What nobody's tool told: one line, and it is on the record. */
export function OneLine({ around, lock = [] }: { around: Around; lock?: readonly Lock[] }) {
  if (!around.may(deeds.newChange)) return null
  return (
    <section class="block one-line" aria-labelledby="by-hand">
      <h2 id="by-hand">Say it in one line</h2>
      <ChangeForm around={around} lock={lock} />
      <IncidentForm around={around} />
      <ComplaintForm around={around} />
    </section>
  )
}

/** An open sev1 or sev2: nothing is changed but to end it (S27). */
export interface Lock {
  id: string
  title: string
}

export function ChangeForm({ around, text, lock = [] }: { around: Around; text?: string; lock?: readonly Lock[] }) {
  return (
    <Form around={around} action={deeds.newChange}>
      <Field
        label="A change"
        name="line"
        placeholder="search deploy 4.2 on fra"
        required
        {...(text && { value: text })}
      />
      {lock.length > 0 && (
        <label>
          Deploys are locked: is it part of the response?
          <select name="response">
            <option value="">no, and the minutes will say so</option>
            {lock.map(({ id, title }) => (
              <option value={id}>
                yes, to {id} {title}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="submit">Tell the change</button>
    </Form>
  )
}

export function IncidentForm({ around, text }: { around: Around; text?: string }) {
  return (
    <Form around={around} action={deeds.newIncident}>
      <Field
        label="An incident"
        name="line"
        placeholder="checkout: card payments fail in ams"
        required
        {...(text && { value: text })}
      />
      <label class="narrow">
        Severity
        <select name="severity">
          <option value="">not known</option>
          <option value="sev1">SEV1</option>
          <option value="sev2">SEV2</option>
          <option value="sev3">SEV3</option>
          <option value="sev4">SEV4</option>
        </select>
      </label>
      <button type="submit">Report the incident</button>
    </Form>
  )
}

export function ComplaintForm({ around, text }: { around: Around; text?: string }) {
  return (
    <Form around={around} action={deeds.newComplaint}>
      <Field
        label="A complaint"
        name="line"
        placeholder="Customers say that the cart forgets"
        required
        {...(text && { value: text })}
      />
      <button type="submit">Pass it on</button>
    </Form>
  )
}
