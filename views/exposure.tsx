import { anHour } from '../src/calendar.ts'
import type { ExposureFigure } from '../src/measures/exposure.ts'
import type { Exposure, Incident } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { listed, type Reading, sentence, spell, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { etaWords, toneOfExposure } from './parts/exposure-instrument.tsx'
import { Note, Picture } from './parts/exposure-picture.tsx'
import { Field, Form, OwnerForm } from './parts/form.tsx'
import { Mark } from './parts/marks.tsx'
import { Moment } from './parts/moment.tsx'
import { nameOf, Owner } from './parts/owner.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { IncidentRows } from './parts/rows.tsx'
import { type Happened, Timeline } from './parts/timeline.tsx'
import { deeds, paths } from './paths.ts'

export interface ExposurePageProps {
  around: Around
  figure: ExposureFigure
  timeline: Happened[] // owner, plan, eta, notes and site events of the episode, oldest first; empty when not at hand
  incidents: Incident[] // those of exposure.incidentIds
  earlier: Exposure[] // past episodes of the service, newest first
}

export function ExposurePage(props: ExposurePageProps) {
  const { around, figure, incidents, earlier, timeline } = props
  const { exposure } = figure
  const reading = readingAt(around)
  return (
    <Layout around={around} title={`${exposure.service} exposed`}>
      <main id="page">
        <PageHead kicker="Exposure" title={headline(figure)}>
          <p class="lead">
            <Mark tone={toneOfExposure(figure)} /> {standing(figure, reading)}
          </p>
        </PageHead>
        <Picture figure={figure} around={around} reading={reading} />
        <div class="two-columns">
          <div class="stack">
            <Block title="To tell the team and the business">
              <Note figure={figure} around={around} reading={reading} />
            </Block>
            <Block title="What happened">
              {timeline.length > 0 ? (
                <Timeline happened={timeline} from={exposure.since} people={around.people} reading={reading} />
              ) : (
                <Notes exposure={exposure} around={around} reading={reading} />
              )}
              <Form around={around} action={deeds.exposure.note(exposure.id)}>
                <Field label="Note" name="text" required />
                <button type="submit">Note it</button>
              </Form>
            </Block>
          </div>
          <div class="stack">
            {exposure.until === null && (
              <Block title="Who brings the redundancy back">
                <Promises {...props} reading={reading} />
              </Block>
            )}
            <Block title="Incidents of it">
              {incidents.length === 0 ? (
                <p>No incident is linked to it.</p>
              ) : (
                <IncidentRows incidents={incidents} people={around.people} reading={reading} />
              )}
            </Block>
            <Block title={`${exposure.service} before`}>
              <Earlier earlier={earlier} reading={reading} />
            </Block>
          </div>
        </div>
      </main>
    </Layout>
  )
}

function headline({ exposure, carriedBy, forMs }: ExposureFigure): string {
  const sites = listed(carriedBy) || 'no site'
  if (exposure.until) return `${exposure.service} was without redundancy for ${spell(forMs)}`
  return exposure.certain
    ? `${exposure.service} on ${sites} alone for ${spell(forMs)}`
    : `Nobody knows whether ${exposure.service} would survive the loss of ${sites}`
}

function standing({ exposure, escalation, forMs }: ExposureFigure, reading: Reading): string {
  if (exposure.until) return `Redundant again since ${when(exposure.until, reading)}.`

  const since = `Since ${when(exposure.since, reading)}`
  if (escalation === 'room') {
    return forMs > 4 * anHour
      ? `${since}; while the promised time holds it stays the room’s matter.`
      : `${since}; the room’s matter.`
  }
  return escalation === 'subject line'
    ? `${since}; past 72 h it is everybody’s matter.`
    : `${since}; by its age it is the ${escalation}’s matter.`
}

function Notes({ exposure, around, reading }: { exposure: Exposure; around: Around; reading: Reading }) {
  if (exposure.notes.length === 0) return <p>Nobody has noted anything yet.</p>

  return (
    <ol class="timeline">
      {exposure.notes.map(({ at, text, by }) => (
        <li>
          <Mark tone="plain" />
          <Moment at={at} reading={reading} />
          <p>{text}</p>
          <p class="quiet">{nameOf(around.people, by)}</p>
        </li>
      ))}
    </ol>
  )
}

function Promises({ around, figure, reading }: ExposurePageProps & { reading: Reading }) {
  const { exposure } = figure
  return (
    <div class="forms">
      <p>
        Owner <Owner people={around.people} ownerId={exposure.ownerId} />. Plan:{' '}
        {exposure.plan ?? <span class="text-red">none yet</span>}. {sentence(etaWords(figure, reading))}.
      </p>
      <OwnerForm around={around} action={deeds.exposure.owner(exposure.id)} owner={exposure.ownerId} />
      <Form around={around} action={deeds.exposure.plan(exposure.id)} seen={{ plan: exposure.plan }}>
        <Field label="Plan" name="plan" required {...(exposure.plan && { value: exposure.plan })} />
        <button type="submit">Plan</button>
      </Form>
      <Form around={around} action={deeds.exposure.eta(exposure.id)} seen={{ eta: exposure.eta?.toISOString() }}>
        <Field label={`Redundant again by (${around.zone})`} name="eta" type="datetime-local" required />
        <button type="submit">Promise</button>
      </Form>
    </div>
  )
}

function Earlier({ earlier, reading }: { earlier: Exposure[]; reading: Reading }) {
  if (earlier.length === 0) return <p>This is the first time we know of.</p>

  return (
    <ul>
      {earlier.map(({ id, since, until }) => (
        <li>
          <a href={paths.exposure(id)}>{when(since, reading)}</a>, for{' '}
          {spell((until ?? reading.asOf).getTime() - since.getTime())}
        </li>
      ))}
    </ul>
  )
}
