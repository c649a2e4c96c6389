import type { Agenda, Topic } from '../../src/agenda/shapes.ts'
import { weekdayOf } from '../../src/calendar.ts'
import { figure, type Reading, when } from '../figures.ts'
import { paths, withWords } from '../paths.ts'
import { triedWords } from '../quiet.ts'
import { AgainstUsual } from './bar.tsx'
import { Mark, type Tone } from './marks.tsx'
import { Undelivered } from './undelivered.tsx'

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

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
        <Count figure={told('incidents', incidents.open)} words="open now" href={openOf(paths.incidents)} />
        <Count
          figure={told('incidents', incidents.unowned)}
          words="open, nobody’s"
          alarming
          href={withWords(paths.incidents, { state: 'open', owner: 'nobody' })}
        />
        <Count figure={problems.open} words="problems open" href={openOf(paths.problems)} />
        <Count figure={actions.overdue} words="actions overdue" alarming href={openOf(paths.actions)} />
        <Count figure={counts.postmortems.undecided} words="postmortems to decide" />
        <Count figure={told('changes', counts.changes.inWindow)} words="changes" href={paths.changes} />
        <Count figure={told('complaints', counts.complaints.inWindow)} words="complaints" href={paths.complaints} />
      </dl>
    </section>
  )
}

function openOf(list: string): string {
  return withWords(list, { state: 'open' })
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
        <li>
          <Mark tone={toneOfDrill(agenda.drill)} /> <a href={paths.backup}>backup</a>
          <small>{triedWords(agenda.drill, reading)}</small>
        </li>
      </ul>
      <Undelivered agenda={agenda} />
      {agenda.deliveries.unreadable > 0 && (
        <p class="text-amber">
          <Mark tone="amber" /> {figure(agenda.deliveries.unreadable)} kept but not understood
        </p>
      )}
    </section>
  )
}

function toneOfDrill(drill: Agenda['drill']): Tone {
  return drill === null ? 'plain' : drill.fault === null ? 'green' : 'red'
}
