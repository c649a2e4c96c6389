import type { LearntAction } from '../record/learnt.ts'

/** Done is not effective (S45): `effective` = what it was to prevent has not struck again since it was done. */
export interface Effectiveness {
  all: number
  done: number
  effective: number
}

export function effectivenessOf(actions: readonly LearntAction[]): Effectiveness {
  return { all: actions.length, done: actions.filter(isDone).length, effective: actions.filter(isEffective).length }
}

function isDone({ state }: LearntAction): boolean {
  return state === 'done'
}

function isEffective(action: LearntAction): boolean {
  const { endedAt, struckAgainAt } = action
  return isDone(action) && (endedAt === null || struckAgainAt === null || struckAgainAt <= endedAt)
}
