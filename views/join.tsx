import type { Stop } from '../src/agenda/score.ts'
import { dateWords } from '../src/calendar.ts'
import type { Decision } from '../src/record/decisions.ts'
import type { HandOver } from '../src/record/hand-overs.ts'
import type { Raised } from '../src/record/meeting-state.ts'
import { decisionSentence } from '../src/reports/decision-words.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { HandOverCard } from './parts/hand-over-card.tsx'
import { Mark } from './parts/marks.tsx'
import { nameOf } from './parts/owner.tsx'
import { PageHead } from './parts/pairs.tsx'
import { deeds, paths } from './paths.ts'
import { screenTitle } from './room-words.ts'

export interface JoinPageProps {
  around: Around
  day: string
  code: string // as it was given, '' = none
  isIn: boolean // noted as here
  mayChoose: boolean // may say who they are: before anybody ever signed in
  stop: Stop | null // where the room is; null = it does not sit
  mine: HandOver[] // waiting for their yes
  raised: Raised[]
  decisions: Decision[]
}

/** The meeting on a phone: where the room is, what waits for a yes, and a word for the floor, named or not. */
export function JoinPage(props: JoinPageProps) {
  const { around, day, stop, mine } = props
  const here = paths.join
  const given = { ...around, here }
  const isSeated = around.me !== null // a guest may not listen
  return (
    <Layout
      around={given}
      title={`The meeting of ${dateWords(day)}`}
      kind="phone"
      live={isSeated}
      spreadMs={1500}
      refreshSeconds={20}
    >
      <main
        id="page"
        hx-get={here}
        hx-trigger={`morning from:body, every ${isSeated ? 60 : 10}s`}
        hx-nonce={around.nonce}
      >
        <PageHead kicker={dateWords(day)} title={stop ? screenTitle(stop.screen) : 'The room does not sit now'}>
          {stop?.item && (
            <p class="lead">
              <bdi>{stop.item.title}</bdi>
            </p>
          )}
        </PageHead>
        <Presence {...props} around={given} />
        {mine.length > 0 && (
          <section class="stack" aria-label="For you">
            <h2>For you</h2>
            {mine.map((one) => (
              <HandOverCard around={given} handOver={one} />
            ))}
          </section>
        )}
        <RaiseForm {...props} around={given} />
        <ChallengeForm {...props} around={given} />
        <Floor {...props} />
      </main>
    </Layout>
  )
}

/** Asks for the code on the wall. */
export function KnockPage({ around, code }: { around: Around; code: string }) {
  return (
    <Layout around={around} title="Join the meeting" kind="phone" plain>
      <main id="page">
        <PageHead kicker="Muster" title="Join the meeting" />
        {code && <p class="text-red">“{code}” opens no meeting now.</p>}
        <form method="get" action={paths.join} class="forms">
          <Field label="The code on the wall" name="code" required />
          <button type="submit">Join</button>
        </form>
        <p>
          <a href={paths.signIn}>Sign in</a> to join by name.
        </p>
      </main>
    </Layout>
  )
}

function Presence({ around, day, code, isIn, mayChoose }: JoinPageProps) {
  if (around.me && isIn)
    return (
      <p>
        <Mark tone="green" /> You are here as <b>{around.me.name}</b>.
      </p>
    )
  if (around.me)
    return (
      <Form around={around} action={deeds.meeting.attendance(day)} class="forms">
        <input type="hidden" name="person" value={around.me.id} />
        <Field label="Not in the room? Write what the room should hear from you" name="writes" />
        <button type="submit">I am here as {around.me.name}</button>
      </Form>
    )
  return mayChoose ? (
    <Form around={around} action={paths.join} class="forms">
      <input type="hidden" name="code" value={code} />
      <label>
        Who are you?
        <select name="person">
          {around.people.map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
      </label>
      <button type="submit">Join</button>
    </Form>
  ) : (
    <p class="quiet">You follow without a name.</p>
  )
}

function RaiseForm({ around, day }: JoinPageProps) {
  return (
    <section class="stack" aria-label="Raise something">
      <Form around={around} action={deeds.meeting.raised(day)} class="forms">
        <Field label="Raise something at the meeting" name="text" required />
        <Unnamed around={around} />
        <button type="submit">Raise it</button>
      </Form>
    </section>
  )
}

function ChallengeForm({ around, day, decisions }: JoinPageProps) {
  if (decisions.length === 0) return null

  const telling = { nameOf: (id: string) => nameOf(around.people, id) ?? id, zone: around.zone }
  return (
    <details class="challenge">
      <summary>Challenge a decision</summary>
      <Form around={around} action={deeds.meeting.raised(day)} class="forms">
        <label>
          Which
          <select name="about">
            {decisions.toReversed().map((decision) => (
              <option value={decisionSentence(decision, telling)}>{decisionSentence(decision, telling)}</option>
            ))}
          </select>
        </label>
        <Field label="What speaks against it" name="text" required />
        <Unnamed around={around} />
        <button type="submit">Challenge it</button>
      </Form>
    </details>
  )
}

function Unnamed({ around }: { around: Around }) {
  if (!around.me) return null
  return (
    <label class="tickable">
      <input type="checkbox" name="unnamed" value="yes" /> without my name: no trace of who said it is kept
    </label>
  )
}

function Floor({ raised, around }: JoinPageProps) {
  if (raised.length === 0) return null
  return (
    <section class="stack" aria-label="Raised">
      <h2>Raised</h2>
      <ul>
        {raised.toReversed().map(({ text, by, about, answer }) => (
          <li>
            <Mark tone={answer === null ? 'amber' : 'green'} /> {about && <b>On “{about}”: </b>}
            <bdi>{text}</bdi>{' '}
            <span class="quiet">
              {by === '' ? 'unnamed' : nameOf(around.people, by)}
              {answer !== null && ` · ${answer}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
