import type { Agenda } from '../../src/agenda/shapes.ts'
import { leastLeftFirst } from '../../src/reports/level-charts.ts'
import type { GraveTold, Told } from '../../src/reports/told.ts'
import { counted, figure } from '../figures.ts'
import { budgetWords, weekdayName } from '../headlines.ts'
import { severityWord } from '../names.ts'
import { paths } from '../paths.ts'

/** By incident, who runs it by name; null = nobody does. */
export type OutageManagers = Record<string, string | null>

export function WorstLevel({ agenda }: { agenda: Agenda }) {
  const [worst] = agenda.levels.filter(({ objective }) => objective !== null).toSorted(leastLeftFirst)
  return (
    <div>
      <dt>Worst service level</dt>
      {worst ? (
        <dd class={(worst.budgetLeftMinutes ?? -1) < 0 ? 'red-text' : undefined}>
          <bdi>{`${worst.service} ${worst.indicator}`}</bdi>:{' '}
          {worst.budgetLeftMinutes === null ? 'unknown' : budgetWords(worst.budgetLeftMinutes)}
        </dd>
      ) : (
        <dd>none agreed</dd>
      )}
    </div>
  )
}

interface OpenProps {
  agenda: Agenda
  grave: GraveTold[]
  outageManagers: OutageManagers
}

export function Open({ agenda, grave, outageManagers }: OpenProps) {
  const { open, unowned } = agenda.counts.incidents
  return (
    <div>
      <dt>Incidents open</dt>
      <dd>
        {figure(open)}
        {unowned > 0 && <span class="amber-text">, {figure(unowned)} nobody’s</span>}
      </dd>
      {grave.map(({ id, title, severity }) => {
        const runner = outageManagers[id]
        return (
          <dd>
            <a href={paths.incident(id)}>
              {severityWord(severity)} <bdi>{title}</bdi>
            </a>
            <div>{runner ? `Run by ${runner}` : <span class="red-text">Nobody runs it</span>}</div>
          </dd>
        )
      })}
    </div>
  )
}

export function Cost({ told }: { told: Told }) {
  const { known, unknown, usual } = told.customerMinutes
  return (
    <div>
      <dt>Customer-minutes</dt>
      <dd>
        {figure(known)}
        {unknown > 0 && `, unknown of ${counted(unknown, 'incident')}`}
        {usual !== null && (
          <span class="quiet">
            , on a usual {weekdayName(told.agenda.meetingDay)} {figure(usual)}
          </span>
        )}
      </dd>
    </div>
  )
}
