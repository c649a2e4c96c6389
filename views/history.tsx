import type { Plan } from '../src/record/restoring.ts'
import type { Saving } from '../src/record/versions.ts'
import { type Around, readingAt } from './around.ts'
import { counted, type Reading, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Field } from './parts/form.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { Preview } from './parts/restoration.tsx'
import { SavingLines } from './parts/savings.tsx'
import { paths } from './paths.ts'

/** Whose past a page tells: a thing's, a table's, or everything's. */
export interface Whose {
  kicker: string
  title: string
  here: string // this page, without its query
  thing: string | null // where one reads of it as it stands
  restoration: string | null // where a restoration is posted; null = nothing here can be brought back
}
export interface HistoryPageProps {
  around: Around
  whose: Whose
  savings: Saving[] // newest first
  older: string | null // address of what was before
  asked: { to: string; instant: Date; plan: Plan } | { to: string; fault: string } | null // a restoration that is looked at
}

export function HistoryPage({ around, whose, savings, older, asked }: HistoryPageProps) {
  const reading = readingAt(around)
  return (
    <Layout around={around} title={`History of ${whose.title}`}>
      <main id="page">
        <PageHead kicker={whose.kicker} title={whose.title}>
          <p class="lead">{leadOf(savings, older, reading)}</p>
          {whose.thing && (
            <p>
              <a href={whose.thing}>As it stands now</a>
            </p>
          )}
        </PageHead>
        <div class={whose.restoration ? 'two-columns' : 'stack'}>
          <Block title="What changed, newest first">
            <SavingLines savings={savings} around={around} named={whose.thing === null} />
            <nav class="pager" aria-label="Pages">
              {older ? (
                <a class="button" href={older} rel="next">
                  What was before
                </a>
              ) : (
                <span class="quiet">This is where it begins.</span>
              )}
            </nav>
          </Block>
          {whose.restoration && around.may(whose.restoration) && (
            <Block title="Bring back how it stood">
              <AsOf whose={whose} asked={asked} />
              {asked && 'plan' in asked && <Preview around={around} action={whose.restoration} asked={asked} />}
            </Block>
          )}
        </div>
      </main>
    </Layout>
  )
}

function leadOf(savings: readonly Saving[], older: string | null, reading: Reading): string {
  const [last] = savings
  const first = savings.at(-1)
  if (!last || !first) return 'Nothing of it was ever changed.'
  const count = `${older ? 'The last ' : ''}${counted(savings.length, 'change')}`
  return savings.length === 1
    ? `Changed once, ${when(last.at, reading)}.`
    : `${count} from ${when(first.at, reading)} to ${when(last.at, reading)}.`
}

/** Looks only: nothing is changed by choosing an instant. */
function AsOf({ whose, asked }: Pick<HistoryPageProps, 'whose' | 'asked'>) {
  return (
    <>
      <form class="line" action={whose.here}>
        <Field label="As of" name="to" type="datetime-local" required {...(asked && { value: asked.to })} />
        <button type="submit">See the difference</button>
      </form>
      {asked && 'fault' in asked && <p class="fault">{asked.fault}</p>}
    </>
  )
}

export interface SavingPageProps {
  around: Around
  saving: Saving
  plan: Plan | null // what undoing it would do; null = there is nothing to be undone
  together: number // savings that are undone with it: those of one import
}

/** One saving: every row it changed, and the way back to before it. */
export function SavingPage({ around, saving, plan, together }: SavingPageProps) {
  const undoing = `${paths.saving(saving.number)}/undoing`
  return (
    <Layout around={around} title={`Change ${saving.number}`}>
      <main id="page">
        <PageHead kicker={`Change ${saving.number}`} title={saving.why || 'What was changed at once'} />
        <div class="two-columns">
          <Block title="What changed">
            <SavingLines savings={[saving]} around={around} whole />
          </Block>
          {plan && around.may(undoing) && (
            <Block title="Undo it">
              {together > 1 && <p>It is one of {together} changes of the same telling: they are undone together.</p>}
              <Preview around={around} action={undoing} asked={{ plan }} />
            </Block>
          )}
        </div>
        <p>
          <a href={paths.past}>All that was changed lately</a>
        </p>
      </main>
    </Layout>
  )
}
