import { around as neighbours, type ScreenName, type Stop, score } from '../src/agenda/score.ts'
import type { Advice, Agenda } from '../src/agenda/shapes.ts'
import type { ProblemSuggestion } from '../src/agenda/suggestions.ts'
import type { TimeBoxes } from '../src/agenda/time-boxes.ts'
import { clockTime, dateWords } from '../src/calendar.ts'
import type { Outage } from '../src/record/outage-state.ts'
import type { Facts, Incident, Person } from '../src/record/shapes.ts'
import type { Sitting } from '../src/record/sitting.ts'
import type { Around } from './around.ts'
import { counted, listed, type Reading } from './figures.ts'
import { Layout } from './layout.tsx'
import { PeopleList } from './parts/form.tsx'
import { Keys, roomKeys } from './parts/keys.tsx'
import { Light, Mark } from './parts/marks.tsx'
import { nameOf } from './parts/owner.tsx'
import { CardScreen } from './parts/room-card.tsx'
import { CloseScreen } from './parts/room-close.tsx'
import { ReadBackScreen } from './parts/room-end.tsx'
import { RollCallScreen } from './parts/room-roll-call.tsx'
import { RoomRows } from './parts/room-rows.tsx'
import { deeds, paths } from './paths.ts'
import { leftWords, placeWords, screenTitle } from './room-words.ts'

/** The room at one stop. Everything a screen shows comes from here, for the wall and for whoever leads alike. */
export interface Room {
  agenda: Agenda
  facts: Facts
  sitting: Sitting
  stops: Stop[]
  stop: Stop
  boxes: TimeBoxes
  lock: Incident[] // open sev1 and sev2: nothing is changed but to end them
  card: Card | null
  joining: Joining | null
  closing: Closing | null
}
/** What the last screen tells besides: when the room meets again, and by incident whom its postmortem asks to come. */
export interface Closing {
  nextAt: Date
  asked: ReadonlyMap<string, readonly string[]>
}
/** What is known about the one incident that is looked at. */
export interface Card {
  incident: Incident
  owners: Person[]
  problem: ProblemSuggestion | null
  advice: Advice
  outage: Outage
  alike: number // decided together with it
}
/** How a phone comes in: the code, its address, and that address as squares. */
export interface Joining {
  code: string
  address: string
  squares: boolean[][]
}

export interface RoomPageProps {
  around: Around
  room: Room
  leads: boolean // whoever leads has the controls; the wall has none
}

/** One of the ten screens, on the wall or on the lap of whoever leads: the same picture, with or without its buttons. */
export function RoomPage({ around: given, room, leads }: RoomPageProps) {
  const { agenda, stop } = room
  const day = agenda.meetingDay
  const here = leads ? paths.run(day) : paths.projector(day)
  const around = { ...given, here }
  const reading = { asOf: agenda.asOf, zone: agenda.zone, nameOf: (id: string) => nameOf(room.facts.people, id) ?? id }
  return (
    <Layout
      around={around}
      title={`${screenTitle(stop.screen)}, ${dateWords(day)}`}
      kind="projector"
      plain
      refreshSeconds={leads ? 60 : 15}
      live
      meeting
    >
      <main
        id="page"
        class={leads ? 'room leads' : 'room'}
        hx-get={here}
        hx-trigger="morning from:body, every 60s"
        hx-nonce={around.nonce}
      >
        <RoomHead around={around} room={room} />
        <RoomBody around={around} room={room} reading={reading} leads={leads} />
        <RoomFoot around={around} room={room} leads={leads} />
      </main>
      {leads && <Keys keys={roomKeys} />}
      {leads && <PeopleList around={around} />}
    </Layout>
  )
}

