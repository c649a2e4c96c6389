import type { Agenda } from '../../src/agenda/shapes.ts'
import type { SiteStanding } from '../../src/record/shapes.ts'
import { counted, figure, percent, spell } from '../figures.ts'
import { verdictWords } from '../headlines.ts'
import { etaWords, headroomCaption, headroomFigure, toneOfExposure } from './exposure-instrument.tsx'
import { countTold, figureOrDoubt } from './instruments.tsx'
import { toneOfLevel } from './levels-instrument.tsx'
import { Mark } from './marks.tsx'
import { nameOf } from './owner.tsx'
import type { Shown } from './screens.tsx'
import { Sites } from './sites.tsx'
import { Unbroken } from './unbroken.tsx'

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

/** So few towers that they are read from six metres: one that serves and those that are missed, in the order of every page. */
export function telling(sites: readonly SiteStanding[], room: number): SiteStanding[] {
  const serving = sites.filter(({ state }) => state === 'serving').slice(0, 1)
  const missed = sites.filter((site) => !serving.includes(site)).slice(0, room - serving.length)
  return sites.filter((site) => serving.includes(site) || missed.includes(site))
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

/** Never "all heard" while one tool is not: a class may be told by its neighbour. */
function Heard({ agenda }: { agenda: Agenda }) {
  const inputs = agenda.inputs.filter(({ silent }) => silent).length
  const sources = agenda.sources.filter(({ silent }) => silent)
  const [first, ...others] = sources
  if (inputs > 0)
    return (
      <>
        <Mark tone="amber" /> {counted(inputs, 'input')} of {agenda.inputs.length} silent
      </>
    )
  if (first)
    return (
      <>
        <Mark tone="amber" />{' '}
        <span class="clamp">{others.length > 0 ? counted(sources.length, 'source') : first.name} silent</span>
      </>
    )
  return (
    <>
      <Mark tone="green" /> all {agenda.inputs.length} inputs heard
    </>
  )
}

/** The levels that are not as agreed, as many as there is room for, and whether the inputs were heard. */
function WallLevels({ agenda, room }: { agenda: Agenda; room: number }) {
  const agreed = agenda.levels.filter(({ objective }) => objective !== null)
  const off = agreed.filter((level) => toneOfLevel(level) !== 'green')
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
        <Heard agenda={agenda} />
      </li>
    </ul>
  )
}
