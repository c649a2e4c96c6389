import type { HandOver } from '../src/record/hand-overs.ts'
import type { Around } from './around.ts'
import { Layout } from './layout.tsx'
import { HandOverCard } from './parts/hand-over-card.tsx'
import { PageHead } from './parts/pairs.tsx'
import { paths } from './paths.ts'

/** One hand-over, as a phone shows it: read in ten seconds, answered with one thumb. */
export function HandOverPage({ around, handOver }: { around: Around; handOver: HandOver }) {
  const here = paths.handOver(handOver.id)
  return (
    <Layout around={{ ...around, here }} title={handOver.issue} kind="phone" live refreshSeconds={20}>
      <main id="page" hx-get={here} hx-trigger="morning from:body" hx-nonce={around.nonce}>
        <PageHead kicker="Hand-over" title="Do you take it?" />
        <HandOverCard around={{ ...around, here }} handOver={handOver} />
      </main>
    </Layout>
  )
}

/** Those that wait for a yes. */
export function HandOversPage({ around, handOvers }: { around: Around; handOvers: HandOver[] }) {
  return (
    <Layout around={around} title="Hand-overs" kind="phone" live>
      <main id="page" hx-get={paths.handOvers} hx-trigger="morning from:body" hx-nonce={around.nonce}>
        <PageHead kicker="For you" title="Hand-overs" />
        {handOvers.length === 0 && <p class="empty">Nothing waits for your yes.</p>}
        <div class="stack">
          {handOvers.map((one) => (
            <HandOverCard around={around} handOver={one} />
          ))}
        </div>
      </main>
    </Layout>
  )
}
