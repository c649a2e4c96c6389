import type { z } from 'zod'
import type { Fact } from '../../record/fact.ts'
import type { InputClass } from '../../record/schema.ts'

/** A tool that is asked, because it does not push or because what it pushes may get lost. */
export interface Puller {
  kind: string
  title: string
  class: InputClass
  everyMinutes: number // how often it is asked unless told otherwise
  options: z.ZodType<unknown, unknown>
  example: string // of the options, as they are written in the form
  /** One round. Throws PullFault or whatever `get` throws; then nothing of the round counts. */
  fetch(asking: Asking): Promise<Fetched>
}

/** What a round is given. `get` is bounded: so many requests a round and no more. */
export interface Asking {
  source: string
  options: unknown // as the puller's schema gives them
  cursor: string | null // what the last round that succeeded gave
  now: Date
  zone: string
  open: OpenIncident[] // of this source, as far as we know
  get(path: string, headers?: Record<string, string>): Promise<unknown>
  token: string | null
}
export interface OpenIncident {
  id: string
  startedAt: Date
}

/** `more`: there is more to fetch at once; the next round begins where `cursor` says. */
export interface Fetched {
  facts: Fact[]
  cursor: string | null
  more?: boolean
}

/** Why a round came to nothing: a sentence for whoever set it up. */
export class PullFault extends Error {
  override name = 'PullFault'
}
