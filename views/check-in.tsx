import type { Agenda } from '../src/agenda/shapes.ts'
import { addDays, dayOf } from '../src/calendar.ts'
import type { ExposureFigure } from '../src/measures/exposure.ts'
import type { HandOver } from '../src/record/hand-overs.ts'
import type { Edition } from '../src/reports/digest.ts'
import type { ActionTold, Told } from '../src/reports/told.ts'
import { learntWords } from './digest-past.ts'
import { actionClauses } from './digest-words.ts'
import { counted, listed, type Reading, sentence, spell, when, windowWords } from './figures.ts'
import { headroomWords, verdictWords } from './headlines.ts'
import { levelWord, severityWord } from './names.ts'
import { Cost, Open, type OutageManagers, WorstLevel } from './parts/phone-figures.tsx'
import { Taps } from './parts/taps.tsx'
import { paths } from './paths.ts'
import { sentences } from './plain-text.ts'

export interface CheckInProps {
  edition: Edition
  zone: string
  me: { id: string; name: string } | null
  handOvers: HandOver[]
  outageManagers: OutageManagers // of the grave ones that are open
  pushKey: string | null // null = nobody can be woken from here
}

/** Thirty seconds, in this order: the verdict, what is exposed, the worst level, who runs what, what it cost, and you. */
export function CheckIn({ edition, zone, me, handOvers, outageManagers, pushKey }: CheckInProps) {
  const { told, asOf } = edition
  const { agenda } = told
  const reading = { asOf, zone, nameOf: (id: string) => told.names[id] ?? id }
  const { level, reason } = agenda.verdict
  return (
    <main>
      <header class={level}>
        <h1>
          {levelWord(level).toUpperCase()}: {verdictWords(reason, reading)}
        </h1>
        <p>
          As of {when(asOf, reading)}, window {windowWords(agenda.window, zone)}
          {edition.meetingId !== '' && ', as the meeting left it'}
        </p>
      </header>
      <p class="offline" id="offline" role="status" hidden>
        No network: this is how it stood <span /> ago.
      </p>
      <p class="offline" id="told" role="status" hidden />
      {agenda.exposures.map((exposed) => (
        <Exposed exposed={exposed} reading={reading} />
      ))}
      <section>
        <h2>In figures</h2>
        <dl>
          <WorstLevel agenda={agenda} />
          <Open agenda={agenda} grave={told.grave} outageManagers={outageManagers} />
          <Cost told={told} />
        </dl>
      </section>
      <ForYou told={told} me={me} handOvers={handOvers} reading={reading} />
      <ThisWeek told={told} reading={reading} />
      <Taps kind="raise" id="raise" label="Raise it">
        <h2>Raise at the meeting</h2>
      </Taps>
      <Silent agenda={agenda} reading={reading} />
      {told.yearAgo && (
        <section>
          <h2>A year ago today</h2>
          {told.yearAgo.incidents.slice(0, 2).map(({ title, severity }) => (
            <p>
              {severityWord(severity)}: <bdi>{title}</bdi>
            </p>
          ))}
          <p class="quiet">{learntWords(told.yearAgo)}.</p>
        </section>
      )}
      <nav aria-label="Further">
        <a href={paths.morning}>The whole agenda</a>
        <a href={paths.join}>Join the meeting</a>
        {me && <a href={paths.wishes(me.id)}>How to be told</a>}
        {me && pushKey !== null && (
          <button type="button" id="wake" data-key={pushKey} data-phones={paths.phones} hidden>
            Wake this phone
          </button>
        )}
      </nav>
    </main>
  )
}

