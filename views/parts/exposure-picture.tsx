import type { ExposureFigure } from '../../src/measures/exposure.ts'
import type { Around } from '../around.ts'
import { noteParts } from '../exposure-note.ts'
import { money, type Reading } from '../figures.ts'
import { siteStateWord } from '../names.ts'
import { Ages } from './ages.tsx'
import { DayCurve } from './day-curve.tsx'
import { etaWords, headroomCaption, headroomFigure } from './exposure-instrument.tsx'
import { Moment } from './moment.tsx'
import { nameOf, Owner } from './owner.tsx'
import { Sites } from './sites.tsx'

/** The legs it stands on, what the day will ask of them, and how long it has been so. */
export function Picture({ figure, around, reading }: { figure: ExposureFigure; around: Around; reading: Reading }) {
  const { exposure } = figure
  return (
    <section class="picture" aria-label="The picture">
      <figure>
        <figcaption>Its sites as they serve, with the share of peak each can carry</figcaption>
        <Sites service={exposure.service} sites={exposure.sites} />
      </figure>
      <figure>
        <figcaption>What is left against what today will ask</figcaption>
        <DayCurve figure={figure} reading={reading} />
      </figure>
      <figure>
        <figcaption>Its age, and whose matter that makes it</figcaption>
        <Ages figure={figure} />
        <dl class="counts">
          <div>
            <dt>{headroomCaption(figure, reading)}</dt>
            <dd class={(figure.headroomPoints ?? -1) < 0 ? 'text-red' : 'text-green'}>{headroomFigure(figure)}</dd>
          </div>
          <div>
            <dt>a minute at risk</dt>
            <dd>{figure.valuePerMinute === null ? 'unknown' : money(figure.valuePerMinute, figure.currency)}</dd>
          </div>
        </dl>
        <p>
          Owner <Owner people={around.people} ownerId={exposure.ownerId} /> · {etaWords(figure, reading)}
        </p>
      </figure>
      <details>
        <summary>The same in figures</summary>
        <div class="scroll">
          <SitesTable figure={figure} reading={reading} />
        </div>
      </details>
    </section>
  )
}

function SitesTable({ figure: { exposure }, reading }: { figure: ExposureFigure; reading: Reading }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Site</th>
          <th scope="col">State</th>
          <th scope="col">Since</th>
          <th scope="col" class="number">
            Capacity
          </th>
        </tr>
      </thead>
      <tbody>
        {exposure.sites.map(({ site, state, since, capacityPercent }) => (
          <tr>
            <th scope="row">{site}</th>
            <td>{siteStateWord(state)}</td>
            <td>
              <Moment at={since} reading={reading} />
            </td>
            <td class="number">{capacityPercent === null ? 'unknown' : `${capacityPercent} %`}</td>
          </tr>
        ))}
        {exposure.peaks.map(({ title, from, to, peakPercent }) => (
          <tr>
            <th scope="row">{title}</th>
            <td>will ask</td>
            <td>
              <Moment at={from} reading={reading} /> to <Moment at={to} reading={reading} />
            </td>
            <td class="number">{peakPercent === null ? 'unknown' : `${peakPercent} %`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** S17: what failed, what runs alone, what is being done, until when. */
export function Note({ figure, around, reading }: { figure: ExposureFigure; around: Around; reading: Reading }) {
  const named = { ...reading, nameOf: (id: string) => nameOf(around.people, id) ?? id }
  return (
    <blockquote id="note">
      {noteParts(figure, named).map(({ title, words }) => (
        <p>
          <b>{title}.</b> {words}
        </p>
      ))}
    </blockquote>
  )
}
