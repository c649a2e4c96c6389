import type { Letter } from '../record/ledger.ts'
import type { Late } from '../reports/digest.ts'
import { toldLateMs } from './due.ts'

/** Late when it was made, or held up by the other side: whichever it was, the letter says so. */
export function latenessOf({ dueAt, madeAt, fault }: Letter, cause: 'down' | 'stood still', at: Date): Late | null {
  const ms = at.getTime() - dueAt.getTime()
  if (ms < toldLateMs) return null
  const isMadeLate = madeAt.getTime() - dueAt.getTime() >= toldLateMs
  return { ms, because: !isMadeLate && fault !== null ? { kind: 'post', fault } : { kind: cause } }
}
