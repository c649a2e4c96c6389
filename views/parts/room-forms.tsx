import { addDays } from '../../src/calendar.ts'
import type { Incident } from '../../src/record/shapes.ts'
import { classWord, problemStateWord } from '../names.ts'
import { deeds } from '../paths.ts'
import { Field, Form, OwnerForm } from './form.tsx'
import { nameOf } from './owner.tsx'
import type { CardProps } from './room-card.tsx'
import { isOwnable } from './room-rows.tsx'

/** What the room can decide on a thing that is no incident: a form each, the same as on its own page. */
export function SubjectForms(props: CardProps) {
  const { item, room, leads } = props
  const owner = nameOf(room.facts.people, item.ownerId)
  return (
    <section class="box">
      {isOwnable(item) && <p>Owner: {owner ? <b>{owner}</b> : <em>nobody’s</em>}</p>}
      {leads && <FormsOf {...props} />}
    </section>
  )
}

function FormsOf(props: CardProps) {
  const { around, item, room } = props
  const { id } = item.subject
  const exposed = room.facts.exposures.find((one) => one.id === id)
  const problem = room.facts.problems.find((one) => one.id === id)
  switch (item.subject.kind) {
    case 'exposure':
      return (
        <>
          <OwnerForm around={around} action={deeds.exposure.owner(id)} owner={item.ownerId} />
          <Form around={around} action={deeds.exposure.plan(id)} seen={{ plan: exposed?.plan }}>
            <Field label="Plan" name="plan" required {...(exposed?.plan && { value: exposed.plan })} />
            <button type="submit">Plan</button>
          </Form>
          <Form around={around} action={deeds.exposure.eta(id)} seen={{ eta: exposed?.eta?.toISOString() }}>
            <Field label="Redundant again by" name="eta" type="datetime-local" required />
            <button type="submit">Promise</button>
          </Form>
        </>
      )
    case 'action':
      return <ActionForms {...props} />
    case 'problem':
      return (
        <>
          <OwnerForm around={around} action={deeds.problem.owner(id)} owner={item.ownerId} />
          <Form around={around} action={deeds.problem.state(id)} seen={{ state: problem?.state }}>
            <label>
              State
              <select name="state">
                {problemStates.map((state) => (
                  <option value={state} selected={state === problem?.state}>
                    {problemStateWord(state)}
                  </option>
                ))}
              </select>
            </label>
            <Field label="Because" name="why" />
            <button type="submit">Set</button>
          </Form>
        </>
      )
    case 'change':
      return (
        <>
          <Form around={around} action={deeds.change.course(id)}>
            <Field label="Because" name="why" />
            <button type="submit" name="course" value="hold" data-key="s">
              <kbd>s</kbd> Hold
            </button>
            <button type="submit" name="course" value="go-on" data-key="g">
              <kbd>g</kbd> Go on
            </button>
            <button type="submit" name="course" value="watch" data-key="w">
              <kbd>w</kbd> Watch
            </button>
          </Form>
          <Form around={around} action={deeds.change.rollback(id)}>
            <Field label="Rolled back because" name="why" />
            <button type="submit">Roll back</button>
          </Form>
          <Form around={around} action={deeds.change.denial(id)}>
            <Field label="Cannot be the cause because" name="why" />
            <button type="submit">Deny</button>
          </Form>
        </>
      )
    case 'complaint':
    case 'forecast':
    case 'service':
      return (
        <>
          <Form around={around} action={deeds.newIncident}>
            <input type="hidden" name="line" value={item.title} />
            {item.subject.kind === 'complaint' && <input type="hidden" name="complaint" value={id} />}
            <button type="submit">Make it an incident</button>
          </Form>
          {item.subject.kind === 'complaint' && <LinkForm {...props} />}
          <Form around={around} action={deeds.newAction}>
            <Field label="Or an action" name="title" required />
            <Field label="Who" name="owner" list="people" />
            <button type="submit">Give it out</button>
          </Form>
        </>
      )
    default:
      return null
  }
}

