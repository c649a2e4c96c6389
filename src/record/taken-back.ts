import type { Origin } from './schema.ts'

/** Something in the life of an incident. */
export interface Moment {
  at: Date
  rank?: number
  kind: string
  value: string
  origin?: Origin
}

/** A tool that tells, after an end that a tool told, that there is none takes that end back. The room's end it cannot. */
export function withEndsTakenBack<Word extends Moment>(inOrder: readonly Word[]): Word[] {
  const ended = { by: new Set<string>() }
  return inOrder.flatMap((moment) => {
    const { kind, origin } = moment
    if (kind === 'resolved' || kind === 'closed') ended.by.add(origin ?? 'tool')
    const isOpenAgain = takesBack(moment) && ended.by.has('tool') && ended.by.size === 1
    if (kind === 'reopened' || isOpenAgain) ended.by.clear()
    return isOpenAgain ? [moment, reopenedBy(moment)] : [moment]
  })
}

/** Whether a tool tells that there is no end. */
export function takesBack({ kind, origin, value }: Moment): boolean {
  return kind === 'told' && origin === 'tool' && value.includes('"resolvedAt":null')
}

// The same word, understood.
function reopenedBy<Word extends Moment>(moment: Word): Word {
  return { ...moment, kind: 'reopened', value: '' }
}
