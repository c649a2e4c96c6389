import { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import { actionStates } from '../../record/schema.ts'
import { inOrder, instant, name, said, text, word } from './columns.ts'

const actionColumns = z.strictObject({
  id: name(),
  title: text(),
  openedAt: instant(),
  owner: name().nullish(),
  dueAt: instant().nullish(),
  state: word(actionStates).nullish(),
  acknowledgedAt: instant().nullish(),
  endedAt: instant().nullish(),
  originKind: name().nullish(),
  originId: name().nullish(),
})

/** An action that is done or dropped says when; one that ended without a word is done. */
export const actionRow = actionColumns
  .check(inOrder<z.output<typeof actionColumns>>('openedAt', 'acknowledgedAt', 'endedAt'))
  .check((context) => {
    const { state, endedAt } = context.value
    const fault = endFault(state, endedAt)
    if (fault) context.issues.push({ code: 'custom', path: ['endedAt'], input: endedAt, ...fault })
  })

function endFault(state: string | null | undefined, endedAt: Date | null | undefined) {
  if (state === 'open' && endedAt) return { message: 'is given, yet state is open', params: { mend: 'leave it empty' } }
  if (!state || state === 'open' || endedAt) return undefined
  return { message: `is missing, yet state is ${state}`, params: { mend: 'write when it ended' } }
}

export function actionFacts({ id, title, openedAt, owner, ...row }: z.output<typeof actionRow>): Fact[] {
  const told = said({ title, ownerId: owner, dueAt: row.dueAt, originKind: row.originKind, originId: row.originId })
  const happening = { kind: 'action-event', actionId: id } as const
  const end = row.state === 'dropped' ? 'dropped' : 'done'
  return [
    { kind: 'action', id, at: openedAt, told },
    { ...happening, at: openedAt, event: 'opened' },
    ...(row.acknowledgedAt ? [{ ...happening, at: row.acknowledgedAt, event: 'acknowledged' } as const] : []),
    ...(row.endedAt ? [{ ...happening, at: row.endedAt, event: end } as const] : []),
  ]
}