function Exposed({ exposed, reading }: { exposed: ExposureFigure; reading: Reading }) {
  const { exposure, carriedBy, forMs, etaPassed, escalation, headroomPoints } = exposed
  const isRed = escalation !== 'room' || (headroomPoints ?? 0) < 0
  const eta = exposure.eta
    ? etaPassed
      ? `ETA passed ${spell(reading.asOf.getTime() - exposure.eta.getTime())} ago`
      : `ETA ${when(exposure.eta, reading)}`
    : 'no ETA'
  return (
    <section>
      <h3 class={isRed ? 'marked red-text' : 'marked amber-text'}>
        <span aria-hidden="true">{isRed ? '◆' : '▲'}</span>
        <a href={paths.exposure(exposure.id)}>
          <bdi>{exposure.service}</bdi>{' '}
          {exposure.certain ? `on ${listed(carriedBy.toSorted()) || 'no site'} alone` : 'unproven'}, {spell(forMs)}
        </a>
      </h3>
      <p>
        {sentence(eta)}. {exposure.ownerId ? `Owner ${reading.nameOf?.(exposure.ownerId)}` : 'Nobody’s'}.{' '}
        {sentence(headroomWords(headroomPoints))}.
      </p>
    </section>
  )
}

interface ForYouProps {
  told: Told
  me: CheckInProps['me']
  handOvers: HandOver[]
  reading: Reading
}

function ForYou({ told, me, handOvers, reading }: ForYouProps) {
  const mine = me ? told.actions.filter(({ ownerId }) => ownerId === me.id) : []
  const { undecided } = told.agenda.counts.postmortems
  return (
    <section id="you">
      <h2>{me ? `For you, ${me.name}` : 'For you'}</h2>
      {!me && <p class="quiet">Sign in, and what is yours stands here.</p>}
      {me && handOvers.length + mine.length === 0 && <p class="quiet">Nothing waits for you.</p>}
      <ul>
        {handOvers.map((given) => (
          <li>
            <h3>
              <bdi>{given.issue}</bdi>
            </h3>
            <p class="quiet">
              Handed over {when(given.at, reading)}. {given.plan && `Plan: ${given.plan}`}
            </p>
            <Taps kind="hand-over" id={given.id} deeds={['accept', 'return']} />
          </li>
        ))}
        {mine.slice(0, 12).map((action) => (
          <Mine action={action} reading={reading} />
        ))}
      </ul>
      {undecided > 0 && (
        <p>
          <a href={`${paths.meeting(told.agenda.meetingDay)}#postmortems`}>
            {counted(undecided, 'postmortem decision')} waiting
          </a>
        </p>
      )}
    </section>
  )
}

function Mine({ action, reading }: { action: ActionTold; reading: Reading }) {
  return (
    <li>
      <h3>
        <bdi>{action.title}</bdi>
      </h3>
      <p class={action.standing === 'overdue' ? 'red-text' : 'quiet'}>{sentences(actionClauses(action, reading))}</p>
      <Taps
        kind="action"
        id={action.id}
        deeds={action.isAccepted ? ['done', 'help'] : ['accept', 'return', 'done', 'help']}
      />
    </li>
  )
}

/** Sessions held within seven days. */
function ThisWeek({ told, reading }: { told: Told; reading: Reading }) {
  const until = addDays(dayOf(reading.asOf, reading.zone), 7)
  const held = told.agenda.sections
    .flatMap(({ items }) => items)
    .flatMap(({ title, subject, reason }) =>
      reason.kind === 'scheduled' && dayOf(reason.for, reading.zone) <= until ? { title, subject, at: reason.for } : [],
    )
  return (
    <section>
      <h2>Postmortems this week</h2>
      {held.length === 0 && <p class="quiet">None is scheduled.</p>}
      {held.map(({ title, subject, at }) => (
        <p>
          {sentence(when(at, reading))} <a href={paths.incident(subject.id)}>{title}</a>
        </p>
      ))}
    </section>
  )
}

function Silent({ agenda, reading }: { agenda: Agenda; reading: Reading }) {
  const silent = agenda.sources.filter((source) => source.silent)
  return (
    <section>
      <h2>Feeds that did not report</h2>
      {silent.length === 0 && <p class="quiet">All of them did.</p>}
      {silent.map(({ name, lastHeardAt }) => (
        <p class="amber-text">
          <bdi>{name}</bdi>: {lastHeardAt ? `silent since ${when(lastHeardAt, reading)}` : 'never heard'}
        </p>
      ))}
    </section>
  )
}
