import type { Item, Section, Topic } from '../../src/agenda/shapes.ts'
import { keyOf } from '../../src/agenda/subject.ts'
import { dateWords } from '../../src/calendar.ts'
import type { Raised } from '../../src/record/meeting-state.ts'
import { type Reading, sentence } from '../figures.ts'
import { deeds, paths } from '../paths.ts'
import { quietWords } from '../quiet.ts'
import type { BodyProps } from '../room.tsx'
import { reasonClauses } from '../words.ts'
import { Form } from './form.tsx'
import { Mark, SeverityTag } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { toneOf, untagged } from './tone.ts'

/** Five things a page, each with why and whose; whoever leads can take one up alone. */
export function RoomRows({ around, room, reading, leads }: BodyProps) {
  const { stop, agenda, sitting } = room
  const raised = stop.screen === 'voices' ? sitting.state.raised : []
  const drawn = stop.screen === 'service-levels' ? sitting.state.deepDive : null
  if (stop.items.length === 0 && raised.length === 0) return <Quiet {...{ around, room, reading, leads }} />

  const day = agenda.meetingDay
  return (
    <div class={raised.length > 0 ? 'wall with-raised' : drawn ? 'wall with-drawn' : 'wall'}>
      <form
        class="wall-rows"
        method="post"
        action={deeds.meeting.screen(day)}
        hx-post={deeds.meeting.screen(day)}
        hx-nonce={around.nonce}
      >
        <input type="hidden" name="back" value={around.here} />
        {stop.items.map((item) => (
          <Row item={item} to={`${stop.screen}/${keyOf(item.subject)}`} {...{ around, room, reading, leads }} />
        ))}
      </form>
      {drawn && <Drawn service={drawn} leads={leads} />}
      {raised.length > 0 && <RaisedList raised={raised} {...{ around, room, reading, leads }} />}
    </div>
  )
}

/** Whom chance drew to be looked at more deeply this week (A11). */
function Drawn({ service, leads }: { service: string; leads: boolean }) {
  return (
    <p class="drawn clamp">
      Deep-dive of the week: <b>{leads ? <a href={paths.service(service)}>{service}</a> : service}</b>
    </p>
  )
}

function Row({ item, to, room, reading, leads }: BodyProps & { item: Item; to: string }) {
  const { title, reason, ownerId, subject } = item
  const runner = room.sitting.outages.find(({ incidentId }) => incidentId === subject.id)
  const words = (
    <>
      {'severity' in reason && <SeverityTag severity={reason.severity} />} <bdi>{title}</bdi>
    </>
  )
  return (
    <div class="wall-row">
      <Mark tone={toneOf(reason)} />
      {leads ? (
        <button type="submit" class="zoomable clamp" name="to" value={to}>
          {words}
        </button>
      ) : (
        <b class="clamp">{words}</b>
      )}
      <span class="wall-owner clamp">
        {ownerId ? <bdi>{nameOf(room.facts.people, ownerId)}</bdi> : isOwnable(item) && <em>nobody’s</em>}
      </span>
      <p class="clamp-2">
        {item.parked && <b>Parked {dateWords(item.parked.day)}. </b>}
        {runner && <RunnerWords runnerId={runner.runnerId} people={room.facts.people} />}
        {clauses(reason, reading)}
      </p>
    </div>
  )
}

function RunnerWords({ runnerId, people }: { runnerId: string | null; people: BodyProps['room']['facts']['people'] }) {
  return runnerId ? <b>Run by {nameOf(people, runnerId)}. </b> : <em>No outage manager. </em>
}

/** The weightiest two, for two lines. */
function clauses(reason: Item['reason'], reading: Reading): string {
  return untagged(reasonClauses(reason, reading), reason).slice(0, 2).map(sentence).join('. ')
}

export function isOwnable({ subject, reason }: Item): boolean {
  return (
    ['exposure', 'incident', 'problem', 'action'].includes(subject.kind) &&
    !['alike', 'restored', 'redundant again', 'problem closed', 'done since', 'dropped since'].includes(reason.kind)
  )
}

/** Nothing is news too, as old as what was heard. */
function Quiet({ room: { stop, agenda, sitting }, reading, leads }: BodyProps) {
  const drawn = stop.screen === 'service-levels' ? sitting.state.deepDive : null
  const topic = topicOf[stop.screen]
  const section: Section | undefined = agenda.sections.find((one) => one.topic === topic)
  return (
    <div class="wall wall-quiet">
      <p>{section ? quietWords(section, reading) : 'Nothing'}</p>
      {drawn && <Drawn service={drawn} leads={leads} />}
    </div>
  )
}

const topicOf: Partial<Record<string, Topic>> = {
  'right-now': 'exposures',
  actions: 'actions',
  'service-levels': 'service-levels',
  incidents: 'incidents',
  problems: 'problems',
  voices: 'complaints',
  changes: 'changes',
}

/** What the floor raised, the newest first. Whoever leads notes the answer. */
function RaisedList({ raised, around, room, leads }: BodyProps & { raised: Raised[] }) {
  const day = room.agenda.meetingDay
  const open = raised.filter(({ answer }) => answer === null).toReversed()
  const shown = [...open, ...raised.filter(({ answer }) => answer !== null).toReversed()].slice(0, 4)
  return (
    <section class="raised" aria-label="Raised from the floor">
      <h2>Raised from the floor</h2>
      <ul>
        {shown.map(({ number, text, by, about, answer }) => (
          <li>
            <Mark tone={answer === null ? 'amber' : 'green'} />
            <p class="clamp-2">
              <bdi>{text}</bdi> <small>{by === '' ? 'unnamed' : nameOf(room.facts.people, by)}</small>
            </p>
            {about && <small class="quiet clamp">against: {about}</small>}
            {answer === null && leads && (
              <Form around={around} action={deeds.meeting.answers(day)}>
                <input type="hidden" name="number" value={String(number)} />
                <input
                  name="answer"
                  placeholder="Answer"
                  aria-label="Answer"
                  required
                  maxlength={500}
                  autocomplete="off"
                />
                <button type="submit">Note</button>
              </Form>
            )}
            {answer !== null && <p class="quiet clamp">{answer}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}
