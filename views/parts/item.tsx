import type { Item, Reason } from '../../src/agenda/shapes.ts'
import type { Facts } from '../../src/record/shapes.ts'
import type { Around } from '../around.ts'
import { type Reading, sentence } from '../figures.ts'
import { deeds, pathTo } from '../paths.ts'
import { reasonClauses } from '../words.ts'
import { Field, Form, OwnerForm } from './form.tsx'
import { Mark, SeverityTag } from './marks.tsx'
import { Owner } from './owner.tsx'
import { toneOf, untagged } from './tone.ts'

interface AgendaItemProps {
  item: Item
  around: Around
  facts: Facts
  reading: Reading
}

/** One thing the room must talk about: what, why, whose, and what can be decided here. */
export function AgendaItem({ item, around, facts, reading }: AgendaItemProps) {
  const { subject, title, reason, ownerId } = item
  const [first = '', ...others] = untagged(reasonClauses(reason, reading), reason)
  return (
    <li class="item" id={`${subject.kind}-${subject.id}`}>
      <Mark tone={toneOf(reason)} />
      <div>
        <h3>
          {'severity' in reason && <SeverityTag severity={reason.severity} />}{' '}
          <a href={pathTo(subject)}>
            <bdi>{title}</bdi>
          </a>
        </h3>
        <p class="why">{sentence(first)}</p>
        <p class="meta">
          {others.map((clause) => (
            <span>{clause}</span>
          ))}
          {isOwnable(item) && (
            <span>
              Owner <Owner people={facts.people} ownerId={ownerId} />
            </span>
          )}
        </p>
      </div>
      <Decisions item={item} around={around} />
    </li>
  )
}

/** What is missing here can be given here; everything else is one tap away on its own page. */
function Decisions({ item, around }: { item: Item; around: Around }) {
  const { subject, reason, ownerId } = item
  switch (subject.kind) {
    case 'exposure':
      return isOpenExposure(reason) ? (
        <ExposureForms id={subject.id} reason={reason} ownerId={ownerId} around={around} />
      ) : null
    case 'incident':
      return isDecision(reason) ? (
        <PostmortemForm around={around} id={subject.id} reason={reason} />
      ) : reason.kind === 'to schedule' ? (
        <SessionForm around={around} id={subject.id} />
      ) : reason.kind === 'recurring' ? (
        <ProblemForm around={around} item={item} />
      ) : ownerId === null && reason.kind !== 'alike' && reason.kind !== 'restored' ? (
        <Act>
          <OwnerForm around={around} action={deeds.incident.owner(subject.id)} />
        </Act>
      ) : null
    case 'problem':
      return ownerId === null && reason.kind !== 'problem closed' ? (
        <Act>
          <OwnerForm around={around} action={deeds.problem.owner(subject.id)} />
        </Act>
      ) : null
    case 'action':
      return reason.kind === 'done since' || reason.kind === 'dropped since' ? null : (
        <ActionForms item={item} around={around} />
      )
    default:
      return null
  }
}

function Act({ children }: { children: unknown }) {
  return <div class="act">{children as never}</div>
}

type OpenExposure = Extract<Reason, { kind: 'alone' | 'unproven' }>

interface ExposureFormsProps {
  id: string
  reason: OpenExposure
  ownerId: string | null
  around: Around
}

function ExposureForms({ id, reason, ownerId, around }: ExposureFormsProps) {
  return (
    <Act>
      {ownerId === null && <OwnerForm around={around} action={deeds.exposure.owner(id)} />}
      {reason.missing.includes('plan') && (
        <Form around={around} action={deeds.exposure.plan(id)} seen={{ plan: null }}>
          <Field label="Plan" name="plan" required />
          <button type="submit">Plan</button>
        </Form>
      )}
      {(reason.missing.includes('eta') || hasLapsed(reason, around.now)) && (
        <Form
          around={around}
          action={deeds.exposure.eta(id)}
          seen={{ eta: reason.kind === 'alone' ? reason.eta?.toISOString() : null }}
        >
          <Field label="Redundant again by" name="eta" type="datetime-local" required />
          <button type="submit">Promise</button>
        </Form>
      )}
    </Act>
  )
}

interface PostmortemFormProps {
  around: Around
  id: string
  reason: Extract<Reason, { kind: 'to decide' | 'put off' }>
}

/** Yes, no or later, the advised one marked; the reason is asked for on the incident's own page. */
export function PostmortemForm({ around, id, reason }: PostmortemFormProps) {
  return (
    <Act>
      <Form
        around={around}
        action={deeds.incident.postmortem(id)}
        class="choices"
        seen={{ decision: reason.kind === 'put off' ? 'later' : null }}
      >
        {(['yes', 'no', 'later'] as const).map((decision) => (
          <button
            type="submit"
            name="decision"
            value={decision}
            class={decision === reason.advice.answer ? 'advised' : undefined}
          >
            {decision === 'yes' ? 'Yes' : decision === 'no' ? 'No' : 'Later'}
          </button>
        ))}
      </Form>
    </Act>
  )
}

export function SessionForm({ around, id }: { around: Around; id: string }) {
  return (
    <Act>
      <Form around={around} action={deeds.incident.session(id)} seen={{ for: null }}>
        <Field label="Session on" name="for" type="datetime-local" required />
        <button type="submit">Schedule</button>
      </Form>
      <Form around={around} action={deeds.incident.session(id)} seen={{ for: null }}>
        <input type="hidden" name="proposed" value="yes" />
        <button type="submit">First free hour</button>
      </Form>
    </Act>
  )
}

/** One tap makes a problem of what keeps coming back, under the name it goes by. */
function ProblemForm({ around, item: { subject, title } }: { around: Around; item: Item }) {
  return (
    <Act>
      <Form around={around} action={deeds.incident.problem(subject.id)}>
        <input type="hidden" name="title" value={title} />
        <button type="submit">Open a problem</button>
      </Form>
    </Act>
  )
}

function ActionForms({ item: { subject, reason, ownerId }, around }: { item: Item; around: Around }) {
  return (
    <Act>
      {ownerId === null && <OwnerForm around={around} action={deeds.action.owner(subject.id)} />}
      <div class="choices">
        {reason.kind === 'unacknowledged' && (
          <Form around={around} action={deeds.action.acknowledgement(subject.id)}>
            <button type="submit">Accept</button>
          </Form>
        )}
        <Form around={around} action={deeds.action.completion(subject.id)} seen={{ state: 'open' }}>
          <button type="submit">Done</button>
        </Form>
      </div>
      {(reason.kind === 'overdue' || reason.kind === 'no due date') && (
        <Form
          around={around}
          action={deeds.action.due(subject.id)}
          seen={{ due: reason.kind === 'overdue' ? reason.dueAt.toISOString() : null }}
        >
          <Field label="Due" name="due" type="date" required />
          <button type="submit">New date</button>
        </Form>
      )}
    </Act>
  )
}

function isOwnable({ subject, reason }: Item): boolean {
  const ownable = ['exposure', 'incident', 'problem', 'action'].includes(subject.kind)
  return ownable && reason.kind !== 'alike' && reason.kind !== 'recurring'
}

function hasLapsed(reason: OpenExposure, now: Date): boolean {
  return reason.kind === 'alone' && reason.eta !== null && reason.eta < now
}

function isOpenExposure(reason: Reason): reason is OpenExposure {
  return reason.kind === 'alone' || reason.kind === 'unproven'
}

function isDecision(reason: Reason): reason is Extract<Reason, { kind: 'to decide' | 'put off' }> {
  return reason.kind === 'to decide' || reason.kind === 'put off'
}
