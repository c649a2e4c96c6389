import type { Letter, Run } from '../src/record/ledger.ts'
import type { Around } from './around.ts'
import { type Reading, when } from './figures.ts'
import { Layout } from './layout.tsx'
import { Mark, type Tone } from './parts/marks.tsx'
import { Block, PageHead } from './parts/pairs.tsx'

export interface LettersPageProps {
  around: Around
  letters: Letter[]
  skipped: Run[]
}

/** What left the house, what waits, what was refused; and which mornings were passed over because nobody was awake. */
export function LettersPage({ around, letters, skipped }: LettersPageProps) {
  const reading = { asOf: around.now, zone: around.zone }
  const nameOf = (id: string) => around.people.find((person) => person.id === id)?.name ?? id
  return (
    <Layout around={around} title="Letters">
      <main id="page">
        <PageHead kicker="Those who were not in the room" title="Letters" />
        <div class="stack">
          {letters.length === 0 ? (
            <p>Nothing was sent yet: nobody has asked to be told.</p>
          ) : (
            <div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">To</th>
                    <th scope="col">What</th>
                    <th scope="col">Due</th>
                    <th scope="col">Stands</th>
                    <th scope="col">Tries</th>
                  </tr>
                </thead>
                <tbody>
                  {letters.map((letter) => (
                    <tr>
                      <th scope="row">
                        <bdi>{nameOf(letter.to)}</bdi>
                      </th>
                      <td>
                        {letter.kind} by {letter.channel}
                      </td>
                      <td>{when(letter.dueAt, reading)}</td>
                      <td>
                        <Mark tone={toneOf(letter)} /> {standingWords(letter, reading)}
                      </td>
                      <td>{letter.tries}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {skipped.length > 0 && (
            <Block title="Passed over">
              <ul>
                {skipped.map((run) => (
                  <li>
                    {nameOf(run.person)}, {run.localDate}: skipped, {run.why}
                  </li>
                ))}
              </ul>
            </Block>
          )}
        </div>
      </main>
    </Layout>
  )
}

function toneOf({ sentAt, failedAt, fault }: Letter): Tone {
  return failedAt ? 'red' : sentAt ? 'green' : fault ? 'amber' : 'plain'
}

function standingWords({ sentAt, failedAt, nextAt, fault }: Letter, reading: Reading): string {
  if (failedAt) return `refused ${when(failedAt, reading)}: ${fault ?? 'no reason was given'}`
  if (sentAt) return `accepted ${when(sentAt, reading)}`
  const again = nextAt ? `tried again ${when(nextAt, reading)}` : 'not tried any more'
  return fault ? `${fault}; ${again}` : 'waits'
}
