import type { Offender } from '../src/agenda/snapshot.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { Field } from './parts/form.tsx'
import { paths, pathTo } from './paths.ts'

export interface UnownedPageProps {
  around: Around
  day: string
  unowned: Offender[]
}

/** Why the meeting does not close: what nobody owns, nobody does. Or the room says why it leaves all the same. */
export function UnownedPage({ around, day, unowned }: UnownedPageProps) {
  const title = `${unowned.length} ${unowned.length === 1 ? 'thing is' : 'things are'} not settled: the meeting stays open`
  return (
    <Layout around={around} title={title}>
      <main id="page">
        <div class="refusal" role="alert">
          <h1>{title}</h1>
          <Offenders offenders={unowned} />
          <p>Settle each, or say why you leave all the same: it will stand in the minutes.</p>
          <LeaveForm day={day} />
        </div>
      </main>
    </Layout>
  )
}

export function Offenders({ offenders }: { offenders: readonly Offender[] }) {
  return (
    <ul>
      {offenders.map(({ kind, id, title }) => (
        <li>
          {offence[kind]} {kind === 'function' ? <b>{title}</b> : <a href={addressOf({ kind, id })}>{title}</a>}
        </li>
      ))}
    </ul>
  )
}

/** Another page follows, so it is loaded as one. */
export function LeaveForm({ day }: { day: string }) {
  return (
    <form method="post" action={paths.adjournment(day)} class="line">
      <Field label="Why" name="why" required />
      <button type="submit">Close all the same</button>
    </form>
  )
}

const offence: Record<Offender['kind'], string> = {
  incident: 'no owner:',
  problem: 'no owner:',
  'hand-over': 'no yes yet:',
  function: 'not heard:',
}

function addressOf({ kind, id }: { kind: Exclude<Offender['kind'], 'function'>; id: string }): string {
  return kind === 'hand-over' ? paths.handOver(id) : pathTo({ kind, id })
}
