import { aDay } from '../../src/calendar.ts'
import type { Change, Incident, Person, Problem } from '../../src/record/shapes.ts'
import { figure, type Reading, spell } from '../figures.ts'
import { incidentStateWord, problemStateWord } from '../names.ts'
import { paths } from '../paths.ts'
import { Mark, SeverityTag } from './marks.tsx'
import { Moment } from './moment.tsx'
import { Owner } from './owner.tsx'

interface IncidentRowsProps {
  incidents: readonly Incident[]
  people: Person[]
  reading: Reading
}

/** Incidents as other pages name them: when, how grave, how long, how they stand. */
export function IncidentRows({ incidents, people, reading }: IncidentRowsProps) {
  return (
    <ul>
      {incidents.map((incident) => (
        <li class="item">
          <Mark tone={incident.endedAt ? 'green' : 'red'} />
          <div>
            <h3>
              <SeverityTag severity={incident.severity} />{' '}
              <a href={paths.incident(incident.id)}>
                <bdi>{incident.title}</bdi>
              </a>
            </h3>
            <p class="meta">
              <Moment at={incident.startedAt} reading={reading} />
              <span>
                {incident.endedAt
                  ? `over after ${spell(incident.endedAt.getTime() - incident.startedAt.getTime())}`
                  : `${incidentStateWord(incident.state)} for ${spell(reading.asOf.getTime() - incident.startedAt.getTime())}`}
              </span>
              {incident.customerMinutes !== null && <span>{figure(incident.customerMinutes)} customer-minutes</span>}
              <Owner people={people} ownerId={incident.ownerId} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

interface ChangeRowsProps {
  changes: readonly Change[]
  before?: Date // tells how long before this each one was
  suspects?: boolean // the first is the suspect, when it was no more than a day before
  reading: Reading
}

export function ChangeRows({ changes, before, suspects, reading }: ChangeRowsProps) {
  const isSuspect = ({ at }: Change, index: number) =>
    suspects === true && index === 0 && before !== undefined && before.getTime() - at.getTime() <= aDay
  return (
    <ul>
      {changes.map((change, index) => (
        <li class="item">
          <Mark tone={isSuspect(change, index) && !change.deniedAt ? 'amber' : 'plain'} />
          <div>
            <h3>
              {isSuspect(change, index) && (
                <span class="state text-amber">{change.deniedAt ? 'denied' : 'suspect'}</span>
              )}{' '}
              <a href={paths.change(change.id)}>
                <bdi>{change.what}</bdi>
              </a>
            </h3>
            <p class="meta">
              {before && <b>{spell(before.getTime() - change.at.getTime())} before it began</b>}
              <Moment at={change.at} reading={reading} />
              <span>{[change.service, change.site, change.who].filter(Boolean).join(' · ')}</span>
              {change.rolledBackAt && <span>rolled back</span>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}

export function ProblemRows({
  problems,
  people,
  reading,
}: {
  problems: readonly Problem[]
  people: Person[]
  reading: Reading
}) {
  return (
    <ul>
      {problems.map((problem) => (
        <li class="item">
          <Mark tone={problem.closedAt ? 'green' : 'amber'} />
          <div>
            <h3>
              <a href={paths.problem(problem.id)}>
                <bdi>{problem.title}</bdi>
              </a>
            </h3>
            <p class="meta">
              <span>{problemStateWord(problem.state)}</span>
              <span>
                since <Moment at={problem.openedAt} reading={reading} />
              </span>
              <span>{figure(problem.incidentCount)} incidents</span>
              <Owner people={people} ownerId={problem.ownerId} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
