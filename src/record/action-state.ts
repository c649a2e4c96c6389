import type { ActionTold } from './fact.ts'
import type { ActionState, actionEvents } from './schema.ts'

export type ActionEvent = typeof actionEvents.$inferSelect

export interface ActionStanding {
  title: string
  state: ActionState
  openedAt: Date
  ownerId: string | null
  dueAt: Date | null
  acknowledgedAt: Date | null
  endedAt: Date | null
  originKind: string | null
  originId: string | null
  changedAt: Date
}

/** How an action stood at an instant. A new owner has not acknowledged yet: an acknowledgement is its owner's. */
export function actionStandingOf(
  id: string,
  events: readonly ActionEvent[],
  at = new Date(8.64e15),
): ActionStanding | undefined {
  const heard = events.filter((event) => event.at <= at).sort(earlierFirst)
  const [first] = heard
  if (first === undefined) return undefined

  const standing: ActionStanding = {
    title: id,
    state: 'open',
    openedAt: first.at,
    ownerId: null,
    dueAt: null,
    acknowledgedAt: null,
    endedAt: null,
    originKind: null,
    originId: null,
    changedAt: first.at,
  }
  for (const event of heard) live(standing, event)
  return standing
}

function earlierFirst(a: ActionEvent, b: ActionEvent): number {
  return (
    a.at.getTime() - b.at.getTime() ||
    a.rank - b.rank ||
    Number(b.kind === 'told') - Number(a.kind === 'told') ||
    a.recordedAt.getTime() - b.recordedAt.getTime() ||
    (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.value < b.value ? -1 : 1)
  )
}

function live(standing: ActionStanding, { at, kind, value }: ActionEvent): void {
  standing.changedAt = at
  switch (kind) {
    case 'told':
      tell(standing, JSON.parse(value)) // written by toldText from an ActionTold
      break
    case 'owner':
      if (standing.ownerId !== (value || null))
        Object.assign(standing, { ownerId: value || null, acknowledgedAt: null })
      break
    case 'due':
      standing.dueAt = value ? new Date(value) : null
      break
    case 'acknowledged':
      standing.acknowledgedAt ??= at
      break
    case 'done':
    case 'dropped':
      if (standing.endedAt === null) Object.assign(standing, { state: kind, endedAt: at })
      break
    case 'opened':
      Object.assign(standing, { state: 'open', endedAt: null })
      break
  }
}

function tell(standing: ActionStanding, told: Omit<ActionTold, 'dueAt'> & { dueAt?: string | null }): void {
  const { dueAt, ...columns } = told
  Object.assign(standing, columns)
  if (dueAt !== undefined) standing.dueAt = dueAt === null ? null : new Date(dueAt)
}
