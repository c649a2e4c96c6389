import type { Item } from '../../src/agenda/shapes.ts'
import { keyOf } from '../../src/agenda/subject.ts'
import { extensionMs } from '../../src/agenda/time-boxes.ts'
import { dateWords } from '../../src/calendar.ts'
import { sentence } from '../figures.ts'
import { deeds } from '../paths.ts'
import type { BodyProps } from '../room.tsx'
import { reasonClauses } from '../words.ts'
import { DayCurve } from './day-curve.tsx'
import { Form } from './form.tsx'
import { Mark, SeverityTag } from './marks.tsx'
import { Correct, HandOverForm, SubjectForms } from './room-forms.tsx'
import { IncidentDecisions } from './room-incident.tsx'
import { isOutage, OutageLines, OutageSheet } from './room-outage.tsx'
import { Sites } from './sites.tsx'
import { toneOf, untagged } from './tone.ts'

export interface CardProps extends BodyProps {
  item: Item
}

/** One thing alone: all its words on the left, what is to be decided on the right. */
export function CardScreen(props: CardProps) {
  const { item, room, reading, leads } = props
  const { reason, title, subject, parked } = item
  const exposed = room.agenda.exposures.find(({ exposure }) => exposure.id === subject.id)
  return (
    <article class="wall room-card">
      <h2 class="clamp-2">
        <Mark tone={toneOf(reason)} /> {'severity' in reason && <SeverityTag severity={reason.severity} />}{' '}
        <bdi>{title}</bdi>
      </h2>
      <div class="known">
        <ul>
          {parked && (
            <li>
              <b>
                Parked {dateWords(parked.day)}
                {parked.why && `: ${parked.why}`}
              </b>
            </li>
          )}
          {untagged(reasonClauses(reason, reading), reason).map((clause) => (
            <li class="clamp-2">{sentence(clause)}</li>
          ))}
          <Challenges {...props} />
        </ul>
        {exposed && (
          <figure>
            <Sites service={exposed.exposure.service} sites={exposed.exposure.sites.slice(0, 3)} />
            <DayCurve figure={exposed} reading={reading} />
          </figure>
        )}
        {room.card && <OutageLines {...props} card={room.card} />}
      </div>
      <div class="decide">
        {room.card ? <IncidentDecisions {...props} card={room.card} /> : <SubjectForms {...props} />}
      </div>
      {leads && <Margin {...props} />}
    </article>
  )
}

/** What the floor has against a decision on it. */
function Challenges({ item, room }: CardProps) {
  const said = room.sitting.state.raised.filter(({ about }) => about?.includes(item.subject.id))
  return (
    <>
      {said.map(({ text, answer }) => (
        <li>
          <Mark tone={answer === null ? 'amber' : 'green'} /> Challenged: <bdi>{text}</bdi>
        </li>
      ))}
    </>
  )
}

/** What whoever leads may do with any item: hand it over, correct it, borrow a minute, park it. */
function Margin(props: CardProps) {
  const { around, item, room } = props
  const day = room.agenda.meetingDay
  return (
    <div class="margin">
      <button type="button" popovertarget="hand-over" data-key="h">
        <kbd>h</kbd> Hand over
      </button>
      {room.card && (
        <button type="button" popovertarget="correct" data-key="c">
          <kbd>c</kbd> Correct
        </button>
      )}
      {room.boxes.bankMs >= extensionMs && (
        <Form around={around} action={deeds.meeting.extension(day)}>
          <input type="hidden" name="screen" value={room.stop.name} />
          <input type="hidden" name="time" value={String(room.boxes.extensions + 1)} />
          <button type="submit" data-key="+">
            <kbd>+</kbd> A minute
          </button>
        </Form>
      )}
      <Form around={around} action={deeds.meeting.parking(day)}>
        <input type="hidden" name="subject" value={keyOf(item.subject)} />
        <button type="submit" data-key="x">
          <kbd>x</kbd> Park
        </button>
      </Form>
      {room.sitting.state.parked.some(({ subject }) => subject === keyOf(item.subject)) && <b>parked until tomorrow</b>}
      <HandOverForm {...props} />
      {room.card && <Correct {...props} incident={room.card.incident} />}
      {room.card && isOutage(room.card.incident) && <OutageSheet {...props} card={room.card} />}
    </div>
  )
}
