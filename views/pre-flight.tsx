import type { Agenda } from '../src/agenda/shapes.ts'
import type { Offender } from '../src/agenda/snapshot.ts'
import { dateWords } from '../src/calendar.ts'
import type { HandOver } from '../src/record/hand-overs.ts'
import type { Facts, Person } from '../src/record/shapes.ts'
import type { Around } from './around.ts'
import { counted, type Reading, sentence, spell, windowWords } from './figures.ts'
import { countsWords, verdictWords } from './headlines.ts'
import { Layout } from './layout.tsx'
import { Light, Mark } from './parts/marks.tsx'
import { nameOf } from './parts/owner.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { PartsForm } from './parts/parts-form.tsx'
import { paths, pathTo } from './paths.ts'
import { functionWord } from './room-words.ts'
import { Offenders } from './unowned.tsx'
import { reasonWords } from './words.ts'

export interface PreFlightPageProps {
  around: Around
  agenda: Agenda
  facts: Facts
  offenders: Offender[] // what would stand in the way of a clean close now
  waiting: HandOver[] // without a yes
  facilitator: Person | null // whose turn it is
  scribe: Person | null
  taken: { facilitatorId: string | null; scribeId: string | null } // who said yes to a part already
  conflict: boolean // whoever asks owns the top item
  screens: number // how many the meeting will take
  deepDive: string | null // the weekly one: the service drawn, '' = to be drawn today
}

/** A quarter of an hour before: what can still be mended, who leads, and the one button that begins. */
export function PreFlightPage(props: PreFlightPageProps) {
  const { around, agenda, screens } = props
  const reading = { asOf: agenda.asOf, zone: agenda.zone }
  return (
    <Layout around={around} title={`Before the meeting of ${dateWords(agenda.meetingDay)}`} kind="meeting" live>
      <main
        id="page"
        hx-get={paths.runAt(agenda.meetingDay, 'pre-flight')}
        hx-trigger="morning from:body"
        hx-nonce={around.nonce}
      >
        <PageHead kicker="Before the meeting" title={dateWords(agenda.meetingDay)}>
          <p class="lead">
            <Light level={agenda.verdict.level} /> {verdictWords(agenda.verdict.reason, reading)}
          </p>
          <p>{countsWords(agenda.counts).join(' · ')}</p>
        </PageHead>
        <form method="post" action={paths.opening(agenda.meetingDay)} class="start">
          <input type="hidden" name="back" value={paths.run(agenda.meetingDay)} />
          <button type="submit">Start: {counted(screens, 'screen')}</button>
          <span class="quiet">freezes the cut-off; now {windowWords(agenda.window, agenda.zone)}</span>
        </form>
        <div class="two-columns">
          <div class="stack">
            <Silent {...props} reading={reading} />
            <Unsettled {...props} />
            <Waiting {...props} reading={reading} />
            <Corrected {...props} reading={reading} />
          </div>
          <div class="stack">
            <Parts {...props} />
            <Missing {...props} />
          </div>
        </div>
      </main>
    </Layout>
  )
}

function Silent({ agenda, reading }: PreFlightPageProps & { reading: Reading }) {
  const told = agenda.sections.find(({ topic }) => topic === 'sources')?.items ?? []
  const items = told.filter(({ reason }) => reason.kind !== 'correction')
  return (
    <Block title="Who does not speak">
      {items.length === 0 ? (
        <p>
          <Mark tone="green" /> Every source spoke in time.
        </p>
      ) : (
        <ul>
          {items.slice(0, 8).map((item) => (
            <li>
              <Mark tone="amber" /> <b>{item.title}</b> {reasonWords(item.reason, reading)}
            </li>
          ))}
        </ul>
      )}
    </Block>
  )
}