/** It complains about something that is known already. */
function LinkForm({ around, item, room }: CardProps) {
  if (room.facts.incidents.length === 0) return null
  return (
    <Form around={around} action={deeds.complaint.incident(item.subject.id)}>
      <label>
        Or it is about
        <select name="incident">
          {room.facts.incidents.slice(0, 50).map(({ id, title }) => (
            <option value={id}>{title}</option>
          ))}
        </select>
      </label>
      <button type="submit">Link</button>
    </Form>
  )
}

/** Done; a new date, tomorrow or in a week with one tap, with its reason; or dropped with its reason. */
function ActionForms({ around, item, room }: CardProps) {
  const { id } = item.subject
  const day = room.agenda.meetingDay
  const action = room.facts.actions.find((one) => one.id === id)
  return (
    <>
      <Form around={around} action={deeds.action.completion(id)} seen={{ state: action?.state }}>
        <button type="submit" data-key="d">
          <kbd>d</kbd> Done
        </button>
      </Form>
      <Form around={around} action={deeds.action.due(id)} seen={{ due: action?.dueAt?.toISOString() }}>
        <Field label="New date" name="due" type="date" value={addDays(day, 7)} required />
        <Field label="Because" name="why" required />
        <button type="submit" data-key="n">
          <kbd>n</kbd> New date
        </button>
      </Form>
      <Form around={around} action={deeds.action.dropping(id)} seen={{ state: action?.state }}>
        <Field label="Dropped because" name="why" required />
        <button type="submit">Drop</button>
      </Form>
      <OwnerForm around={around} action={deeds.action.owner(id)} owner={item.ownerId} />
    </>
  )
}

/** To one named person: what, how it was noticed, and the plan. It is nobody's until they say yes. */
export function HandOverForm({ around, item, room }: CardProps) {
  const day = room.agenda.meetingDay
  const incident = room.card?.incident
  return (
    <div id="hand-over" popover="auto" class="sheet">
      <h2>Hand over</h2>
      <Form around={around} action={deeds.meeting.handOvers(day)} class="forms">
        <input type="hidden" name="kind" value={item.subject.kind} />
        <input type="hidden" name="id" value={item.subject.id} />
        <Field label="To one person, never a team" name="to" list="people" required />
        <Field label="What" name="issue" value={item.title} required />
        <Field
          label="How it was noticed"
          name="noticed"
          {...(incident?.class && { value: classWord(incident.class) })}
        />
        <Field label="The plan" name="plan" required />
        <button type="submit">Hand over</button>
      </Form>
    </div>
  )
}

/** Severity and customer-minutes, and when it began and ended: as it turned out, though it was told otherwise. */
export function Correct({ around, incident }: CardProps & { incident: Incident }) {
  return (
    <div id="correct" popover="auto" class="sheet">
      <h2>Correct</h2>
      <Form around={around} action={deeds.outage.correction(incident.id)} class="forms" seen={asItStands(incident)}>
        <label>
          Severity
          <select name="severity">
            {['sev1', 'sev2', 'sev3', 'sev4'].map((severity) => (
              <option value={severity} selected={severity === incident.severity}>
                {severity.toUpperCase()}
              </option>
            ))}
          </select>
        </label>
        <Field
          label="Customer-minutes"
          name="customerMinutes"
          type="number"
          {...(incident.customerMinutes !== null && { value: String(incident.customerMinutes) })}
        />
        <Field label="Began" name="startedAt" type="datetime-local" />
        <Field label="Ended" name="resolvedAt" type="datetime-local" />
        <button type="submit">Correct it</button>
      </Form>
    </div>
  )
}

function asItStands({ severity, customerMinutes, startedAt, resolvedAt }: Incident) {
  return {
    severity,
    customerMinutes: customerMinutes === null ? null : String(customerMinutes),
    startedAt: startedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString(),
  }
}

const problemStates = ['open', 'known-error', 'fix-deployed', 'closed'] as const
