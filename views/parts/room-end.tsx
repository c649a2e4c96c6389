import { offendersOf } from '../../src/agenda/offenders.ts'
import { meetingMs, sentencesRead } from '../../src/agenda/score.ts'
import { subjectIn } from '../../src/agenda/subject.ts'
import type { HandOver } from '../../src/record/hand-overs.ts'
import { decisionSentence } from '../../src/reports/decision-words.ts'
import { counted, figure, type Reading, spell } from '../figures.ts'
import { deeds, paths } from '../paths.ts'
import type { BodyProps } from '../room.tsx'
import { LeaveForm, Offenders } from '../unowned.tsx'
import { reasonWords } from '../words.ts'
import { Field, Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'

/** Every decision of today in a sentence, and beside it whose yes is still missing: names turn green as phones answer. */
export function ReadBackScreen({ room, reading }: BodyProps) {
  const { sitting, stop, facts } = room
  const telling = { nameOf: (id: string) => nameOf(facts.people, id) ?? id, zone: reading.zone }
  const shown = sitting.decisions.slice((stop.page - 1) * sentencesRead, stop.page * sentencesRead)
  return (
    <div class="wall read-back">
      <ol class="sentences">
        {shown.length === 0 && <li>Nothing was decided yet.</li>}
        {shown.map((decision) => (
          <li class="clamp-2">{decisionSentence(decision, telling)}</li>
        ))}
      </ol>
      <section class="answers" aria-label="Hand-overs">
        <h2>Who has said yes</h2>
        <ul>
          {sitting.handOvers.length === 0 && <li class="quiet">Nothing was handed over.</li>}
          {sitting.handOvers.slice(-7).map((one) => (
            <li class={one.acceptedAt ? 'yes' : one.returnedAt ? 'back' : 'waiting'}>
              <Mark tone={one.acceptedAt ? 'green' : one.returnedAt ? 'red' : 'amber'} />{' '}
              <b class="clamp">{nameOf(facts.people, one.acceptedBy ?? one.deputyId ?? one.toId)}</b>
              <small class="clamp">{answerWords(one, reading)}</small>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function answerWords({ acceptedAt, returnedAt, returnedWhy, issue, at }: HandOver, reading: Reading): string {
  if (acceptedAt) return `has it: ${issue}`
  if (returnedAt) return `returned: ${returnedWhy}`
  return `asked ${spell(reading.asOf.getTime() - at.getTime())} ago: ${issue}`
}

/** What goes out, what is carried over, what stands in the way; and the last thirty seconds. */
export function CloseScreen({ around, room, reading, leads }: BodyProps) {
  const { agenda, facts, sitting, stops } = room
  const day = agenda.meetingDay
  const offenders = offendersOf(facts, sitting)
  const items = agenda.sections.find(({ topic }) => topic === 'postmortems')?.items ?? []
  const due = items.filter(({ reason }) => reason.kind === 'to schedule' || reason.kind === 'scheduled')
  return (
    <div class="wall closing">
      <section>
        <h2>{counted(due.length, 'postmortem')} to hold</h2>
        <ul>
          {due.slice(0, 4).map((item) => (
            <li class="clamp">
              <bdi>{item.title}</bdi>{' '}
              <span class="quiet">
                {nameOf(facts.people, item.ownerId) ?? 'nobody’s'}, {reasonWords(item.reason, reading)}
              </span>
            </li>
          ))}
          {due.length > 4 && <li>and {figure(due.length - 4)} more</li>}
        </ul>
        <h2>{counted(sitting.state.parked.length, 'item')} parked</h2>
        <ul>
          {sitting.state.parked.slice(0, 3).map(({ subject }) => (
            <li class="clamp">{titleOf(subject, room)}</li>
          ))}
        </ul>
        <p class="quiet">
          {sitting.decisions.length} decided · {stops.length} screens
        </p>
        <Overruns {...{ around, room, reading, leads }} />
      </section>
      <section>
        {offenders.length === 0 ? (
          <p class="clear">
            <Mark tone="green" /> Everything has an owner, and every owner has said yes.
          </p>
        ) : (
          <>
            <h2>
              <Mark tone="red" /> {counted(offenders.length, 'thing')} not settled
            </h2>
            <Offenders offenders={offenders.slice(0, 4)} />
            {offenders.length > 4 && <p>and {figure(offenders.length - 4)} more</p>}
          </>
        )}
        {leads &&
          (offenders.length === 0 ? (
            <form method="post" action={paths.adjournment(day)} class="line">
              <button type="submit" data-key="Enter" class="close">
                <kbd>↵</kbd> Close the meeting
              </button>
            </form>
          ) : (
            <LeaveForm day={day} />
          ))}
        {leads && (
          <Form around={around} action={deeds.meeting.notes(day)}>
            <Field label="For the minutes" name="text" required />
            <button type="submit">Note</button>
          </Form>
        )}
      </section>
    </div>
  )
}

function titleOf(subject: string, { agenda }: BodyProps['room']): string {
  const { kind, id } = subjectIn(subject)
  const items = agenda.sections.flatMap((section) => section.items)
  return items.find((item) => item.subject.kind === kind && item.subject.id === id)?.title ?? id
}

/** How long the last meetings sat against their fifteen minutes: a bar each, red where over. */
function Overruns({ room }: BodyProps) {
  const { sittings } = room.sitting
  if (sittings.length === 0) return null

  const over = sittings.filter(({ forMs }) => forMs > meetingMs).length
  const tallest = Math.max(meetingMs * 1.3, ...sittings.map(({ forMs }) => forMs))
  return (
    <figure class="overruns">
      <svg
        viewBox="0 0 200 44"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${over} of the last ${sittings.length} meetings ran over`}
      >
        {sittings.map(({ forMs }, index) => (
          <rect
            class={forMs > meetingMs ? 'over' : 'within'}
            x={index * 10 + 1}
            y={44 - (forMs / tallest) * 44}
            width={8}
            height={(forMs / tallest) * 44}
          />
        ))}
        <path class="ground" d={`M0 ${44 - (meetingMs / tallest) * 44}H200`} />
      </svg>
      <figcaption class="quiet">
        {figure(over)} of the last {figure(sittings.length)} over fifteen minutes
      </figcaption>
    </figure>
  )
}
