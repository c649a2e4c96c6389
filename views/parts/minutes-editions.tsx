import { dateTimeWords } from '../../src/calendar.ts'
import type { Person } from '../../src/record/shapes.ts'
import type { Amended, Edition } from '../../src/reports/amendments.ts'
import { counted, figure, listed } from '../figures.ts'
import type { Editions } from '../minutes.tsx'
import { figureName } from '../names.ts'
import { paths, withWords } from '../paths.ts'
import { nameOf } from './owner.tsx'

/** The states the minutes have had since the room left, each to be read again and to be compared with the one before it. */
export function EditionList({ day, editions }: { day: string; editions: Editions }) {
  const { all, shown, zone } = editions
  if (all.length < 2) return null
  return (
    <section class="block no-print">
      <h2>Numbered corrections</h2>
      <ul>
        {all.map((edition) => (
          <li>
            {edition.number === shown ? (
              <b>{editionWords(edition, zone)}</b>
            ) : (
              <a href={withWords(paths.minutes(day), { correction: String(edition.number) })}>
                {editionWords(edition, zone)}
              </a>
            )}
            {edition.number > 0 && (
              <span class="quiet">
                {' '}
                · <a href={compare(day, edition.number - 1, edition.number)}>what it changed</a>
                {edition.number > 1 && (
                  <>
                    {' '}
                    · <a href={compare(day, 0, edition.number)}>since the room left</a>
                  </>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function compare(day: string, since: number, correction: number): string {
  return withWords(paths.minutes(day), { since: String(since), correction: String(correction) })
}

function editionWords({ number, from, figures }: Edition, zone: string): string {
  if (number === 0) return `As the room left them, ${dateTimeWords(from, zone)}`
  return `Correction ${number}, ${dateTimeWords(from, zone)}: ${listed(figures.map(figureName))}`
}

interface ComparedProps {
  since: number
  amended: Amended
  zone: string
  people: Person[]
}

/** What is otherwise than it was after an earlier correction, line by line: told before, and told now. */
export function Compared({ since, amended, zone, people }: ComparedProps) {
  const { figures, remarks } = amended
  return (
    <section class="block" aria-label="What changed">
      <h2>What changed since {since === 0 ? 'the room left' : `correction ${since}`}</h2>
      {figures.length + remarks.length === 0 && <p>Nothing.</p>}
      {figures.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">was told as</th>
              <th scope="col">is</th>
              <th scope="col">by</th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ figure: name, before, after, corrections }) => (
              <tr>
                <th scope="row">{figureName(name)}</th>
                <td>
                  <del>{figure(before)}</del>
                </td>
                <td>
                  <ins>{figure(after)}</ins>
                </td>
                <td>
                  {counted(corrections.length, 'correction')} ({listed(corrections.map(String))})
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {remarks.length > 0 && (
        <ul>
          {remarks.map(({ at, by, text }) => (
            <li>
              <ins>
                <bdi>{text}</bdi>
              </ins>{' '}
              <span class="quiet">
                {nameOf(people, by) ?? 'unnamed'}, {dateTimeWords(at, zone)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
