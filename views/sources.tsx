import type { InputHeard, SourceHeard } from '../src/record/shapes.ts'
import { type Around, readingAt } from './around.ts'
import { counted, figure, type Reading, sentence, spell } from './figures.ts'
import { Layout } from './layout.tsx'
import { classWord } from './names.ts'
import { Deliveries } from './parts/deliveries.tsx'
import { Mark } from './parts/marks.tsx'
import { Ago } from './parts/moment.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { paths } from './paths.ts'

export interface SourcesPageProps {
  around: Around
  sources: { heard: SourceHeard; counts: DeliveryCounts }[]
  inputs: InputHeard[]
  unreadable: DeliveryLine[] // newest first
  endpoint: string // absolute address of POST /sources, from the configured public address
}

/** Deliveries of one source on asOf's day, and what waits or could not be read at all. */
export interface DeliveryCounts {
  today: number
  waiting: number
  waitingSince?: Date
  unreadable: number
}
/** One raw message as the sources pages show it. */
export interface DeliveryLine {
  id: string
  source: string
  receivedAt: Date
  contentType: string
  bytes: number
  ingestedAt: Date | null
  facts: number | null
  fault: string | null
  excerpt: string // the first lines of the body, as text
  remark?: { says: string; url: string | null } | null // what it asks of people
}

/** The freshness board: who spoke, when, and what we could not understand. */
export function SourcesPage({ around, sources, inputs, unreadable, endpoint }: SourcesPageProps) {
  const reading = readingAt(around)
  return (
    <Layout around={around} title="Sources">
      <main id="page">
        <PageHead kicker="Sources" title={headline(sources)}>
          <p class="lead">Silence is never a zero: what we did not hear, we do not know.</p>
        </PageHead>
        <div class="stack">
          <Block title="The six inputs">
            <InputBoard inputs={inputs} reading={reading} />
          </Block>
          <Block title="The tools">
            {sources.length === 0 ? (
              <NoSource endpoint={endpoint} />
            ) : (
              <SourceBoard sources={sources} reading={reading} />
            )}
          </Block>
          <Block title="Kept but not understood">
            {unreadable.length === 0 ? (
              <p>Every delivery was understood.</p>
            ) : (
              <Deliveries deliveries={unreadable} around={around} reading={reading} />
            )}
          </Block>
        </div>
      </main>
    </Layout>
  )
}

function headline(sources: SourcesPageProps['sources']): string {
  const silent = sources.filter(({ heard }) => heard.silent).length
  if (sources.length === 0) return 'No tool has spoken yet'
  return silent === 0
    ? `All ${figure(sources.length)} sources heard`
    : `${figure(silent)} of ${counted(sources.length, 'source')} silent`
}

function InputBoard({ inputs, reading }: { inputs: InputHeard[]; reading: Reading }) {
  return (
    <div class="scroll">
      <table class="cards board">
        <caption class="unseen">The six inputs</caption>
        <thead>
          <tr>
            <th scope="col">Input</th>
            <th scope="col">Last heard</th>
            <th scope="col">Silent after</th>
            <th scope="col" class="number">
              Since the last meeting
            </th>
          </tr>
        </thead>
        <tbody>
          {inputs.map(({ class: input, lastHeardAt, silenceMs, silent, count }) => (
            <tr>
              <th scope="row">
                <Mark tone={silent ? 'amber' : 'green'} /> {sentence(classWord(input))}s
              </th>
              <td data-label="Last heard">{lastHeardAt ? <Ago at={lastHeardAt} reading={reading} /> : 'never'}</td>
              <td data-label="Silent after">{spell(silenceMs)}</td>
              <td data-label="Since the last meeting" class="number">
                {silent ? <b class="text-amber">no input</b> : figure(count)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SourceBoard({ sources, reading }: { sources: SourcesPageProps['sources']; reading: Reading }) {
  return (
    <div class="scroll">
      <table class="cards board">
        <caption class="unseen">The tools</caption>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Counts as</th>
            <th scope="col">Last heard</th>
            <th scope="col">Silent after</th>
            <th scope="col" class="number">
              Today
            </th>
            <th scope="col" class="number">
              Lag
            </th>
            <th scope="col" class="number">
              Not understood
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ heard, counts }) => (
            <tr>
              <th scope="row">
                <Mark tone={heard.silent ? 'amber' : 'green'} /> <a href={paths.source(heard.name)}>{heard.name}</a>
              </th>
              <td data-label="Counts as">{classWord(heard.class)}</td>
              <td data-label="Last heard">
                {heard.lastHeardAt ? <Ago at={heard.lastHeardAt} reading={reading} /> : 'never'}
                {heard.silent && <b class="text-amber"> silent</b>}
              </td>
              <td data-label="Silent after">{spell(heard.silenceMs)}</td>
              <td data-label="Today" class="number">
                {figure(counts.today)}
              </td>
              <td data-label="Lag" class="number">
                {lagWords(counts, reading)}
              </td>
              <td data-label="Not understood" class="number">
                {counts.unreadable > 0 ? <b class="text-amber">{figure(counts.unreadable)}</b> : '0'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** How far behind its reading is: what waits, and since when. */
export function lagWords({ waiting, waitingSince }: DeliveryCounts, { asOf }: Reading): string {
  if (waiting === 0) return 'none'
  const since = waitingSince ? `, ${spell(asOf.getTime() - waitingSince.getTime())}` : ''
  return `${figure(waiting)} waiting${since}`
}

export function NoSource({ endpoint }: { endpoint: string }) {
  return (
    <>
      <p>Let Prometheus Alertmanager speak first; any other tool can post its JSON or a line of text.</p>
      <pre>{`receivers:\n  - name: muster\n    webhook_configs:\n      - url: ${endpoint}/alertmanager`}</pre>
    </>
  )
}
