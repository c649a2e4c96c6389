import { holds } from '../calendar.ts'
import { isNearMiss } from '../measures/customer-minutes.ts'
import type { Facts } from '../record/shapes.ts'
import { isOverdue } from './actions.ts'
import { isLate, isOpen } from './gravity.ts'
import { type Standing, standingOf } from './postmortems.ts'
import type { Counts } from './shapes.ts'

/** The contract's figures, exact on any morning: facts hold all that is open and all that the window touched. */
export function countsOf(facts: Facts): Counts {
  return {
    incidents: incidentCounts(facts),
    problems: problemCounts(facts),
    exposures: { open: facts.exposures.filter(({ until }) => until === null).length },
    changes: { inWindow: facts.changes.filter(({ at }) => holds(facts.window, at)).length },
    complaints: { inWindow: facts.complaints.filter(({ at }) => holds(facts.window, at)).length },
    actions: actionCounts(facts),
    postmortems: postmortemCounts(facts),
  }
}

/**
 * opened: began in the window. touched: anything happened in it. resolved: ended by resolution in it, and still ended.
 * late ones belong to an earlier morning and are counted nowhere but there; a near miss is one of those opened.
 */
function incidentCounts({ incidents, window }: Facts): Counts['incidents'] {
  const within = (at: Date | null) => at !== null && holds(window, at)
  const opened = incidents.filter(({ startedAt }) => within(startedAt))
  const open = incidents.filter(isOpen)
  return {
    opened: opened.length,
    touched: incidents.filter(({ startedAt, news }) => within(startedAt) || news.some(({ at }) => within(at))).length,
    resolved: incidents.filter((incident) => within(incident.resolvedAt) && !isOpen(incident)).length,
    open: open.length,
    unowned: open.filter(({ ownerId }) => ownerId === null).length,
    nearMisses: opened.filter(isNearMiss).length,
    late: incidents.filter((incident) => isLate(incident, window)).length,
  }
}

function problemCounts({ problems, window }: Facts): Counts['problems'] {
  const open = problems.filter(({ closedAt }) => closedAt === null)
  return {
    opened: problems.filter(({ openedAt }) => holds(window, openedAt)).length,
    closed: problems.filter(({ closedAt }) => closedAt !== null && holds(window, closedAt)).length,
    open: open.length,
    unowned: open.filter(({ ownerId }) => ownerId === null).length,
  }
}

function actionCounts(facts: Facts): Counts['actions'] {
  const open = facts.actions.filter(({ endedAt }) => endedAt === null)
  return {
    open: open.length,
    overdue: open.filter((action) => isOverdue(action, facts)).length,
    unacknowledged: open.filter(({ acknowledgedAt }) => acknowledgedAt === null).length,
  }
}

/** Put off is not decided: the room still owes its yes or no. */
function postmortemCounts(facts: Facts): Counts['postmortems'] {
  const standings = facts.incidents.map((incident) => standingOf(incident, facts))
  const counted = (wanted: Standing) => standings.filter((standing) => standing === wanted).length
  return {
    undecided: counted('to decide') + counted('put off'),
    toSchedule: counted('to schedule'),
    scheduled: counted('scheduled'),
  }
}
