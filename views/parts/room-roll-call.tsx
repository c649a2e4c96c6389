import { representatives } from '../../src/agenda/representatives.ts'
import type { Attendance } from '../../src/record/meeting-state.ts'
import type { Person } from '../../src/record/shapes.ts'
import { figure, type Reading, when, windowWords } from '../figures.ts'
import { deeds } from '../paths.ts'
import type { BodyProps, Joining } from '../room.tsx'
import { functionWord } from '../room-words.ts'
import { Field, Form } from './form.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { PartsForm } from './parts-form.tsx'
import { RoomChecklist } from './room-checklist.tsx'
import { Undelivered } from './undelivered.tsx'

/** For what the morning answers, who spoke, who is here, and how a phone comes in. */
export function RollCallScreen({ around, room, reading, leads }: BodyProps) {
  const { agenda, joining } = room
  return (
    <div class="wall roll-call">
      <section>
        <p class="window">{windowWords(agenda.window, agenda.zone)}</p>
        <ul class="strip">
          {agenda.inputs.map((input) => (
            <li>
              <Mark tone={input.silent ? 'amber' : 'green'} />{' '}
              <span class="clamp">{input.class.replace('-', ' ')}</span>{' '}
              <b>{input.silent ? 'no input' : figure(input.count)}</b>{' '}
              <small>{heardWords(input.lastHeardAt, reading)}</small>
            </li>
          ))}
        </ul>
        <Undelivered agenda={agenda} />
      </section>
      <section>
        <Represented {...{ around, room, reading, leads }} />
        {leads && <Attend {...{ around, room, reading, leads }} />}
      </section>
      {joining && <Join joining={joining} />}
      <Margin {...{ around, room, reading, leads }} />
    </div>
  )
}

/** Who leads and who writes; and what the meeting itself goes through before it begins. */
function Margin(props: BodyProps) {
  const { around, room, leads } = props
  const { state } = room.sitting
  const { people } = room.facts
  return (
    <section class="parts-taken">
      {leads ? (
        <PartsForm around={around} day={room.agenda.meetingDay} people={people} stands={state} />
      ) : (
        <p class="clamp">
          Leads <b>{nameOf(people, state.facilitatorId) ?? 'nobody yet'}</b>
          {state.scribeId && (
            <>
              , writes <b>{nameOf(people, state.scribeId)}</b>
            </>
          )}
        </p>
      )}
      <RoomChecklist {...props} />
    </section>
  )
}

function heardWords(lastHeardAt: Date | null, reading: Reading): string {
  return lastHeardAt === null ? 'never' : when(lastHeardAt, reading)
}

function Represented({ room: { sitting, facts } }: BodyProps) {
  const { attendance } = sitting.state
  const others = facts.people.filter(
    ({ id, function: part }) =>
      !['support', 'operations', 'development'].includes(part ?? '') &&
      attendance.some(({ personId }) => personId === id),
  )
  return (
    <dl class="represented">
      {representatives(attendance, facts.people).map(({ function: wanted, here, writing }) => (
        <div>
          <dt>
            <Mark tone={here.length + writing.length > 0 ? 'green' : 'amber'} /> {functionWord(wanted)}
          </dt>
          <dd class="clamp-2">
            {here.length + writing.length === 0 && <em>missing</em>}
            {[...here.map(({ name }) => name), ...writing.map((one) => writtenWords(one, attendance))].join(', ')}
          </dd>
        </div>
      ))}
      {others.length > 0 && (
        <div>
          <dt>and</dt>
          <dd class="clamp">{others.map((one) => writtenWords(one, attendance)).join(', ')}</dd>
        </div>
      )}
    </dl>
  )
}

/** By name; and what they have to say, where they are not here themselves. */
function writtenWords({ id, name }: Person, attendance: readonly Attendance[]): string {
  const writes = attendance.find(({ personId }) => personId === id)?.writes ?? null
  return writes === null ? name : `${name} writes “${writes}”`
}

function Attend({ around, room: { agenda, facts, sitting } }: BodyProps) {
  const day = agenda.meetingDay
  const absent = facts.people.filter(({ id }) => !sitting.state.attendance.some(({ personId }) => personId === id))
  return (
    <>
      {absent.length > 0 && (
        <Form around={around} action={deeds.meeting.attendance(day)} class="line attend">
          <label>
            Who is here
            <select name="person">
              {absent.map(({ id, name }) => (
                <option value={id}>{name}</option>
              ))}
            </select>
          </label>
          <Field label="or writes" name="writes" />
          <button type="submit" data-key="h">
            <kbd>h</kbd> Here
          </button>
        </Form>
      )}
    </>
  )
}

function Join({ joining: { code, address, squares } }: { joining: Joining }) {
  return (
    <section class="join">
      <Squares squares={squares} label={`Join at ${address}`} />
      <p>
        <b class="code">{code}</b>
      </p>
      <p class="clamp">{address.replace(/^https?:\/\//, '').replace(/\?.*$/, '')}</p>
    </section>
  )
}

/** A QR code as one path; dark on light in both themes, or no camera reads it. */
function Squares({ squares, label }: { squares: boolean[][]; label: string }) {
  const path = squares.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
  return (
    <svg class="squares" viewBox={`0 0 ${squares.length} ${squares.length}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  )
}