/** What an earlier meeting was told otherwise. */
function Corrected({ agenda, reading }: PreFlightPageProps & { reading: Reading }) {
  const told = agenda.sections.find(({ topic }) => topic === 'sources')?.items ?? []
  const items = told.filter(({ reason }) => reason.kind === 'correction')
  if (items.length === 0) return null
  return (
    <Block title="Told otherwise before">
      <ul>
        {items.slice(0, 8).map(({ subject, reason }) => (
          <li>
            <a href={pathTo(subject)}>{sentence(reasonWords(reason, reading))}</a>
          </li>
        ))}
      </ul>
    </Block>
  )
}

function Unsettled({ offenders }: PreFlightPageProps) {
  const unowned = offenders.filter(({ kind }) => kind === 'incident' || kind === 'problem')
  return (
    <Block title="Nobody’s">
      {unowned.length === 0 ? (
        <p>
          <Mark tone="green" /> Every open incident and problem has an owner.
        </p>
      ) : (
        <Offenders offenders={unowned.slice(0, 12)} />
      )}
    </Block>
  )
}

function Waiting({ waiting, agenda, facts, reading }: PreFlightPageProps & { reading: Reading }) {
  const actions = agenda.sections.find(({ topic }) => topic === 'actions')?.items ?? []
  const unaccepted = actions.filter(({ reason }) => reason.kind === 'unacknowledged')
  return (
    <Block title="Handed over, no yes yet">
      {waiting.length + unaccepted.length === 0 ? (
        <p>
          <Mark tone="green" /> Every hand-over and every action was accepted.
        </p>
      ) : (
        <ul>
          {waiting.map(({ id, toId, issue, at }) => (
            <li>
              <Mark tone="amber" /> <a href={paths.handOver(id)}>{issue}</a>: {nameOf(facts.people, toId)}, asked{' '}
              {spell(reading.asOf.getTime() - at.getTime())} ago
            </li>
          ))}
          {unaccepted.slice(0, 8).map((item) => (
            <li>
              <Mark tone="amber" /> <a href={pathTo(item.subject)}>{item.title}</a>:{' '}
              {nameOf(facts.people, item.ownerId) ?? 'nobody'}. {sentence(reasonWords(item.reason, reading))}
            </li>
          ))}
        </ul>
      )}
    </Block>
  )
}

function Parts({ around, agenda, facts, facilitator, scribe, taken, conflict, deepDive }: PreFlightPageProps) {
  const leads = nameOf(facts.people, taken.facilitatorId ?? facilitator?.id ?? null)
  const writes = nameOf(facts.people, taken.scribeId ?? scribe?.id ?? null)
  const suggested = { facilitatorId: facilitator?.id ?? null, scribeId: scribe?.id ?? null }
  return (
    <Block title="Who leads">
      <p>
        {leads ? (
          <>
            {taken.facilitatorId ? '' : 'By turn '}
            <b>{leads}</b> leads
            {writes && (
              <>
                {' '}
                and <b>{writes}</b> writes
              </>
            )}
            .
          </>
        ) : (
          'Nobody is on the list of people yet.'
        )}
      </p>
      <PartsForm around={around} day={agenda.meetingDay} people={facts.people} stands={taken} suggested={suggested} />
      {conflict && (
        <p class="text-amber">
          <Mark tone="amber" /> {around.me?.name} owns the top item: somebody else should lead.
        </p>
      )}
      {deepDive !== null && (
        <p>This week’s deep-dive: {deepDive === '' ? 'will be drawn when the meeting starts' : <b>{deepDive}</b>}</p>
      )}
    </Block>
  )
}

function Missing({ offenders }: PreFlightPageProps) {
  const missing = offenders.filter(({ kind }) => kind === 'function')
  return (
    <Block title="Who must be heard">
      {missing.length === 0 ? (
        <p>
          <Mark tone="green" /> Support, operations and development are here or have written.
        </p>
      ) : (
        <ul>
          {missing.map(({ id }) => (
            <li>
              <Mark tone="amber" /> nobody of {functionWord(id)} is here yet, nor has written
            </li>
          ))}
        </ul>
      )}
    </Block>
  )
}
