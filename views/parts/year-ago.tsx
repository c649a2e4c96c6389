import { dateWords } from '../../src/calendar.ts'
import type { YearAgoTold } from '../../src/reports/told.ts'
import { learntWords } from '../digest-past.ts'
import { counted } from '../figures.ts'
import { severityWord } from '../names.ts'
import { paths } from '../paths.ts'

/** What happened on this date a year ago, and what became of what was learnt from it. */
export function YearAgo({ told }: { told: YearAgoTold }) {
  return (
    <section class="block year-ago" aria-labelledby="year-ago">
      <h2 id="year-ago">
        A year ago today, {dateWords(told.day)} {told.day.slice(0, 4)}
      </h2>
      <ul>
        {told.incidents.map(({ id, title, severity, customerMinutes }) => (
          <li>
            {severityWord(severity)}{' '}
            <a href={paths.incident(id)}>
              <bdi>{title}</bdi>
            </a>
            {customerMinutes ? `, ${counted(Math.round(customerMinutes), 'customer-minute')}` : ''}
          </li>
        ))}
      </ul>
      <p class="quiet">{learntWords(told)}.</p>
    </section>
  )
}
