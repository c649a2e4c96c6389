import { offendersOf } from '../../src/agenda/offenders.ts'
import { meetingMs } from '../../src/agenda/score.ts'
import type { Item } from '../../src/agenda/shapes.ts'
import { subjectIn } from '../../src/agenda/subject.ts'
import { counted, figure, listed, when } from '../figures.ts'
import { deeds, paths } from '../paths.ts'
import type { BodyProps } from '../room.tsx'
import { LeaveForm, Offenders } from '../unowned.tsx'
import { Field, Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { RoomChecklist } from './room-checklist.tsx'

/** What goes out, what is carried over, what stands in the way; and the last thirty seconds. */
export function CloseScreen(props: BodyProps) {
  const { around, room, leads, reading } = props
  const { agenda, sitting, stops, closing } = room
  return (
    <div class="wall closing">
      <section>
        <Postmortems {...props} />
        {sitting.state.parked.length > 0 && (
          <p class="clamp">
            <b>{figure(sitting.state.parked.length)} parked:</b>{' '}
            {sitting.state.parked.map(({ subject }) => titleOf(subject, room)).join('; ')}
          </p>
        )}
        <p class="clamp">
          {closing && (
            <>
              Next meeting <b>{when(closing.nextAt, reading)}</b>{' '}
            </>
          )}
          <small class="quiet">
            {sitting.decisions.length} decided, {stops.length} screens
          </small>
        </p>
        <Overruns {...props} />
      </section>
      <section>
        <LastWords {...props} />
        {leads && (
          <Form around={around} action={deeds.meeting.notes(agenda.meetingDay)}>
            <Field label="For the minutes" name="text" required />
            <button type="submit">Note</button>
          </Form>
        )}
        <RoomChecklist {...props} />
      </section>
    </div>
  )
}

const mostTold = 3

/** Each with its owner, its date and who is asked to come. */
function Postmortems(props: BodyProps) {
  const { around, room, leads } = props
  const items = room.agenda.sections.find(({ topic }) => topic === 'postmortems')?.items ?? []
  const due = items.filter(({ reason }) => reason.kind === 'to schedule' || reason.kind === 'scheduled')
  const undated = due.find(({ reason }) => reason.kind === 'to schedule')
  return (
    <>
      <h2>{counted(due.length, 'postmortem')} to hold</h2>
      <ul class="due">
        {due.slice(0, mostTold).map((item) => (
          <Due {...props} item={item} />
        ))}
      </ul>
      {leads && undated && (
        <Form around={around} action={deeds.incident.session(undated.subject.id)} seen={{ for: null }}>
          <input type="hidden" name="proposed" value="yes" />
          <button type="submit" data-key="s">
            <kbd>s</kbd> First free hour for “{undated.title.slice(0, 24).trim()}…”
          </button>
        </Form>
      )}
    </>
  )
}

function Due({ item, room, reading }: BodyProps & { item: Item }) {
  const { people } = room.facts
  const asked = (room.closing?.asked.get(item.subject.id) ?? [])
    .filter((id) => id !== item.ownerId)
    .map((id) => (nameOf(people, id) ?? id).split(/[\s@]/)[0] ?? id)
  return (
    <li>
      <bdi class="clamp">{item.title}</bdi>
      <small class="clamp">
        {nameOf(people, item.ownerId) ?? 'nobody’s'},{' '}
        {item.reason.kind === 'scheduled' ? <b>{when(item.reason.for, reading)}</b> : 'no date yet'}
        {asked.length > 0 && `; to come: ${listed(asked)}`}
      </small>
    </li>
  )
}

/** Whether the room may leave, and how it does. */
function LastWords({ room, leads }: BodyProps) {
  const day = room.agenda.meetingDay
  const offenders = offendersOf(room.facts, room.sitting)
  if (offenders.length === 0)
    return (
      <>
        <p class="clear">
          <Mark tone="green" /> Everything has an owner, and every owner has said yes.
        </p>
        {leads && (
          <form method="post" action={paths.adjournment(day)} class="line">
            <button type="submit" data-key="Enter" class="close">
              <kbd>↵</kbd> Close the meeting
            </button>
          </form>
        )}
      </>
    )
  return (
    <>
      <h2>
        <Mark tone="red" /> {counted(offenders.length, 'thing')} not settled
      </h2>
      <Offenders offenders={offenders.slice(0, mostTold)} />
      {leads && <LeaveForm day={day} />}
    </>
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
