import type { SourceHeard } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { ago, figure, spell, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Deliveries } from './parts/deliveries.tsx'
import { Form } from './parts/form.tsx'
import { Mark } from './parts/marks.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { deeds } from './paths.ts'
import { HowItIsRead, type SourceReading } from './source-reading.tsx'
import { type SourceProof, SourceSecrets } from './source-secrets.tsx'
import { type DeliveryCounts, type DeliveryLine, lagWords } from './sources.tsx'

export interface SourcePageProps {
  around: Around
  source: SourceHeard
  adapter: string
  counts: DeliveryCounts
  deliveries: DeliveryLine[] // newest first, a screenful
  endpoint: string // absolute, from the configured public address
  how?: SourceReading
  notForUs?: number // how many held nothing for the morning
  proof: SourceProof
}

export function SourcePage({
  around,
  source,
  adapter,
  counts,
  deliveries,
  endpoint,
  notForUs = 0,
  proof,
  how,
}: SourcePageProps) {
  const reading = readingAt(around)
  const { name, lastHeardAt, silent, silenceMs } = source
  return (
    <Layout around={around} title={name}>
      <main id="page">
        <PageHead kicker="Source" title={name}>
          <p class="lead">
            <Mark tone={silent ? 'amber' : 'green'} />{' '}
            {lastHeardAt
              ? `Last heard ${when(lastHeardAt, reading)}, ${ago(lastHeardAt, reading.asOf)}`
              : 'Never heard'}
            {silent && ': silent for longer than it may be'}.
          </p>
        </PageHead>
        <div class="two-columns">
          <Block title="Its deliveries">
            {deliveries.length === 0 ? (
              <p>It has not delivered anything yet.</p>
            ) : (
              <Deliveries deliveries={deliveries} around={around} reading={reading} />
            )}
          </Block>
          <div class="stack">
            <Block title="How it stands">
              <Pairs
                pairs={[
                  ['Posts to', <code>{endpoint}</code>],
                  ['Read as', adapter],
                  ['Counts as', source.class.replace('-', ' ')],
                  ['Today', figure(counts.today)],
                  ['Lag', lagWords(counts, reading)],
                  ['Not understood', figure(counts.unreadable)],
                  ['Not for us', figure(notForUs)],
                  ['Silent after', spell(silenceMs)],
                ]}
              />
              <Form around={around} action={deeds.source.silence(name)}>
                <label>
                  Silent after (minutes)
                  <input
                    type="number"
                    name="minutes"
                    min="1"
                    max="525600"
                    required
                    value={Math.round(silenceMs / 60_000)}
                  />
                </label>
                <button type="submit">Set</button>
              </Form>
            </Block>
            {how && <HowItIsRead around={around} name={name} how={how} />}
            <SourceSecrets around={around} name={name} proof={proof} />
          </div>
        </div>
      </main>
    </Layout>
  )
}
