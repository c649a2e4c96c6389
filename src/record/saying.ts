import { AsyncLocalStorage } from 'node:async_hooks'
import type { InArgs, InStatement } from '@libsql/client/sqlite3'

/** Who writes, when and why: what the past will say of every row that changes meanwhile. */
export interface Saying {
  at: Date
  by: string // '' = nobody said
  why: string
  source: string // room, a source's name, an import's; muster = the program of itself
}

const said = new AsyncLocalStorage<Partial<Saying>>()

/** Whatever `work` writes is told as said here; what is left out stays as it was told around it. */
export function saying<T>(more: Partial<Saying>, work: () => PromiseLike<T>): Promise<T> {
  return said.run({ ...said.getStore(), ...more }, async () => await work()) // a query runs only once it is awaited
}

/** The same statements, between telling who writes and falling silent: a trigger sees who it is, and never who it was. */
export function spoken(asked: readonly Statement[], clock: (() => Date) | undefined): Statement[] {
  const { at = clock?.(), by = '', why = '', source = 'muster' } = said.getStore() ?? {}
  return [
    { sql: speak, args: [at?.getTime() ?? null, ...[by, why, source].map(withoutNul)] },
    ...asked,
    { sql: hush, args: [] },
  ]
}
// The driver reads a text up to its first NUL; the hash covers all of it.
function withoutNul(text: string): string {
  return text.replaceAll('\0', '')
}

export type Statement = InStatement | [string, InArgs?]

const speak =
  'UPDATE speaking SET at = ?, by = ?, why = ?, source = ?, saving = (SELECT ifnull(max(number), 0) + 1 FROM versions)'
const hush = 'UPDATE speaking SET at = NULL, by = NULL, why = NULL, source = NULL, saving = NULL'
