import { dayOf, holds } from '../calendar.ts'
import type { Action, Facts } from '../record/shapes.ts'
import { byId } from './gravity.ts'
import type { Item, Reason } from './shapes.ts'
import { type Shown, shorten } from './shown.ts'

// The order in which the room asks: what was promised and is not there comes first (S47).
const asked: Partial<Record<Reason['kind'], number>> = {
  overdue: 0,
  'due today': 1,
  unacknowledged: 2,
  'no due date': 3,
  'due later': 4,
  'done since': 5,
  'dropped since': 6,
}

/** Last time's actions. One that is accepted and due on a later day is heard once, in the meeting after it was given. */
export function actionItems(facts: Facts): Shown {
  const told = facts.actions.flatMap((action) => {
    const reason = reasonFor(action, facts)
    return reason ? { action, reason } : []
  })
  return shorten(told.toSorted(asAsked).map(({ action, reason }) => asItem(action, reason)))
}

/** Its day is over: what is due today is not overdue before midnight. */
export function isOverdue({ endedAt, dueAt }: Action, { asOf, zone }: Facts): boolean {
  return endedAt === null && dueAt !== null && dayOf(dueAt, zone) < dayOf(asOf, zone)
}

function reasonFor(action: Action, facts: Facts): Reason | null {
  const { state, openedAt, endedAt, dueAt, acknowledgedAt } = action
  const isDueToday = dueAt !== null && dayOf(dueAt, facts.zone) === dayOf(facts.asOf, facts.zone)

  if (endedAt)
    return holds(facts.window, endedAt)
      ? { kind: state === 'dropped' ? 'dropped since' : 'done since', at: endedAt }
      : null
  if (dueAt && isOverdue(action, facts)) return { kind: 'overdue', dueAt }
  if (dueAt && isDueToday) return { kind: 'due today', dueAt }
  if (acknowledgedAt === null) return { kind: 'unacknowledged', since: openedAt }
  if (dueAt === null) return { kind: 'no due date', since: openedAt }
  return holds(facts.window, openedAt) ? { kind: 'due later', dueAt } : null
}

function asItem({ id, title, ownerId }: Action, reason: Reason): Item {
  return { subject: { kind: 'action', id }, title, reason, ownerId }
}

interface Told {
  action: Action
  reason: Reason
}

function asAsked(a: Told, b: Told): number {
  return (
    (asked[a.reason.kind] ?? 0) - (asked[b.reason.kind] ?? 0) ||
    dueFirst(a.action, b.action) ||
    a.action.openedAt.getTime() - b.action.openedAt.getTime() ||
    byId(a.action, b.action)
  )
}

function dueFirst(a: Action, b: Action): number {
  const [dueA, dueB] = [a.dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER, b.dueAt?.getTime() ?? Number.MAX_SAFE_INTEGER]
  return dueA - dueB
}
