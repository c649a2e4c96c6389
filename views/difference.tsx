import type { MorningDifference, SectionDifference } from '../src/agenda/difference.ts'
import type { Item } from '../src/agenda/shapes.ts'
import { dateWords } from '../src/calendar.ts'
import type { Around } from './around.ts'
import { counted, figure, type Reading, sentence } from './figures.ts'
import { Layout } from './layout.tsx'
import { figureName, topicTitle } from './names.ts'
import { Field } from './parts/form.tsx'
import { Mark } from './parts/marks.tsx'
import { nameOf } from './parts/owner.tsx'
import { Block, PageHead } from './parts/pairs.tsx'
import { toneOf } from './parts/tone.ts'
import { paths, pathTo } from './paths.ts'
import { reasonClauses } from './words.ts'

export interface DifferencePageProps {
  around: Around
  earlier: { day: string; asOf: Date }
  later: { day: string; asOf: Date }
  difference: MorningDifference
}

/** What is otherwise on one morning than on another. */
export function DifferencePage({ around, earlier, later, difference }: DifferencePageProps) {
  const { sections, figures } = difference
  const title = `${dateWords(earlier.day)} and ${dateWords(later.day)}`
  return (
    <Layout around={around} title={`Difference of ${title}`}>
      <main id="page">
        <PageHead kicker="Difference of two mornings" title={title}>
          <p class="lead">{leadOf(difference)}</p>
          <form class="line" action={paths.difference(later.day)}>
            <Field label="Compare with" name="with" type="date" value={earlier.day} required />
            <button type="submit">Compare</button>
          </form>
          <p>
            <a href={paths.meeting(earlier.day)}>{dateWords(earlier.day)}</a> ·{' '}
            <a href={paths.meeting(later.day)}>{dateWords(later.day)}</a>
          </p>
        </PageHead>
        <div class="two-columns">
          <div class="stack">
            {sections.map((section) => (
              <SectionLines section={section} around={around} earlier={earlier.asOf} later={later.asOf} />
            ))}
            {sections.length === 0 && <p>The same things were before the room on both mornings.</p>}
          </div>
          <Block title="Figures that differ">
            {figures.length === 0 ? <p>None.</p> : <Figures figures={figures} />}
          </Block>
        </div>
      </main>
    </Layout>
  )
}

function leadOf({ sections }: MorningDifference): string {
  const sum = (part: (section: SectionDifference) => readonly unknown[]) =>
    sections.reduce((total, section) => total + part(section).length, 0)
  return `${counted(
    sum(({ came }) => came),
    'item',
  )} came, ${counted(
    sum(({ went }) => went),
    'item',
  )} went, ${counted(
    sum(({ changed }) => changed),
    'item',
  )} stand otherwise.`
}

interface SectionLinesProps {
  section: SectionDifference
  around: Around
  earlier: Date
  later: Date
}

function SectionLines({ section: { topic, came, went, changed }, around, earlier, later }: SectionLinesProps) {
  const [then, now] = [earlier, later].map((asOf) => ({ asOf, zone: around.zone }))
  if (!then || !now) return null
  return (
    <Block title={topicTitle(topic)}>
      <ul>
        {came.map((item) => (
          <Line item={item} word="came" reading={now} />
        ))}
        {changed.map(({ was, became }) => (
          <Line item={became} word="otherwise" reading={now}>
            {was.reason.kind !== became.reason.kind && <del>{sentence(first(was, then))}</del>}
            {was.ownerId !== became.ownerId && (
              <span>
                {' '}
                owner <del>{nameOf(around.people, was.ownerId) ?? 'nobody'}</del>{' '}
                <ins>{nameOf(around.people, became.ownerId) ?? 'nobody'}</ins>
              </span>
            )}
          </Line>
        ))}
        {went.map((item) => (
          <Line item={item} word="went" reading={then} />
        ))}
      </ul>
    </Block>
  )
}

interface LineProps {
  item: Item
  word: 'came' | 'went' | 'otherwise'
  reading: Reading
  children?: unknown
}

function Line({ item, word, reading, children }: LineProps) {
  return (
    <li class="item">
      <Mark tone={word === 'went' ? 'plain' : toneOf(item.reason)} />
      <div>
        <h3>
          <span class="state">{word}</span>{' '}
          <a href={pathTo(item.subject)}>
            <bdi>{item.title}</bdi>
          </a>
        </h3>
        <p class="why changed">
          {children as never} {sentence(first(item, reading))}
        </p>
      </div>
    </li>
  )
}

function first(item: Item, reading: Reading): string {
  return reasonClauses(item.reason, reading)[0] ?? ''
}

function Figures({ figures }: { figures: MorningDifference['figures'] }) {
  return (
    <table>
      <tbody>
        {figures.map(({ figure: name, was, became }) => (
          <tr>
            <th scope="row">{sentence(figureName(name))}</th>
            <td class="number">{figure(was)}</td>
            <td class="number">{figure(became)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
