import type { Incident, Problem } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { counted, figure, type Reading, sentence, spell, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { problemStateWord } from './names.ts'
import { Field, Form, OwnerForm } from './parts/form.tsx'
import { Mark } from './parts/marks.tsx'
import { Moment } from './parts/moment.tsx'
import { Owner } from './parts/owner.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { IncidentRows } from './parts/rows.tsx'
import { type Happened, Timeline } from './parts/timeline.tsx'
import { deeds, paths } from './paths.ts'

export interface ProblemPageProps {
  around: Around
  problem: Problem
  timeline: Happened[]
  incidents: Incident[] // linked, newest first
}

export function ProblemPage({ around, problem, timeline, incidents }: ProblemPageProps) {
  const reading = readingAt(around)
  return (
    <Layout around={around} title={problem.title}>
      <main id="page">
        <PageHead kicker={`Problem ${problem.id}`} title={problem.title}>
          <p class="lead">
            <Mark tone={problem.closedAt ? 'green' : 'amber'} /> {standingWords(problem, reading)}
          </p>
        </PageHead>
        <div class="two-columns">
          <div class="stack">
            <Block title={`${counted(incidents.length, 'incident')} on its account`}>
              {incidents.length === 0 ? (
                <p>None is linked yet: link one from the incident’s own page.</p>
              ) : (
                <IncidentRows incidents={incidents} people={around.people} reading={reading} />
              )}
            </Block>
            <Block title="What happened">
              <Timeline happened={timeline} from={problem.openedAt} people={around.people} reading={reading} />
              <Form around={around} action={deeds.problem.note(problem.id)}>
                <Field label="Note" name="text" required />
                <button type="submit">Note it</button>
              </Form>
            </Block>
          </div>
          <div class="stack">
            <Block title="How it stands">
              <Known problem={problem} incidents={incidents} around={around} reading={reading} />
              <OwnerForm around={around} action={deeds.problem.owner(problem.id)} owner={problem.ownerId} />
              <StateForm around={around} problem={problem} />
            </Block>
          </div>
        </div>
      </main>
    </Layout>
  )
}

function standingWords({ state, openedAt, fixedAt, closedAt }: Problem, reading: Reading): string {
  const since = (at: Date) => spell(reading.asOf.getTime() - at.getTime())
  if (closedAt) return `Closed ${when(closedAt, reading)}, after ${spell(closedAt.getTime() - openedAt.getTime())}.`
  if (fixedAt) return `Fix out for ${since(fixedAt)}, under watch.`
  return `${sentence(problemStateWord(state))} for ${since(openedAt)}.`
}

interface KnownProps {
  problem: Problem
  incidents: Incident[]
  around: Around
  reading: Reading
}

function Known({ problem, incidents, around, reading }: KnownProps) {
  const cost = incidents.reduce((sum, { customerMinutes }) => sum + (customerMinutes ?? 0), 0)
  const uncounted = incidents.filter(({ customerMinutes }) => customerMinutes === null).length
  return (
    <Pairs
      pairs={[
        ['Service', problem.service && <a href={paths.service(problem.service)}>{problem.service}</a>],
        ['Owner', <Owner people={around.people} ownerId={problem.ownerId} />],
        ['Severity', problem.severity?.toUpperCase()],
        ['Opened', <Moment at={problem.openedAt} reading={reading} />],
        ['Fix out', problem.fixedAt && <Moment at={problem.fixedAt} reading={reading} />],
        [
          'Customer-minutes',
          incidents.length > 0 &&
            `${figure(cost)}${uncounted > 0 ? `, and ${counted(uncounted, 'incident')} uncounted` : ''}`,
        ],
        ['Kind', problem.architectural && 'architectural: for the scalability meeting'],
      ]}
    />
  )
}

function StateForm({ around, problem }: { around: Around; problem: Problem }) {
  return (
    <Form around={around} action={deeds.problem.state(problem.id)} seen={{ state: problem.state }}>
      <label>
        State
        <select name="state">
          {(['open', 'known-error', 'fix-deployed', 'closed'] as const).map((state) => (
            <option value={state} selected={state === problem.state}>
              {sentence(problemStateWord(state))}
            </option>
          ))}
        </select>
      </label>
      <Field label="Because" name="why" />
      <button type="submit">Set</button>
    </Form>
  )
}
