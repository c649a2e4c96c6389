import { createFactory } from 'hono/factory'
import type { Assets } from '../../views/around.ts'
import type { Settings } from '../config.ts'
import type { LetterBox } from '../mail.ts'
import type { Outgoing } from '../outgoing.ts'
import type { Asker } from '../record/askers.ts'
import type { Db } from '../record/db.ts'
import type { Line } from './line.ts'
import type { RequestLine } from './request-lines.ts'

/** What the house is wired from: one record, its settings, and somebody who tells the time. */
export interface House {
  db: Db
  settings: Settings
  now: () => Date
  demo?: boolean // the sample fortnight: said on every page
  mail?: LetterBox | null // none = no letters
  log?: (fault: Fault) => void
  tell?: ((line: RequestLine) => void) | undefined
}
/** What nobody foresaw, under the reference that the page or the problem details told. */
export interface Fault {
  reference: string
  path: string // the route, without ids
  error: unknown
}

/** What every request is told. `now` is one instant for the whole of it, `asOf` the one it asks about. */
export interface Env {
  Variables: {
    db: Db
    settings: Settings
    now: Date
    asOf: Date
    asker: Asker
    by: string // who acts; '' = nobody said
    from: string // the address they ask from
    nonce: string
    request: string // its id: in the answer's x-request-id and in the log
    phone?: { style: string } // the page that carries its own style, by its hash
    personal?: boolean // never kept for the next who asks
    house: { demo: boolean; assets: Assets; live: Line; outgoing: Outgoing; now: () => Date }
  }
}

export const factory = createFactory<Env>()
