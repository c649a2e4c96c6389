import type { Agenda, Item, Section } from '../../src/agenda/shapes.ts'
import type { Facts } from '../../src/record/shapes.ts'
import { figure, type Reading, sentence } from '../figures.ts'
import { quietWords } from '../quiet.ts'
import type { Screen } from '../screens.ts'
import { reasonClauses } from '../words.ts'
import { DayCurve } from './day-curve.tsx'
import { Mark, SeverityTag } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { Sites } from './sites.tsx'
import { toneOf, untagged } from './tone.ts'
import { telling } from './wall-front.tsx'

export interface Shown {
  agenda: Agenda
  facts: Facts
  reading: Reading
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
      <p class="clamp-2">{wallClauses(reason, reading)}</p>
    </li>
  )
}

/** The weightiest two, for two lines. */
function wallClauses(reason: Item['reason'], reading: Reading): string {
  return untagged(reasonClauses(reason, reading), reason).slice(0, 2).map(sentence).join('. ')
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
      <h2 class={item.title.length > 110 ? 'long' : undefined}>
        <a href={back} rel="up">
          <Mark tone={toneOf(item.reason)} />{' '}
          {'severity' in item.reason && <SeverityTag severity={item.reason.severity} />} <bdi>{item.title}</bdi>
        </a>
      </h2>
      <ul>
        {untagged(reasonClauses(item.reason, reading), item.reason).map((clause) => (
          <li>{sentence(clause)}</li>
        ))}
        <li>{item.ownerId ? <>Owner: {nameOf(facts.people, item.ownerId)}</> : isOwned(item) && <em>Nobody’s</em>}</li>
      </ul>
      {exposed && (
        <figure>
          <Sites service={exposed.exposure.service} sites={telling(exposed.exposure.sites, 3)} />
          <DayCurve figure={exposed} reading={reading} />
        </figure>
      )}
    </article>
  )
}
