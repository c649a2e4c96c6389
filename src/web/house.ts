import { createFactory } from 'hono/factory'
import type { Assets } from '../../views/around.ts'
import type { Settings } from '../config.ts'
import type { Db } from '../record/db.ts'

/** What the house is wired from: one record, its settings, and somebody who tells the time. */
export interface House {
  db: Db
  settings: Settings
  now: () => Date
  demo?: boolean // the sample fortnight: said on every page
  log?: (fault: Fault) => void
}
/** What nobody foresaw, under the reference that the page or the problem details told. */
export interface Fault {
  reference: string
  path: string
  error: unknown
}

/** What every request is told. `now` is one instant for the whole of it, `asOf` the one it asks about. */
export interface Env {
  Variables: {
    db: Db
    settings: Settings
    now: Date
    asOf: Date
    by: string // who acts; '' = nobody said
    nonce: string
    house: { demo: boolean; assets: Assets }
  }
}

export const factory = createFactory<Env>()
