import type { Agenda, Section } from '../src/agenda/shapes.ts'
import { topics } from '../src/agenda/shapes.ts'
import { dateWords } from '../src/calendar.ts'
import { lockedBy } from '../src/measures/deploy-lock.ts'
import type { Facts } from '../src/record/shapes.ts'
import type { YearAgoTold } from '../src/reports/told.ts'
import type { Around } from './around.ts'
import { figure, type Reading, when, windowWords } from './figures.ts'
import { verdictWords } from './headlines.ts'
import { Layout } from './layout.tsx'
import { topicTitle } from './names.ts'
import { OneLine } from './parts/by-hand.tsx'
import { ExposureInstrument } from './parts/exposure-instrument.tsx'
import { Form } from './parts/form.tsx'
import { CountsInstrument, InputsInstrument } from './parts/instruments.tsx'
import { AgendaItem } from './parts/item.tsx'
import { deskKeys, Keys } from './parts/keys.tsx'
import { LevelsInstrument } from './parts/levels-instrument.tsx'
import { Light } from './parts/marks.tsx'
import { Unbroken } from './parts/unbroken.tsx'
import { YearAgo } from './parts/year-ago.tsx'
import { paths } from './paths.ts'
import { quietWords } from './quiet.ts'
import { shortTally, tallyWords } from './screens.ts'

export interface AgendaPageProps {
  around: Around
  agenda: Agenda
  facts: Facts
  yearAgo?: YearAgoTold | null
}

export function AgendaPage({ around, agenda, facts, yearAgo = null }: AgendaPageProps) {
  const reading = { asOf: agenda.asOf, zone: agenda.zone }
  const open = agenda.exposures.filter(({ exposure }) => exposure.until === null)
  return (
    <Layout
      around={around}
      title={`${agenda.verdict.level.toUpperCase()} · ${dateWords(agenda.meetingDay)}`}
      kind="front"
    >
      <main id="page">
        <Dateline around={around} agenda={agenda} reading={reading} />
        <section class="verdict" aria-label="Verdict">
          <Light level={agenda.verdict.level} />
          <h1>
            <Unbroken words={verdictWords(agenda.verdict.reason, reading)} />
          </h1>
        </section>
        <div class={open.length === 1 ? 'instruments three' : 'instruments'}>
          {open.slice(0, 2).map((exposed) => (
            <ExposureInstrument figure={exposed} reading={reading} people={facts.people} />
          ))}
          <CountsInstrument agenda={agenda} />
          <LevelsInstrument agenda={agenda} />
          <InputsInstrument agenda={agenda} reading={reading} />
        </div>
        <Jump agenda={agenda} />
        {agenda.sections.map((section) => (
          <TopicSection
            section={section}
            tally={tallyWords(section, agenda.counts)}
            around={around}
            facts={facts}
            reading={reading}
          />
        ))}
        {yearAgo && <YearAgo told={yearAgo} />}
        <OneLine around={around} lock={lockedBy(facts.incidents, agenda.asOf)} />
      </main>
      <Keys keys={deskKeys} />
    </Layout>
  )
}

function Dateline({ around, agenda, reading }: { around: Around; agenda: Agenda; reading: Reading }) {
  const { meeting, meetingDay, window, asOf } = agenda
  return (
    <div class="dateline">
      <strong>{dateWords(meetingDay)}</strong>
      <span>
        as of <time datetime={asOf.toISOString()}>{when(asOf, reading)}</time>
      </span>
      <span>{windowWords(window, agenda.zone)}</span>
      <a class="button" href={paths.projector(meetingDay)}>
        Project it
      </a>
      {!meeting?.closedAt && around.may(paths.run(meetingDay), 'GET') && (
        <a class="button" href={paths.run(meetingDay)}>
          Lead it
        </a>
      )}
      <MeetingForm around={around} meeting={meeting} day={meetingDay} reading={reading} />
    </div>
  )
}

interface MeetingFormProps {
  around: Around
  meeting: Agenda['meeting']
  day: string
  reading: Reading
}

/** Open before, close while, and a sentence after: what the room can do with the meeting now. */
function MeetingForm({ around, meeting, day, reading }: MeetingFormProps) {
  if (meeting?.closedAt)
    return (
      <>
        <span>Meeting closed {when(meeting.closedAt, reading)}</span>
        <a class="button" href={paths.minutes(day)}>
          Minutes
        </a>
      </>
    )

  return meeting?.openedAt ? (
    <Form around={around} action={paths.adjournment(day)}>
      <span>Open since {when(meeting.openedAt, reading)}</span>
      <button type="submit">Close the meeting</button>
    </Form>
  ) : (
    <Form around={around} action={paths.opening(day)}>
      <button type="submit">Open the meeting</button>
    </Form>
  )
}

function Jump({ agenda: { sections, counts } }: { agenda: Agenda }) {
  return (
    <nav class="jump" aria-label="Sections">
      <ol>
        {sections.map((section) => (
          <li>
            <a href={`#${section.topic}`} class={section.items.length === 0 ? 'none' : undefined}>
              {shortTitles[section.topic]} <b>{shortTally(section, counts)}</b>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

export const shortTitles = {
  exposures: 'Alone',
  actions: 'Actions',
  'service-levels': 'Levels',
  incidents: 'New',
  'still-open': 'Open',
  problems: 'Problems',
  complaints: 'Complaints',
  changes: 'Changes',
  postmortems: 'Postmortems',
  sources: 'Silent',
} as const

interface TopicProps {
  section: Section
  tally: string
  around: Around
  facts: Facts
  reading: Reading
}

function TopicSection({ section, tally, around, facts, reading }: TopicProps) {
  const { topic, items, omitted } = section
  return (
    <details class="topic" id={topic} open>
      <summary>
        <span class="number">{topics.indexOf(topic) + 1}</span>
        <h2>{topicTitle(topic)}</h2>
        <span class="tally">{tally}</span>
      </summary>
      {items.length === 0 ? (
        <p class="quiet-night">{quietWords(section, reading)}</p>
      ) : (
        <ul>
          {items.map((item) => (
            <AgendaItem item={item} around={around} facts={facts} reading={reading} />
          ))}
        </ul>
      )}
      {omitted > 0 && (
        <p class="omitted">
          and {figure(omitted)} more: <a href={listOf[topic]}>see them all</a>
        </p>
      )}
    </details>
  )
}

const listOf = {
  exposures: paths.exposures,
  actions: paths.actions,
  'service-levels': paths.serviceLevels,
  incidents: paths.incidents,
  'still-open': `${paths.incidents}?state=open`,
  problems: paths.problems,
  complaints: paths.complaints,
  changes: paths.changes,
  postmortems: paths.postmortems,
  sources: paths.sources,
} as const
