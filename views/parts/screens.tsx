import type { Agenda, Item, Section } from '../../src/agenda/shapes.ts'
import type { Facts, SiteStanding } from '../../src/record/shapes.ts'
import { counted, figure, percent, type Reading, sentence, spell } from '../figures.ts'
import { verdictWords } from '../headlines.ts'
import { quietWords } from '../quiet.ts'
import type { Screen } from '../screens.ts'
import { reasonClauses } from '../words.ts'
import { DayCurve } from './day-curve.tsx'
import {
  countTold,
  etaWords,
  figureOrDoubt,
  headroomCaption,
  headroomFigure,
  toneOfExposure,
  toneOfLevel,
} from './instruments.tsx'
import { Mark, SeverityTag } from './marks.tsx'
import { nameOf } from './owner.tsx'
import { Sites } from './sites.tsx'
import { toneOf, untagged } from './tone.ts'
import { Unbroken } from './unbroken.tsx'

interface Shown {
  agenda: Agenda
  facts: Facts
  reading: Reading
}

/** Five seconds from six metres: is today a bad day, and why. */
export function FrontScreen({ agenda, facts, reading }: Shown) {
  const exposed = agenda.exposures.find(({ exposure }) => exposure.until === null)
  return (
    <div class={exposed ? 'wall wall-front with-exposure' : 'wall wall-front'}>
      <WallVerdict level={agenda.verdict.level} words={verdictWords(agenda.verdict.reason, reading)} />
      {exposed && (
        <section class="wall-exposed" aria-label={`Exposure of ${exposed.exposure.service}`}>
          <Sites service={exposed.exposure.service} sites={telling(exposed.exposure.sites, 2)} />
          <dl class="wall-figures">
            <div>
              <dt>alone</dt>
              <dd class={`text-${toneOfExposure(exposed)}`}>{spell(exposed.forMs)}</dd>
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
      <WallLevels agenda={agenda} room={exposed ? 2 : 5} />
    </div>
  )
}

/** With an exposure to show there is room for three levels, else for six. */
/** Set as large as its length allows. */
function WallVerdict({ level, words }: { level: string; words: string }) {
  return (
    <div class={`wall-verdict ${level} ${words.length > 72 ? 'longest' : words.length > 60 ? 'long' : ''}`}>
      <p>
        <Unbroken words={words} />
      </p>
    </div>
  )
}

/** So few towers that they are read from six metres: one that serves, then those that are missed. */
function telling(sites: readonly SiteStanding[], room: number): SiteStanding[] {
  const serving = sites.filter(({ state }) => state === 'serving').slice(0, 1)
  return [...serving, ...sites.filter((site) => !serving.includes(site))].slice(0, room)
}

function WallCounts({ agenda }: { agenda: Agenda }) {
  const { counts, usual } = agenda
  const told = (count: number) => countTold(agenda, 'incidents', count)
  return (
    <dl class="wall-figures wall-counts">
      <WallCount
        figure={told(counts.incidents.opened)}
        words={usual ? `new, usually ${figure(usual.incidentsOpened)}` : 'new'}
      />
      <WallCount figure={told(counts.incidents.open)} words="open" />
      <WallCount figure={told(counts.incidents.unowned)} words="nobody’s" alarming />
      <WallCount figure={counts.actions.overdue} words="overdue" alarming />
    </dl>
  )
}

function WallCount({ figure: many, words, alarming }: { figure: number | null; words: string; alarming?: boolean }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd class={alarming && (many ?? 0) > 0 ? 'text-red' : undefined}>{figureOrDoubt(many)}</dd>
    </div>
  )
}

/** The levels that are not as agreed, as many as there is room for, and whether the inputs were heard. */
function WallLevels({ agenda, room }: { agenda: Agenda; room: number }) {
  const agreed = agenda.levels.filter(({ objective }) => objective !== null)
  const off = agreed.filter((level) => toneOfLevel(level) !== 'green')
  const silent = agenda.inputs.filter((input) => input.silent).length
  return (
    <ul class="wall-levels">
      {off.slice(0, room).map((level) => (
        <li>
          <Mark tone={toneOfLevel(level)} /> <span class="clamp">{level.service}</span>{' '}
          <b class={`text-${toneOfLevel(level)}`}>
            {level.month.percent === null ? 'unknown' : percent(level.month.percent)}
          </b>
        </li>
      ))}
      {agreed.length > 0 && off.length === 0 && (
        <li>
          <Mark tone="green" /> {counted(agreed.length, 'level')} on target
        </li>
      )}
      {agreed.length === 0 && <li>no level agreed</li>}
      <li>
        <Mark tone={silent > 0 ? 'amber' : 'green'} />{' '}
        {silent > 0
          ? `${counted(silent, 'input')} of ${agenda.inputs.length} silent`
          : `all ${agenda.inputs.length} inputs heard`}
      </li>
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
      <h2>
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
