import type { Action } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { type Reading, spell, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field, Form, OwnerForm } from './parts/form.tsx'
import { Mark, type Tone } from './parts/marks.tsx'
import { Moment } from './parts/moment.tsx'
import { Owner } from './parts/owner.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { type Happened, Timeline } from './parts/timeline.tsx'
import { deeds, paths } from './paths.ts'

export interface ActionPageProps {
  around: Around
  action: Action
  timeline: Happened[]
}

export function ActionPage({ around, action, timeline }: ActionPageProps) {
  const reading = readingAt(around)
  return (
    <Layout around={around} title={action.title}>
      <main id="page">
        <PageHead kicker="Action" title={action.title}>
          <p class="lead">
            <Mark tone={toneOf(action, reading)} /> {standing(action, reading)}
          </p>
        </PageHead>
        <div class="two-columns">
          <Block title="What happened">
            <Timeline happened={timeline} from={action.openedAt} people={around.people} reading={reading} />
          </Block>
          <Block title="How it stands">
            <Known action={action} around={around} reading={reading} />
            {action.endedAt === null && <Deeds action={action} around={around} />}
          </Block>
        </div>
      </main>
    </Layout>
  )
}

function toneOf({ endedAt, dueAt, acknowledgedAt }: Action, { asOf }: Reading): Tone {
  if (endedAt) return 'green'
  if (dueAt && dueAt < asOf) return 'red'
  return acknowledgedAt ? 'plain' : 'amber'
}

function standing({ state, endedAt, dueAt, openedAt }: Action, reading: Reading): string {
  if (endedAt) return `${state === 'done' ? 'Done' : 'Dropped'} ${when(endedAt, reading)}.`
  if (dueAt === null) return `Open for ${spell(reading.asOf.getTime() - openedAt.getTime())} without a due date.`
  return dueAt < reading.asOf
    ? `Overdue by ${spell(reading.asOf.getTime() - dueAt.getTime())}.`
    : `Due ${when(dueAt, reading)}.`
}

function Known({ action, around, reading }: { action: Action; around: Around; reading: Reading }) {
  return (
    <Pairs
      pairs={[
        ['Owner', <Owner people={around.people} ownerId={action.ownerId} />],
        ['Accepted', action.acknowledgedAt ? <Moment at={action.acknowledgedAt} reading={reading} /> : 'not yet'],
        ['Due', action.dueAt && <Moment at={action.dueAt} reading={reading} />],
        ['Opened', <Moment at={action.openedAt} reading={reading} />],
        ['Comes from', <Origin action={action} />],
      ]}
    />
  )
}

function Origin({ action: { originKind, originId } }: { action: Action }) {
  if (!originKind || !originId) return <span>the room</span>

  const lists: Record<string, (id: string) => string> = {
    incident: paths.incident,
    problem: paths.problem,
    exposure: paths.exposure,
    meeting: paths.meeting,
  }
  const path = lists[originKind]?.(originId)
  return path ? <a href={path}>{`${originKind} ${originId}`}</a> : <span>{`${originKind} ${originId}`}</span>
}

function Deeds({ action, around }: { action: Action; around: Around }) {
  return (
    <div class="forms">
      <OwnerForm around={around} action={deeds.action.owner(action.id)} owner={action.ownerId} />
      <div class="choices">
        {action.acknowledgedAt === null && (
          <Form around={around} action={deeds.action.acknowledgement(action.id)}>
            <button type="submit">Accept</button>
          </Form>
        )}
        <Form around={around} action={deeds.action.completion(action.id)} seen={{ state: action.state }}>
          <button type="submit">Done</button>
        </Form>
      </div>
      <Form around={around} action={deeds.action.due(action.id)} seen={{ due: action.dueAt?.toISOString() }}>
        <Field label="Due" name="due" type="date" required />
        <button type="submit">Set</button>
      </Form>
      <Form around={around} action={deeds.action.dropping(action.id)} seen={{ state: action.state }}>
        <Field label="Drop it because" name="why" required />
        <button type="submit">Drop</button>
      </Form>
    </div>
  )
}
