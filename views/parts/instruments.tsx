import type { Agenda, Topic } from '../../src/agenda/shapes.ts'
import { weekdayOf } from '../../src/calendar.ts'
import type { ExposureFigure } from '../../src/measures/exposure.ts'
import { isBurning, isUnmeasured, type LevelFigure, offTarget } from '../../src/measures/service-level.ts'
import type { Person } from '../../src/record/shapes.ts'
import { ago, figure, minutes, money, objectiveWords, percent, points, type Reading, spell, when } from '../figures.ts'
import { paths } from '../paths.ts'
import { AgainstUsual, Bar } from './bar.tsx'
import { Mark } from './marks.tsx'
import { Owner } from './owner.tsx'
import { Sites } from './sites.tsx'

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

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

/** Today's figures, the first beside what a usual such weekday brings. */
export function CountsInstrument({ agenda }: { agenda: Agenda }) {
  const { counts, usual } = agenda
  const { incidents, problems, actions } = counts
  const told = (topic: Topic, count: number) => countTold(agenda, topic, count)
  return (
    <section class="instrument" aria-label="Counts">
      <h2>Since the last meeting</h2>
      <dl class="counts">
        <div>
          <dt>new incidents</dt>
          <dd class={quietZero(incidents.opened)}>{figureOrDoubt(told('incidents', incidents.opened))}</dd>
          <dd class="usual">
            {usual === null ? (
              `no usual ${weekdays[weekdayOf(agenda.meetingDay)]} known yet`
            ) : (
              <>
                a usual {weekdays[usual.weekday]}: {figure(usual.incidentsOpened)}
                <AgainstUsual today={incidents.opened} usual={usual.incidentsOpened} />
              </>
            )}
          </dd>
        </div>
        <Count figure={told('incidents', incidents.resolved)} words="restored" />
        <Count figure={told('incidents', incidents.open)} words="open now" href={`${paths.incidents}?open=true`} />
        <Count
          figure={told('incidents', incidents.unowned)}
          words="open, nobody’s"
          alarming
          href={`${paths.incidents}?open=true`}
        />
        <Count figure={problems.open} words="problems open" href={`${paths.problems}?open=true`} />
        <Count figure={actions.overdue} words="actions overdue" alarming href={`${paths.actions}?open=true`} />
        <Count figure={counts.postmortems.undecided} words="postmortems to decide" />
        <Count figure={told('changes', counts.changes.inWindow)} words="changes" href={paths.changes} />
        <Count figure={told('complaints', counts.complaints.inWindow)} words="complaints" href={paths.complaints} />
      </dl>
    </section>
  )
}

function Count({
  figure: counted,
  words,
  alarming,
  href,
}: {
  figure: number | null
  words: string
  alarming?: boolean
  href?: string
}) {
  return (
    <div>
      <dt>{href ? <a href={href}>{words}</a> : words}</dt>
      <dd class={alarming && (counted ?? 0) > 0 ? 'text-red' : quietZero(counted)}>{figureOrDoubt(counted)}</dd>
    </div>
  )
}

function quietZero(counted: number | null): string | undefined {
  return counted === 0 || counted === null ? 'zero' : undefined
}

/** Where nobody ever told us, a count is a question and not a nought. */
export function figureOrDoubt(counted: number | null): string {
  return counted === null ? '?' : figure(counted)
}

/** The count, or null when nobody ever told us of such things. */
export function countTold(agenda: Agenda, topic: Topic, count: number): number | null {
  const section = agenda.sections.find((section) => section.topic === topic)
  return count === 0 && section?.heardAt === null ? null : count
}

/** Each level with an objective: what was measured over 30 days, and how much of its error budget is left. */
export function LevelsInstrument({ agenda }: { agenda: Agenda }) {
  const agreed = agenda.levels.filter((level) => level.objective !== null).toSorted(leastBudgetFirst)
  const shown = agreed.slice(0, 6)
  return (
    <section class="instrument" aria-label="Service levels">
      <h2>Service levels, 30 days</h2>
      {shown.length === 0 ? (
        <p>
          No objective is agreed yet. <a href={paths.serviceLevels}>Agree on the first</a>.
        </p>
      ) : (
        <ul class="levels">
          {shown.map((level) => (
            <Level level={level} />
          ))}
        </ul>
      )}
      {agreed.length > shown.length && (
        <a href={paths.serviceLevels}>{figure(agreed.length - shown.length)} more levels</a>
      )}
    </section>
  )
}

function Level({ level }: { level: LevelFigure }) {
  const { service, indicator, objective, month, budgetMinutes, budgetLeftMinutes } = level
  const tone = toneOfLevel(level)
  return (
    <li>
      <Mark tone={tone} />
      <span>
        <a href={paths.service(service)}>
          <bdi>{service}</bdi>
        </a>{' '}
        <small>{indicator}</small>
      </span>
      <b class={`text-${tone}`}>{month.percent === null ? 'unknown' : percent(month.percent)}</b>
      <small>
        target {objectiveWords(objective ?? 0)},{' '}
        {budgetLeftMinutes === null ? 'budget unknown' : shortBudget(budgetLeftMinutes)}
      </small>
      <Bar share={budgetMinutes ? (budgetLeftMinutes ?? 0) / budgetMinutes : 0} tone={tone} />
    </li>
  )
}

function shortBudget(leftMinutes: number): string {
  return leftMinutes < 0 ? `overspent by ${minutes(-leftMinutes)}` : `${minutes(leftMinutes)} of budget left`
}

/** Red off target over 30 days, amber over fewer, when burning, or when nobody knows. */
export function toneOfLevel(level: LevelFigure): 'red' | 'amber' | 'green' {
  if (level.objective === null || level.month.percent === null) return 'amber'

  const missed = offTarget(level)
  if (missed?.days === 30 || (level.budgetLeftMinutes ?? 0) < 0) return 'red'
  return missed || isBurning(level) || isUnmeasured(level) ? 'amber' : 'green'
}

function leastBudgetFirst(a: LevelFigure, b: LevelFigure): number {
  return leftOf(a) - leftOf(b)
}

function leftOf({ budgetMinutes, budgetLeftMinutes }: LevelFigure): number {
  return budgetMinutes && budgetLeftMinutes !== null ? budgetLeftMinutes / budgetMinutes : -9
}

/** Who has spoken: silence is a fault of ours to see, never a zero. */
export function InputsInstrument({ agenda, reading }: { agenda: Agenda; reading: Reading }) {
  return (
    <section class="instrument strip" aria-label="What we heard">
      <h2>
        <a href={paths.sources}>What we heard</a>
      </h2>
      <ul class="inputs">
        {agenda.inputs.map((input) => (
          <li>
            <Mark tone={input.silent ? 'amber' : 'green'} /> {input.class.replace('-', ' ')}
            <small>
              {input.silent
                ? `no input${input.lastHeardAt ? ` since ${when(input.lastHeardAt, reading)}` : ' ever'}`
                : `${figure(input.count)}, last ${when(input.lastHeardAt ?? reading.asOf, reading)}`}
            </small>
          </li>
        ))}
      </ul>
      {agenda.deliveries.unreadable > 0 && (
        <p class="text-amber">
          <Mark tone="amber" /> {figure(agenda.deliveries.unreadable)} kept but not understood
        </p>
      )}
    </section>
  )
}
