import { factWords } from '../fact-words.ts'
import { counted, type Reading, when } from '../figures.ts'
import type { MappingPageProps, Trial } from '../mapping.tsx'
import { paths, withWords } from '../paths.ts'
import { Mark } from './marks.tsx'
import { Block } from './pairs.tsx'

/** What the rules make of the delivery: its cells as found, and the facts they amount to. */
export function Result({ trial, reading }: { trial: Trial | null; reading: Reading }) {
  if (trial === null) return <p>Not tried yet.</p>
  const facts = trial.made.flatMap((made) => made.facts)
  return (
    <>
      {trial.fault && (
        <p class="text-amber">
          <Mark tone="amber" /> {trial.fault}
        </p>
      )}
      {trial.made.length === 0 && !trial.fault && (
        <p>No rule is meant for this delivery: it would be kept, and nothing made of it.</p>
      )}
      {trial.made.map(({ rule, cells, faults }) => (
        <section class="made">
          <h3>By rule {rule + 1}</h3>
          {faults.map((fault) => (
            <p class="text-amber">
              <Mark tone="amber" /> {fault}
            </p>
          ))}
          <dl class="pairs">
            {Object.entries(cells).map(([column, cell]) => (
              <>
                <dt>{column}</dt>
                <dd>{cell}</dd>
              </>
            ))}
          </dl>
        </section>
      ))}
      {facts.length > 0 && (
        <>
          <h3>
            <Mark tone="green" /> {counted(facts.length, 'fact')}
          </h3>
          <ol class="facts">
            {facts.slice(0, 50).map((fact) => (
              <li>{factWords(fact, reading)}</li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}

/** The delivery itself: every value in it with the expression that finds it. */
export function Message({
  source,
  delivery,
  others,
  found,
  reading,
}: MappingPageProps & { delivery: NonNullable<MappingPageProps['delivery']>; reading: Reading }) {
  return (
    <>
      <Block title={`The delivery of ${when(delivery.receivedAt, reading)}`}>
        <details open>
          <summary>What it holds, and how it is found</summary>
          <table class="columns">
            <tbody>
              {found.map(({ path, value }) => (
                <tr>
                  <td>
                    <code>{path}</code>
                  </td>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
        <details>
          <summary>The message itself</summary>
          <pre>{delivery.text}</pre>
        </details>
      </Block>
      {others.length > 1 && (
        <Block title="Other deliveries">
          <ul>
            {others.map(({ id, receivedAt, fault }) => (
              <li>
                <Mark tone={fault ? 'amber' : 'green'} />{' '}
                <a
                  href={withWords(paths.mapping(source), { delivery: id })}
                  aria-current={id === delivery.id ? 'true' : undefined}
                >
                  {when(receivedAt, reading)}
                </a>{' '}
                <span class="quiet">{fault ? 'not understood' : 'understood'}</span>
              </li>
            ))}
          </ul>
        </Block>
      )}
    </>
  )
}
