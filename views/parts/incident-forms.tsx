import type { Around } from '../around.ts'
import { type Reading, sentence, when } from '../figures.ts'
import type { IncidentPageProps } from '../incident.tsx'
import { adviceWords, decisionWord } from '../names.ts'
import { deeds } from '../paths.ts'
import { Field, Form, OwnerForm } from './form.tsx'

export function Deeds({ around, incident }: IncidentPageProps) {
  const { id, state, ownerId, endedAt, mitigatedAt, closedAt } = incident
  return (
    <div class="forms">
      <OwnerForm around={around} action={deeds.incident.owner(id)} owner={ownerId} />
      <Form around={around} action={deeds.incident.severity(id)} seen={{ severity: incident.severity }}>
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
        <button type="submit">Set</button>
      </Form>
      <div class="choices">
        {!endedAt && !mitigatedAt && (
          <Deed around={around} action={deeds.incident.mitigation(id)} state={state} words="Service is back" />
        )}
        {!endedAt && <Deed around={around} action={deeds.incident.resolution(id)} state={state} words="Resolved" />}
        {!closedAt && <Deed around={around} action={deeds.incident.closing(id)} state={state} words="Close" />}
      </div>
      {endedAt && (
        <Form around={around} action={deeds.incident.reopening(id)} seen={{ state }}>
          <Field label="It came back because" name="why" />
          <button type="submit">Reopen</button>
        </Form>
      )}
    </div>
  )
}

interface DeedProps {
  around: Around
  action: string
  state: string
  words: string
}

function Deed({ around, action, state, words }: DeedProps) {
  return (
    <Form around={around} action={action} seen={{ state }}>
      <button type="submit">{words}</button>
    </Form>
  )
}

export function Postmortem({ around, incident, advice, reading }: IncidentPageProps & { reading: Reading }) {
  const { id, postmortem, postmortemAt, postmortemFor } = incident
  return (
    <>
      <p>
        {sentence(decisionWord(postmortem))}
        {postmortemAt && `, decided ${when(postmortemAt, reading)}`}
        {postmortemFor && `, session ${when(postmortemFor, reading)}`}.{' '}
        <span class="quiet">{sentence(adviceWords(advice))}.</span>
      </p>
      <Form around={around} action={deeds.incident.postmortem(id)} seen={{ decision: postmortem }}>
        <Field label="Because" name="why" />
        <div class="choices">
          {(['yes', 'no', 'later'] as const).map((decision) => (
            <button
              type="submit"
              name="decision"
              value={decision}
              aria-pressed={decision === postmortem ? 'true' : 'false'}
              class={decision === advice.answer ? 'advised' : undefined}
            >
              {sentence(decision)}
            </button>
          ))}
        </div>
      </Form>
      {postmortem === 'yes' && (
        <div class="forms">
          <Form around={around} action={deeds.incident.session(id)} seen={{ for: postmortemFor?.toISOString() }}>
            <Field label="Session on" name="for" type="datetime-local" required />
            <button type="submit">Schedule</button>
          </Form>
          <Form around={around} action={deeds.incident.session(id)} seen={{ for: postmortemFor?.toISOString() }}>
            <input type="hidden" name="proposed" value="yes" />
            <button type="submit">First free hour</button>
          </Form>
        </div>
      )}
    </>
  )
}

export function ProblemForm({ around, incident, openProblems }: IncidentPageProps) {
  return (
    <div class="forms">
      {openProblems.length > 0 && (
        <Form around={around} action={deeds.incident.problem(incident.id)}>
          <label>
            Link an open problem
            <select name="problem">
              {openProblems.map((problem) => (
                <option value={problem.id}>{problem.title}</option>
              ))}
            </select>
          </label>
          <button type="submit">Link</button>
        </Form>
      )}
      <Form around={around} action={deeds.incident.problem(incident.id)}>
        <Field label="Or name a new one" name="title" required />
        <button type="submit">Open it</button>
      </Form>
    </div>
  )
}
