import { dateWords } from '../src/calendar.ts'
import type { SpanFigures, YearAgoTold } from '../src/reports/told.ts'
import type { WordedPart } from './digest-rows.ts'
import { counted, figure, percent, spell } from './figures.ts'
import { severityWord } from './names.ts'
import { paths } from './paths.ts'

/** On the first morning of a week what the week was, of a month what the month was. */
export function spanParts(spans: readonly SpanFigures[]): WordedPart[] {
  return spans.map((told) => ({
    title: told.span === 'week' ? 'The last seven days' : 'The month that ended',
    words: null,
    rows: spanRows(told),
    more: null,
  }))
}

function spanRows({ exposures, exposedMs, meetings, overrunMs, decided, overruled, actions }: SpanFigures) {
  return [
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
