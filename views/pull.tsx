import type { Around } from './around.ts'
import { figure, type Reading, spell } from './figures.ts'
import { Layout } from './layout.tsx'
import { Form } from './parts/form.tsx'
import { Mark } from './parts/marks.tsx'
import { Ago, Moment } from './parts/moment.tsx'
import { Block, PageHead, Pairs } from './parts/pairs.tsx'
import { deeds, paths, withWords } from './paths.ts'

export interface PullPageProps {
  around: Around
  source: string
  pull: ShownPull | null // null = it is not asked
  kind: string // which tool the form is about
  choices: { kind: string; title: string; example: string; everyMinutes: number }[]
  sealable: boolean // whether a token can be kept
}
/** How a source is asked, without its token. */
export interface ShownPull {
  kind: string
  url: string
  options: unknown
  everyMs: number
  triedAt: Date | null
  asOf: Date | null
  failures: number
  openUntil: Date | null
  fault: string | null
  hasToken: boolean
}

/** A tool that does not push, or whose pushes may get lost, is asked every few minutes. */
export function PullPage({ around, source, pull, kind, choices, sealable }: PullPageProps) {
  const reading = { asOf: around.now, zone: around.zone }
  const chosen = choices.find((one) => one.kind === kind) ?? choices[0]
  const own = pull?.kind === chosen?.kind ? pull : null
  return (
    <Layout around={around} title={`How ${source} is asked`}>
      <main id="page">
        <PageHead kicker={`Source ${source}`} title="How it is asked">
          <p class="lead">
            {pull === null ? (
              'It is not asked: it speaks by itself, or not at all.'
            ) : (
              <Standing pull={pull} reading={reading} />
            )}{' '}
            <a href={paths.source(source)}>Back to {source}</a>
          </p>
        </PageHead>
        <div class="two-columns">
          <Block title={chosen?.title ?? 'A tool'}>
            <Form around={around} action={deeds.source.pull(source)} class="forms">
              <input type="hidden" name="kind" value={chosen?.kind} />
              <label>
                Its address
                <input
                  name="url"
                  type="url"
                  required
                  value={own?.url ?? ''}
                  placeholder="https://prometheus.example.org"
                />
              </label>
              <label>
                What to ask for
                <textarea name="options" rows={14} class="code" spellcheck={false}>
                  {own ? JSON.stringify(own.options, null, 2) : chosen?.example}
                </textarea>
              </label>
              <label>
                Every so many minutes
                <input
                  name="every"
                  type="number"
                  min="1"
                  max="1440"
                  value={own ? own.everyMs / 60_000 : chosen?.everyMinutes}
                />
              </label>
              {sealable ? (
                <label>
                  {own?.hasToken
                    ? 'Another token (the one that is kept stays otherwise)'
                    : 'Its token, if it wants one'}
                  <input name="token" type="password" autocomplete="off" />
                </label>
              ) : (
                <p class="quiet">
                  A token can be kept once Muster is started with <code>MUSTER_KEY</code>.
                </p>
              )}
              <div class="choices">
                <button type="submit">Ask it so</button>
              </div>
            </Form>
            {pull && (
              <Form around={around} action={deeds.source.pullEnd(source)}>
                <button type="submit">Ask it no more</button>
              </Form>
            )}
          </Block>
          <div class="stack">
            {pull && (
              <Block title="The last rounds">
                <Rounds pull={pull} reading={reading} />
              </Block>
            )}
            <Block title="Other tools that can be asked">
              <ul>
                {choices.map((one) => (
                  <li>
                    <a
                      href={withWords(paths.pull(source), { kind: one.kind })}
                      aria-current={one.kind === chosen?.kind ? 'true' : undefined}
                    >
                      {one.title}
                    </a>
                  </li>
                ))}
              </ul>
            </Block>
          </div>
        </div>
      </main>
    </Layout>
  )
}

function Standing({ pull, reading }: { pull: ShownPull; reading: Reading }) {
  return (
    <>
      <Mark tone={pull.fault ? 'amber' : pull.asOf ? 'green' : 'plain'} />{' '}
      {pull.asOf ? (
        <>
          As of <Moment at={pull.asOf} reading={reading} />.
        </>
      ) : (
        'It has not answered yet.'
      )}
    </>
  )
}

function Rounds({ pull, reading }: { pull: ShownPull; reading: Reading }) {
  const { url, everyMs, triedAt, asOf, failures, openUntil, fault } = pull
  return (
    <Pairs
      pairs={[
        ['Asked at', <code>{url}</code>],
        ['Every', spell(everyMs)],
        ['Last asked', triedAt && <Ago at={triedAt} reading={reading} />],
        ['Last answered', asOf ? <Ago at={asOf} reading={reading} /> : 'never'],
        ['Failed', failures > 0 && `${figure(failures)} times in a row`],
        ['Left in peace until', openUntil && openUntil > reading.asOf && <Moment at={openUntil} reading={reading} />],
        ['Because', fault && <b class="text-amber">{fault}</b>],
      ]}
    />
  )
}