function RoomHead({ around, room: { agenda, stop, stops, boxes, sitting } }: { around: Around; room: Room }) {
  const isOver = boxes.leftMs < 0
  const latest = sitting.state.raised.filter(({ answer }) => answer === null).at(-1)
  return (
    <header class="wall-head">
      <Light level={agenda.verdict.level} />
      <h1>
        {screenTitle(stop.screen)} <small>{placeWords(stop, stops)}</small>
      </h1>
      <p class="tally">
        {latest && stop.screen !== 'voices' && (
          <span class="raised-now clamp">
            <Mark tone="amber" /> raised: <bdi>{latest.text}</bdi>
          </span>
        )}
      </p>
      <time
        class={isOver ? 'left text-red' : 'left'}
        {...(!around.frozen && { 'data-left': Math.round(boxes.leftMs) })}
        title="time left for this screen"
      >
        {leftWords(boxes.leftMs)}
      </time>
      <time class="clock" {...(!around.frozen && { 'data-clock': agenda.zone })}>
        {clockTime(around.now, agenda.zone)}
      </time>
    </header>
  )
}

export interface BodyProps {
  around: Around
  room: Room
  reading: Reading
  leads: boolean
}

function RoomBody(props: BodyProps) {
  const { stop } = props.room
  if (stop.item) return <CardScreen {...props} item={stop.item} />
  switch (stop.screen) {
    case 'roll-call':
      return <RollCallScreen {...props} />
    case 'read-back':
      return <ReadBackScreen {...props} />
    case 'close':
      return <CloseScreen {...props} />
    default:
      return <RoomRows {...props} />
  }
}

function RoomFoot({ around, room: { agenda, stop, stops, boxes, lock, sitting }, leads }: Omit<BodyProps, 'reading'>) {
  const day = agenda.meetingDay
  const { before, after } = neighbours(stops, stop)
  return (
    <footer class="wall-foot">
      <form
        method="post"
        action={deeds.meeting.screen(day)}
        hx-post={deeds.meeting.screen(day)}
        hx-nonce={around.nonce}
      >
        <input type="hidden" name="back" value={around.here} />
        <input type="hidden" name="from" value={sitting.state.screen} />
        <nav aria-label="Screens">
          {score.map(({ name }, index) => (
            <ScreenTab name={name} place={index + 1} stop={stop} stops={stops} leads={leads} />
          ))}
        </nav>
        {leads && (
          <>
            <button
              type="submit"
              class="step"
              name="to"
              value={before.name}
              data-key="previous"
              aria-label="Previous screen"
            >
              ‹
            </button>
            <button type="submit" class="step" name="to" value={after.name} data-key="next" aria-label="Next screen">
              ›
            </button>
          </>
        )}
      </form>
      {lock.length > 0 && (
        <p class="locked clamp" title="Nothing is changed but to end these">
          <Mark tone="red" /> locked: {listed(lock.slice(0, 2).map(({ id }) => id))}
          {lock.length > 2 && ` and ${counted(lock.length - 2, 'other')}`}
        </p>
      )}
      <p class="lost" data-lost hidden>
        No answer: what stands here is from {clockTime(agenda.asOf, agenda.zone)}
      </p>
      <p class="bank">
        {boxes.bankMs > 0 && `bank ${leftWords(boxes.bankMs)} · `}
        <span class={boxes.meetingLeftMs < 0 ? 'text-red' : undefined}>
          <span {...(!around.frozen && { 'data-left': Math.round(boxes.meetingLeftMs) })}>
            {leftWords(boxes.meetingLeftMs)}
          </span>
        </span>
      </p>
      <p class="presence" hidden>
        <b data-presence /> follow
      </p>
    </footer>
  )
}

interface ScreenTabProps {
  name: ScreenName
  place: number
  stop: Stop
  stops: readonly Stop[]
  leads: boolean
}

/** One of the ten. Those not on the way of a quiet day are faint, but one may go there. */
function ScreenTab({ name, place, stop, stops, leads }: ScreenTabProps) {
  const first = stops.find(({ screen }) => screen === name)
  const words = (
    <>
      <small>{place % 10}</small> <span class="unseen">{screenTitle(name)}</span>
    </>
  )
  const current = stop.screen === name ? 'step' : undefined
  const faint = first ? undefined : 'none'
  return leads ? (
    <button
      type="submit"
      name="to"
      value={first?.name ?? name}
      data-key={place % 10}
      aria-current={current}
      class={faint}
    >
      {words}
    </button>
  ) : (
    <span aria-current={current} class={faint ? `tab ${faint}` : 'tab'}>
      {words}
    </span>
  )
}
