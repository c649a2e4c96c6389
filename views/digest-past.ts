import { dateWords } from '../src/calendar.ts'
import type { Review } from '../src/record/reviews.ts'
import type { SpanFigures, YearAgoTold } from '../src/reports/told.ts'
import type { WordedPart } from './digest-rows.ts'
import { counted, figure, listed, objectiveWords, percent, spell } from './figures.ts'
import { severityWord } from './names.ts'
import { paths } from './paths.ts'

/** On the first morning of a week what the week was, of a month what the month was. */
export function spanParts(spans: readonly SpanFigures[]): WordedPart[] {
  return spans.map((told) => ({
    title: spanTitles[told.span],
    words: null,
    rows: spanRows(told),
    more: null,
  }))
}

const spanTitles: Record<SpanFigures['span'], string> = {
  week: 'The last seven days',
  month: 'The month that ended',
  quarter: 'The quarter that ended',
}

function spanRows({ review, exposures, exposedMs, meetings, overrunMs, decided, overruled, actions }: SpanFigures) {
  return [
    ...(review ? reviewRows(review) : []),
    line(
      'On one site alone',
      exposures === 0 ? 'no service known to be' : `${spell(exposedMs)}, ${counted(exposures, 'episode')}`,
    ),
    line(
      'Meetings',
      meetings === 0
        ? 'none closed'
        : `${figure(meetings)}, ${overrunMs === 0 ? 'none over its fifteen minutes' : `${spell(overrunMs)} over their fifteen minutes`}`,
    ),
    line(
      'Advice overruled',
      decided === 0
        ? 'nothing decided'
        : `${figure(overruled)} of ${counted(decided, 'postmortem decision')} (${shareWords(overruled, decided)})`,
    ),
    line(
      'Actions done',
      actions.done === 0
        ? 'none'
        : `${figure(actions.done)}, of which ${figure(actions.effective)} effective so far: what they were for has not struck again`,
    ),
  ]
}

/** The questions of a review, each answered with a number. */
function reviewRows({ incidents, before, services, noted, restored, offTarget, postmortems }: Review) {
  const all = sum(incidents.map(({ count }) => count))
  const unknown = sum(incidents.map((one) => one.unknown))
  const grave = incidents
    .filter(({ severity }) => severity === 'sev1' || severity === 'sev2')
    .map(({ severity, count }) => `${figure(count)} ${severityWord(severity)}`)
  const minutes = figure(Math.round(sum(incidents.map(({ customerMinutes }) => customerMinutes))))
  return [
    line(
      'Incidents',
      `${figure(all)}${grave.length > 0 ? `, of which ${listed(grave)}` : ''}; ${figure(before)} in as long a time before`,
    ),
    line(
      'Customer-minutes',
      all === 0 ? 'none' : `${minutes}${unknown > 0 ? `, unknown of ${counted(unknown, 'incident')}` : ''}`,
    ),
    line(
      'Most often struck',
      services.length === 0
        ? 'no service'
        : services.map(({ service, count }) => `on ${service} ${counted(count, 'time')}`).join(', '),
    ),
    line('Until it was noticed', spreadWords(noted)),
    line('Until the service was back', spreadWords(restored)),
    line(
      'Off target',
      offTarget.length === 0
        ? 'no measured level'
        : offTarget
            .map(
              (level) =>
                `${percent(level.percent)} instead of ${objectiveWords(level.objective)} for ${level.service} ${level.indicator}`,
            )
            .join(', '),
    ),
    line(
      'Postmortems',
      postmortems.asked === 0
        ? 'none decided'
        : `${figure(postmortems.asked)} decided, ${figure(postmortems.dated)} with a date`,
    ),
  ]
}

function spreadWords(spread: Review['noted']): string {
  if (spread === null) return 'not known of any'
  const { count, halfMs, nineTenthsMs } = spread
  return `half within ${spell(halfMs)}, nine in ten within ${spell(nineTenthsMs)} (known of ${figure(count)})`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((whole, one) => whole + one, 0)
}

function shareWords(part: number, whole: number): string {
  return percent((part * 100) / whole)
}

function line(title: string, words: string): WordedPart['rows'][number] {
  return {
    group: null,
    title,
    path: null,
    tone: 'plain',
    clauses: [words],
    figures: [],
    share: null,
    picture: null,
    deeds: [],
  }
}

/** What happened on this date a year ago, and what became of what was learnt from it. */
export function yearAgoParts(told: YearAgoTold | null): WordedPart[] {
  if (told === null) return []
  const rows = told.incidents.map(({ id, title, severity, customerMinutes }) => ({
    ...line(title, severityWord(severity)),
    path: paths.incident(id),
    clauses: [
      severityWord(severity),
      ...(customerMinutes ? [counted(Math.round(customerMinutes), 'customer-minute')] : []),
    ],
  }))
  return [
    {
      title: `A year ago today, ${dateWords(told.day)} ${told.day.slice(0, 4)}`,
      words: learntWords(told),
      rows,
      more: null,
    },
  ]
}

/** '2 of its 5 actions never became effective'. */
export function learntWords({ actions }: YearAgoTold): string {
  const { all, effective } = actions
  if (all === 0) return 'No action came of it'
  const failed = all - effective
  if (all === 1) return `The one action that came of it ${failed === 0 ? 'became' : 'never became'} effective`
  return failed === 0
    ? `All ${counted(all, 'action')} that came of it became effective`
    : `${figure(failed)} of the ${counted(all, 'action')} that came of it never became effective`
}
