import type { Child } from 'hono/jsx'
import type { Around } from '../around.ts'
import { deeds } from '../paths.ts'

interface FormProps {
  around: Around
  action: string
  class?: string
  seen?: Record<string, string | null | undefined> // how what it changes stands here, so that nobody is overruled unseen
  children?: Child
}

/**
 * A plain form that leads back here; with htmx the page is morphed in place instead of loaded anew. Whoever may not send it
 * does not see it.
 */
export function Form({ around, action, class: kind = 'line', seen = {}, children }: FormProps) {
  if (!around.may(action)) return null
  return (
    <form method="post" action={action} class={kind} hx-post={action} hx-nonce={around.nonce}>
      <input type="hidden" name="back" value={around.here} />
      {Object.entries(seen).map(([field, stands]) => (
        <input type="hidden" name={`seen.${field}`} value={stands ?? ''} />
      ))}
      {children}
    </form>
  )
}

interface FieldProps {
  label: string
  name: string
  value?: string
  type?: string
  list?: string
  required?: boolean
  placeholder?: string
  describedBy?: string
}

export function Field({ label, name, value, type = 'text', list, required, placeholder, describedBy }: FieldProps) {
  return (
    <label>
      {label}
      <input
        name={name}
        type={type}
        value={value}
        list={list}
        required={required}
        placeholder={placeholder}
        aria-describedby={describedBy}
        autocomplete="off"
        maxlength={2000}
      />
    </label>
  )
}

/** Who takes it: a name, or with one tap oneself. */
export function OwnerForm({ around, action, owner }: { around: Around; action: string; owner?: string | null }) {
  if (!around.may(action)) return null
  return (
    <div class="choices owners">
      <Form around={around} action={action} seen={{ owner }}>
        <Field label={owner ? 'Hand over to' : 'Owner'} name="owner" list="people" required />
        <button type="submit">{owner ? 'Hand over' : 'Assign'}</button>
      </Form>
      {around.me && around.me.id !== owner && (
        <Form around={around} action={action} seen={{ owner }}>
          <input type="hidden" name="owner" value={around.me.id} />
          <button type="submit">I take it</button>
        </Form>
      )}
    </div>
  )
}

/** Everybody who can own a thing, once a page: each owner field names this list. */
export function PeopleList({ around }: { around: Around }) {
  if (!around.may(deeds.newAction)) return null
  return (
    <datalist id="people">
      {around.people.map((person) => (
        <option value={person.id}>{person.name}</option>
      ))}
    </datalist>
  )
}
