import type { ExposureFigure } from '../../src/measures/exposure.ts'
import type { Person } from '../../src/record/shapes.ts'
import { ago, money, points, type Reading, spell, when } from '../figures.ts'
import { paths } from '../paths.ts'
import { Mark } from './marks.tsx'
import { Owner } from './owner.tsx'
import { Sites } from './sites.tsx'

/** The clock of a service that runs alone: how long, on what, what is left, what it would cost, and whose it is. */
export function ExposureInstrument({
  figure: exposed,
  reading,
  people,
}: {
  figure: ExposureFigure
  reading: Reading
  people: Person[]
}) {
  const { exposure } = exposed
  const tone = toneOfExposure(exposed)
  return (
    <section class={`instrument exposed ${tone}`} aria-label={`Exposure of ${exposure.service}`}>
      <h2>
        <Mark tone={tone} />{' '}
        <a href={paths.exposure(exposure.id)}>
          <bdi>{exposure.service}</bdi>
        </a>{' '}
        {exposure.certain ? 'on one leg' : 'unproven'}
      </h2>
      <div class="exposed-body">
        <Sites service={exposure.service} sites={exposure.sites} />
        <dl class="counts">
          <div>
            <dt>since {when(exposure.since, reading)}</dt>
            <dd class={`text-${tone}`}>{spell(exposed.forMs)}</dd>
          </div>
          <div>
            <dt>{headroomCaption(exposed, reading)}</dt>
            <dd class={exposed.headroomPoints === null || exposed.headroomPoints < 0 ? `text-${tone}` : 'text-green'}>
              {headroomFigure(exposed)}
            </dd>
          </div>
          {exposed.valuePerMinute !== null && (
            <div>
              <dt>a minute at risk</dt>
              <dd>{money(exposed.valuePerMinute, exposed.currency)}</dd>
            </div>
          )}
        </dl>
      </div>
      <p>
        Owner <Owner people={people} ownerId={exposure.ownerId} />
        {' · '}
        {etaWords(exposed, reading)}
        {exposure.plan === null && ' · no plan'}
      </p>
    </section>
  )
}

/** Amber at once; red by its age, and when today's peak is more than is left. */
export function toneOfExposure({ exposure, escalation, headroomPoints }: ExposureFigure): 'red' | 'amber' | 'green' {
  if (exposure.until) return 'green'
  return escalation !== 'room' || (headroomPoints ?? 0) < 0 ? 'red' : 'amber'
}

export function headroomFigure({ headroomPoints }: ExposureFigure): string {
  return headroomPoints === null
    ? 'unknown'
    : headroomPoints < 0
      ? `−${Math.round(-headroomPoints)}`
      : `+${Math.round(headroomPoints)}`
}

export function headroomCaption({ headroomPoints, peak }: ExposureFigure, reading: Reading): string {
  const occasion = peak ? `${peak.title}, ${when(peak.from, reading)}` : 'today’s peak'
  if (headroomPoints === null) return `headroom: ${peak ? `for ${occasion}` : 'no forecast for today'}`
  return `${points(headroomPoints).replace(/^\d+ /, '')} ${headroomPoints < 0 ? 'short' : 'to spare'} for ${occasion}`
}

export function etaWords({ exposure, etaPassed }: ExposureFigure, reading: Reading): string {
  if (exposure.eta === null) return 'no ETA'
  return etaPassed
    ? `ETA passed ${ago(exposure.eta, reading.asOf)}`
    : `redundant again by ${when(exposure.eta, reading)}`
}
