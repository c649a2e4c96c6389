import type { Change, Incident } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { counted, type Reading, spell, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form } from './parts/form.tsx'
import { Mark, SeverityTag } from './parts/marks.tsx'
import { Moment } from './parts/moment.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { type Happened, Timeline } from './parts/timeline.tsx'
import { deeds, paths } from './paths.ts'

export interface ChangePageProps {
  around: Around
  change: Change
  incidents: Incident[] // begun within 24 h after it on its service or what needs it
  timeline: Happened[]
}

export function ChangePage({ around, change, incidents, timeline }: ChangePageProps) {
  const reading = readingAt(around)
  return (
    <Layout around={around} title={change.what}>
      <main id="page">
        <PageHead kicker={`Change ${change.id}`} title={change.what}>
          <p class="lead">
            <Mark tone={incidents.length > 0 && !change.deniedAt ? 'amber' : 'plain'} />{' '}
            {standing(change, incidents, reading)}
          </p>
        </PageHead>
        <div class="two-columns">
          <div class="stack">
            <Block title="What began within a day after it">
              {incidents.length === 0 ? (
                <p>No incident on its service or on what needs it.</p>
              ) : (
                <After incidents={incidents} change={change} reading={reading} />
              )}
            </Block>
            {timeline.length > 0 && (
              <Block title="What happened">
                <Timeline happened={timeline} from={change.at} people={around.people} reading={reading} />
              </Block>
            )}
          </div>
          <Block title="How it stands">
            <Known change={change} reading={reading} />
            <Deeds around={around} change={change} />
          </Block>
        </div>
      </main>
    </Layout>
  )
}

function standing({ at, rolledBackAt, deniedAt }: Change, incidents: Incident[], reading: Reading): string {
  return [
    `Changed ${when(at, reading)}`,
    ...(incidents.length > 0 ? [`${counted(incidents.length, 'incident')} within a day after it`] : []),
    ...(deniedAt ? [`denied as a cause ${when(deniedAt, reading)}`] : []),
    ...(rolledBackAt ? [`rolled back ${when(rolledBackAt, reading)}`] : []),
  ].join('; ')
}

function After({ incidents, change, reading }: { incidents: Incident[]; change: Change; reading: Reading }) {
  return (
    <ul>
      {incidents.map((incident) => (
        <li class="item">
          <Mark tone={incident.endedAt ? 'green' : 'red'} />
          <div>
            <h3>
              <SeverityTag severity={incident.severity} />{' '}
              <a href={paths.incident(incident.id)}>
                <bdi>{incident.title}</bdi>
              </a>
            </h3>
            <p class="meta">
              <b>{spell(incident.startedAt.getTime() - change.at.getTime())} after it</b>
              <Moment at={incident.startedAt} reading={reading} />
              <span>{incident.service}</span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Known({ change, reading }: { change: Change; reading: Reading }) {
  return (
    <Pairs
      pairs={[
        ['Service', change.service && <a href={paths.service(change.service)}>{change.service}</a>],
        ['Site', change.site],
        ['Who', change.who],
        ['When', <Moment at={change.at} reading={reading} />],
        ['Kind', change.kind],
        ['Told by', change.source],
        ['There', change.url && /^https?:\/\//i.test(change.url) && <a href={change.url}>the tool’s own page</a>],
      ]}
    />
  )
}

function Deeds({ around, change }: { around: Around; change: Change }) {
  return (
    <div class="forms">
      {!change.rolledBackAt && (
        <Form around={around} action={deeds.change.rollback(change.id)}>
          <Field label="Rolled back because" name="why" />
          <button type="submit">Rolled back</button>
        </Form>
      )}
      {!change.deniedAt && (
        <Form around={around} action={deeds.change.denial(change.id)}>
          <Field label="It cannot have caused it because" name="why" />
          <button type="submit">Deny</button>
        </Form>
      )}
    </div>
  )
}
