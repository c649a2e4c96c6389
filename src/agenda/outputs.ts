import { customerMinutesOf } from '../measures/customer-minutes.ts'
import { adviceFor } from '../measures/postmortem-advice.ts'
import type { LevelReport, Outputs, PostmortemDue, ProblemLine } from '../record/closing.ts'
import type { Facts } from '../record/shapes.ts'
import { standingOf } from './postmortems.ts'
import { meetingMs } from './score.ts'
import type { Agenda } from './shapes.ts'

/** What a close puts out (S9): the service levels, the postmortems to hold, the problems, and rows for month and quarter. */
export function outputsOf(facts: Facts, agenda: Agenda, sat: { openedAt: Date; closedAt: Date }): Outputs {
  return {
    levels: agenda.levels.map(levelReport),
    postmortems: postmortemsDue(facts),
    problems: problemLines(facts, agenda),
    lookBack: lookBackFigures(facts, agenda, sat),
  }
}

function levelReport({ service, indicator, day, week, month, objective, budgetLeftMinutes }: Agenda['levels'][number]) {
  return {
    service,
    indicator,
    dayPercent: day.percent,
    weekPercent: week.percent,
    monthPercent: month.percent,
    objective,
    budgetLeftMinutes,
    good: month.good,
    total: month.total,
    unknown: month.unknown,
    missingDays: month.missingDays,
  } satisfies LevelReport
}

function postmortemsDue(facts: Facts): PostmortemDue[] {
  return facts.incidents
    .filter((incident) => ['to schedule', 'scheduled'].includes(standingOf(incident, facts) ?? ''))
    .map((incident) => {
      const { answer, rules } = adviceFor(incident, facts)
      return {
        incidentId: incident.id,
        decidedAt: incident.postmortemAt ?? incident.changedAt,
        ownerId: incident.ownerId,
        advice: answer,
        rules: rules.join(' '),
        for: incident.postmortemFor,
      }
    })
}

/** Those not closed, in the order in which the room had them; what the agenda held back stands last. */
function problemLines({ problems }: Facts, { sections }: Agenda): ProblemLine[] {
  const shown = (sections.find(({ topic }) => topic === 'problems')?.items ?? []).map(({ subject }) => subject.id)
  const placeOf = (id: string) => (shown.includes(id) ? shown.indexOf(id) : shown.length)
  return problems
    .filter(({ closedAt }) => closedAt === null)
    .toSorted((a, b) => placeOf(a.id) - placeOf(b.id))
    .map(({ id, title, state, ownerId, severity, incidentCount }, index) => ({
      place: index + 1,
      problemId: id,
      title,
      state,
      ownerId,
      severity,
      incidentCount,
    }))
}

function lookBackFigures(
  facts: Facts,
  { counts, window }: Agenda,
  { openedAt, closedAt }: { openedAt: Date; closedAt: Date },
): Outputs['lookBack'] {
  const opened = facts.incidents.filter(({ startedAt }) => startedAt > window.from && startedAt <= window.to)
  const { known, unknown } = customerMinutesOf(opened)
  const decided = facts.incidents.filter(({ postmortemAt }) => postmortemAt !== null && postmortemAt >= openedAt)
  const overruled = decided.filter(
    (one) => one.postmortem !== 'later' && adviceFor(one, facts).answer !== one.postmortem,
  )
  return [
    ...flattened(counts),
    { figure: 'incidents.customerMinutes', value: known },
    { figure: 'incidents.customerMinutesUnknown', value: unknown },
    { figure: 'exposures.ms', value: exposedMs(facts) },
    { figure: 'postmortems.decided', value: decided.length },
    { figure: 'postmortems.overruled', value: overruled.length },
    { figure: 'meeting.overMs', value: closedAt.getTime() - openedAt.getTime() - meetingMs },
  ]
}

/** counts.incidents.opened is 'incidents.opened': as the corrections name it. */
function flattened(counts: object): Outputs['lookBack'] {
  return Object.entries(counts).flatMap(([group, figures]) =>
    Object.entries(figures as Record<string, number>).map(([name, value]) => ({ figure: `${group}.${name}`, value })),
  )
}

/** How long, added up, services ran on one site alone within the window. */
function exposedMs({ exposures, window }: Facts): number {
  return exposures
    .map(({ since, until }) => {
      const from = Math.max(since.getTime(), window.from.getTime())
      const to = Math.min((until ?? window.to).getTime(), window.to.getTime())
      return Math.max(0, to - from)
    })
    .reduce((sum, ms) => sum + ms, 0)
}
