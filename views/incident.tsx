import type { Advice } from '../src/agenda/shapes.ts'
import type { SuspectRate, Verdict } from '../src/measures/suspect-rate.ts'
import type { Outage } from '../src/record/outage-state.ts'
import type { Change, Exposure, Incident, Problem } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { figure, type Reading, sentence, spell, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { incidentStateWord } from './names.ts'
import { CauseForm } from './parts/cause-form.tsx'
import { Field, Form } from './parts/form.tsx'
import { Deeds, Postmortem, ProblemForm } from './parts/incident-forms.tsx'
import { Mark, SeverityTag } from './parts/marks.tsx'
import { type Merging, OneOrSeveral } from './parts/merging.tsx'
import { Moment } from './parts/moment.tsx'
import { OutageBlocks } from './parts/outage.tsx'
import { Owner } from './parts/owner.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { ChangeRows, IncidentRows, ProblemRows } from './parts/rows.tsx'
import { type Happened, Timeline } from './parts/timeline.tsx'
import { deeds, paths } from './paths.ts'

export interface IncidentPageProps {
  around: Around
  incident: Incident
  timeline: Happened[] // oldest first
  changes: Change[] // before its start, of its service and what that needs, newest first
  suspect: Change | null // the one the rule points at
  verdict: Verdict | null // what the room found
  rate: SuspectRate // how often the rule was right so far
  exposures: Exposure[] // that were open while it was
  problems: Problem[] // it is linked to
  openProblems: Problem[] // it could be linked to
  alike: Incident[] // same service and symptom, newest first
  advice: Advice // S36
  merging?: Merging
  outage?: Outage // how it is run
}

export function IncidentPage(props: IncidentPageProps) {
  const { around, incident, timeline, changes, exposures, problems, alike, merging } = props
  const reading = readingAt(around)
  return (
    <Layout around={around} title={incident.title}>
      <main id="page">
        <PageHead kicker={`Incident ${incident.id}`} title={incident.title}>
          <Standing incident={incident} reading={reading} />
        </PageHead>
        <div class="two-columns">
          <div class="stack">
            <Block title="What changed before it">
              {changes.length === 0 ? (
                <p>
                  No change is known on {incident.service ?? 'its service'} or what it needs in the day before.{' '}
                  <a href={paths.byHand}>Tell one</a> if there was.
                </p>
              ) : (
                <>
                  <ChangeRows changes={changes} before={incident.startedAt} suspects reading={reading} />
                  <CauseForm {...props} />
                </>
              )}
            </Block>
            <Block title="What happened">
              <Timeline happened={timeline} from={incident.startedAt} people={around.people} reading={reading} />
              <Form around={around} action={deeds.incident.note(incident.id)}>
                <Field label="Note" name="text" required />
                <button type="submit">Note it</button>
              </Form>
            </Block>
            {merging && <OneOrSeveral around={around} incident={incident} merging={merging} reading={reading} />}
            <Block title="Alike">
              {alike.length === 0 ? (
                <p>None like it: no other incident of {incident.service ?? 'no service'} shows this symptom.</p>
              ) : (
                <>
                  <p class="quiet">
                    Same service, same symptom “<bdi>{incident.symptom}</bdi>”.
                  </p>
                  <IncidentRows incidents={alike} people={around.people} reading={reading} />
                </>
              )}
            </Block>
          </div>
          <div class="stack">
            <Block title="How it stands">
              <Known incident={incident} around={around} reading={reading} />
              <Deeds {...props} />
            </Block>
            {props.outage && (
              <OutageBlocks around={around} incident={incident} outage={props.outage} reading={reading} />
            )}
            <Block title="Postmortem">
              <Postmortem {...props} reading={reading} />
            </Block>
            <Block title="Redundancy meanwhile">
              <ExposureLines exposures={exposures} reading={reading} />
            </Block>
            <Block title="Problem behind it">
              {problems.length === 0 && !around.may(deeds.incident.problem(incident.id)) && <p>None is known.</p>}
              {problems.length > 0 && <ProblemRows problems={problems} people={around.people} reading={reading} />}
              <ProblemForm {...props} />
            </Block>
          </div>
        </div>
      </main>
    </Layout>
  )
}

function Standing({ incident, reading }: { incident: Incident; reading: Reading }) {
  const { startedAt, endedAt, state } = incident
  return (
    <p class="lead">
      <Mark tone={endedAt ? 'green' : 'red'} /> <SeverityTag severity={incident.severity} />{' '}
      {endedAt
        ? `Over after ${spell(endedAt.getTime() - startedAt.getTime())}, ended ${when(endedAt, reading)}.`
        : `${sentence(incidentStateWord(state))} for ${spell(reading.asOf.getTime() - startedAt.getTime())}, since ${when(startedAt, reading)}.`}
    </p>
  )
}

function Known({ incident, around, reading }: { incident: Incident; around: Around; reading: Reading }) {
  const moment = (at: Date | null) => at && <Moment at={at} reading={reading} />
  return (
    <Pairs
      pairs={[
        ['Service', incident.service && <a href={paths.service(incident.service)}>{incident.service}</a>],
        ['Owner', <Owner people={around.people} ownerId={incident.ownerId} />],
        ['Customer-minutes', customerMinutesWords(incident.customerMinutes)],
        ['Site', incident.site],
        ['Team', incident.team],
        ['Began', moment(incident.startedAt)],
        ['Detected', moment(incident.detectedAt)],
        ['Acknowledged', moment(incident.acknowledgedAt)],
        ['Service back', moment(incident.mitigatedAt)],
        ['Resolved', moment(incident.resolvedAt)],
        ['Closed', moment(incident.closedAt)],
        ['Noticed by', incident.class?.replace('-', ' ')],
        ['Told by', incident.source && <a href={paths.source(incident.source)}>{incident.source}</a>],
        ['There', isWebAddress(incident.url) && <a href={incident.url ?? ''}>the tool’s own page</a>],
      ]}
    />
  )
}

function customerMinutesWords(customerMinutes: number | null): string {
  if (customerMinutes === null) return 'unknown'
  return customerMinutes === 0 ? '0: a near miss' : figure(customerMinutes)
}

function isWebAddress(url: string | null): boolean {
  return url !== null && /^https?:\/\//i.test(url)
}

function ExposureLines({ exposures, reading }: { exposures: Exposure[]; reading: Reading }) {
  if (exposures.length === 0) return <p>Its service kept its redundancy all along.</p>

  return (
    <ul>
      {exposures.map(({ id, service, since, until }) => (
        <li>
          <Mark tone={until ? 'green' : 'red'} /> <a href={paths.exposure(id)}>{service}</a>{' '}
          {until
            ? `was without redundancy for ${spell(until.getTime() - since.getTime())}`
            : `has no redundancy since ${when(since, reading)}: the incident cannot be closed before it is back`}
        </li>
      ))}
    </ul>
  )
}
