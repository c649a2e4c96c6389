import type { z } from 'zod'
import type { Fact } from '../record/fact.ts'
import type { InputClass } from '../record/schema.ts'
import type { Scheme } from './signatures.ts'

/** One raw message of a tool, as it arrived. */
export interface Delivery {
  id: string // sorts by arrival
  source: string
  receivedAt: Date
  contentType: string
  body: Uint8Array
}

/** A tool whose words we can put into ours. It translates and does nothing else: same delivery, same facts. */
export interface Source {
  adapter: string // deliveries to /sources/<adapter> and /sources/<adapter>-<anything> are read by it
  title: string
  class: InputClass
  /** Throws UnreadableDelivery for a shape it does not know, whole: half a delivery would be a half truth. */
  read(delivery: Delivery): Fact[]
  remark?(delivery: Delivery): Remark | null
  /** How the tool can prove that a delivery is its own, the best first. */
  proofs?: readonly Scheme[]
  /** What the ids of one alarm's episodes begin with, where a new episode means that the one before it is over. */
  episodesOf?(incidentId: string): string | null
  /**
   * What the ids of one alarm's runs begin with, where the tool says only that it is on or off at an instant. Each delivery
   * names a run by its own instant; which run it really belongs to is found on the record (sources/runs.ts).
   */
  runOf?(incidentId: string): string | null
}

/** What people should know of a delivery that is not a fact: a question, say, with the address that answers it. */
export interface Remark {
  says: string
  url: string | null
}

/** Why a delivery cannot be read: a sentence that names the field and the mend, as people see it at /sources. */
export class UnreadableDelivery extends Error {
  override name = 'UnreadableDelivery'
}

const deepest = 64

/** The body as JSON. Throws UnreadableDelivery when it is not UTF-8, not JSON, or nested deeper than 64 levels. */
export function jsonIn({ body }: Delivery): unknown {
  const json = parsed(textOf(body))
  if (isDeeperThan(deepest, json))
    throw new UnreadableDelivery(`the JSON is nested deeper than ${deepest} levels: send it flatter`)
  return json
}

/** `json` as the schema wants it, else UnreadableDelivery with the first fault, its place and the mend. */
export function shaped<T extends z.ZodType>(schema: T, json: unknown, mend: string): z.infer<T> {
  const result = schema.safeParse(json)
  if (result.success) return result.data

  const [fault] = result.error.issues
  throw new UnreadableDelivery(`${placeOf(fault?.path ?? [])}: ${fault?.message ?? 'unknown shape'}; ${mend}`)
}

function textOf(body: Uint8Array): string {
  if (body.length === 0) throw new UnreadableDelivery('the body is empty: send the message as JSON')
  if (body[0] === 0x1f && body[1] === 0x8b)
    throw new UnreadableDelivery('the body is compressed: send it without Content-Encoding')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch (cause) {
    throw new UnreadableDelivery('the body is not UTF-8 text: send JSON in UTF-8', { cause })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new UnreadableDelivery(`the body is not JSON (${why.slice(0, 120)}): send JSON`, { cause })
  }
}

function isDeeperThan(levels: number, json: unknown): boolean {
  if (typeof json !== 'object' || json === null) return false
  if (levels === 0) return true
  return Object.values(json).some((inner) => isDeeperThan(levels - 1, inner))
}

function placeOf(path: readonly PropertyKey[]): string {
  const place = path.reduce<string>(
    (before, step) => (typeof step === 'number' ? `${before}[${step}]` : `${before}${before && '.'}${String(step)}`),
    '',
  )
  return place || 'the body'
}
