import type { Agenda, Item, Section } from '../../src/agenda/shapes.ts'
import type { Facts } from '../../src/record/shapes.ts'
import { figure, percent, type Reading, sentence, spell } from '../figures.ts'
import { verdictWords } from '../headlines.ts'
import { quietWords } from '../quiet.ts'
import type { Screen } from '../screens.ts'
import { reasonClauses } from '../words.ts'
import { DayCurve } from './day-curve.tsx'
import { etaWords, headroomCaption, headroomFigure, toneOfLevel, weekdays } from './instruments.tsx'
import { Mark, SeverityTag } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { Sites } from './sites.tsx'
import { toneOf } from './tone.ts'

interface Shown {
  agenda: Agenda
  facts: Facts
  reading: Reading
}

/** Five seconds from six metres: is today a bad day, and why. */
export function FrontScreen({ agenda, facts, reading }: Shown) {
  const exposed = agenda.exposures.find(({ exposure }) => exposure.until === null)
  return (
    <div class="wall wall-front">
      <p class={`wall-verdict ${agenda.verdict.level}`}>{verdictWords(agenda.verdict.reason, reading)}</p>
      {exposed && (
        <section class="wall-exposed" aria-label={`Exposure of ${exposed.exposure.service}`}>
          <Sites service={exposed.exposure.service} sites={exposed.exposure.sites} />
          <dl class="wall-figures">
            <div>
              <dt>alone</dt>
              <dd class="text-red">{spell(exposed.forMs)}</dd>
            </div>
            <div>
              <dt>{headroomCaption(exposed, reading)}</dt>
              <dd class={(exposed.headroomPoints ?? -1) < 0 ? 'text-red' : 'text-green'}>{headroomFigure(exposed)}</dd>
            </div>
          </dl>
          <p class="clamp">
            {nameOf(facts.people, exposed.exposure.ownerId) ?? 'nobody’s'} · {etaWords(exposed, reading)}
          </p>
        </section>
      )}
      <WallCounts agenda={agenda} />
      <WallLevels agenda={agenda} />
    </div>
  )
}

function WallCounts({ agenda: { counts, usual } }: { agenda: Agenda }) {
  return (
    <dl class="wall-figures wall-counts">
      <div>
        <dt>
          new
          {usual && (
            <>
              , usual {weekdays[usual.weekday]} {figure(usual.incidentsOpened)}
            </>
          )}
        </dt>
        <dd>{figure(counts.incidents.opened)}</dd>
      </div>
      <div>
        <dt>open</dt>
        <dd>{figure(counts.incidents.open)}</dd>
      </div>
      <div>
        <dt>nobody’s</dt>
        <dd class={counts.incidents.unowned > 0 ? 'text-red' : undefined}>{figure(counts.incidents.unowned)}</dd>
      </div>
      <div>
        <dt>actions overdue</dt>
        <dd class={counts.actions.overdue > 0 ? 'text-red' : undefined}>{figure(counts.actions.overdue)}</dd>
      </div>
    </dl>
  )
}

function WallLevels({ agenda }: { agenda: Agenda }) {
  const agreed = agenda.levels.filter(({ objective }) => objective !== null)
  const off = agreed.filter((level) => toneOfLevel(level) !== 'green')
  return (
    <ul class="wall-levels">
      {off.slice(0, 3).map((level) => (
        <li>
          <Mark tone={toneOfLevel(level)} /> <span class="clamp">{level.service}</span>{' '}
          <b class={`text-${toneOfLevel(level)}`}>
            {level.month.percent === null ? 'unknown' : percent(level.month.percent)}
          </b>
        </li>
      ))}
      {agreed.length > 0 && off.length === 0 && (
        <li>
          <Mark tone="green" /> all {figure(agreed.length)} levels on target
        </li>
      )}
      {agreed.length === 0 && <li>no level agreed</li>}
    </ul>
  )
}

/** Nothing is news too, as old as what was heard. */
export function QuietScreen({ section, reading }: { section: Section; reading: Reading }) {
  return (
    <div class="wall wall-quiet">
      <p>{quietWords(section, reading)}</p>
    </div>
  )
}

interface RowsScreenProps {
  screen: Screen
  facts: Facts
  reading: Reading
  to: (name: string) => string
}

export function RowsScreen({ screen, facts, reading, to }: RowsScreenProps) {
  const { items, section, page, pages } = screen
  return (
    <ol class="wall wall-rows">
      {items.map((item, index) => (
        <WallRow item={item} facts={facts} reading={reading} zoom={to(`${screen.name}/${index + 1}`)} />
      ))}
      {section && section.omitted > 0 && page === pages && (
        <li class="wall-omitted">and {figure(section.omitted)} more</li>
      )}
    </ol>
  )
}

function WallRow({ item, facts, reading, zoom }: { item: Item; facts: Facts; reading: Reading; zoom: string }) {
  const { reason, title, ownerId } = item
  return (
    <li class="wall-row">
      <Mark tone={toneOf(reason)} />
      <a class="zoomable clamp" href={zoom}>
        {'severity' in reason && <SeverityTag severity={reason.severity} />} <bdi>{title}</bdi>
      </a>
      <span class="wall-owner clamp">
        {ownerId ? <bdi>{nameOf(facts.people, ownerId)}</bdi> : isOwned(item) && <em>nobody’s</em>}
      </span>
      <p class="clamp-2">{reasonClauses(reason, reading).slice(0, 2).map(sentence).join('. ')}</p>
    </li>
  )
}

function isOwned({ subject, reason }: Item): boolean {
  return (
    ['exposure', 'incident', 'problem', 'action'].includes(subject.kind) &&
    reason.kind !== 'alike' &&
    reason.kind !== 'restored'
  )
}

/** One item with all its words; an exposure with its picture. */
export function ZoomScreen({ item, agenda, facts, reading, back }: Shown & { item: Item; back: string }) {
  const exposed = agenda.exposures.find(({ exposure }) => exposure.id === item.subject.id)
  return (
    <article class={exposed ? 'wall wall-zoom with-picture' : 'wall wall-zoom'}>
      <h2>
        <a href={back} rel="up">
          <Mark tone={toneOf(item.reason)} />{' '}
          {'severity' in item.reason && <SeverityTag severity={item.reason.severity} />} <bdi>{item.title}</bdi>
        </a>
      </h2>
      <ul>
        {reasonClauses(item.reason, reading).map((clause) => (
          <li>{sentence(clause)}</li>
        ))}
        <li>{item.ownerId ? <>Owner: {nameOf(facts.people, item.ownerId)}</> : isOwned(item) && <em>Nobody’s</em>}</li>
      </ul>
      {exposed && (
        <figure>
          <Sites service={exposed.exposure.service} sites={exposed.exposure.sites} />
          <DayCurve figure={exposed} reading={reading} />
        </figure>
      )}
    </article>
  )
}
