import type { Fact } from '../../record/fact.ts'
import { adapterNamed } from '../registry.ts'
import { UnreadableDelivery } from '../source.ts'
import { type Asking, PullFault } from './puller.ts'

/** What was fetched, read as if the tool had pushed it: one translation for both ways. Throws PullFault. */
export function readAs(adapter: string, { source, now }: Asking, json: unknown): Fact[] {
  const body = new TextEncoder().encode(JSON.stringify(json))
  const delivery = { id: `pulled ${source}`, source, receivedAt: now, contentType: 'application/json', body }
  try {
    return adapterNamed(adapter)?.read(delivery) ?? []
  } catch (error) {
    if (error instanceof UnreadableDelivery) throw new PullFault(error.message, { cause: error })
    throw error
  }
}

/** The header that a token of this form goes in: 'name:password' is Basic, all else Bearer. */
export function authorization(token: string | null): Record<string, string> {
  if (token === null) return {}
  const isPair = /^[^:\s]+:.+$/.test(token)
  return { authorization: isPair ? `Basic ${Buffer.from(token).toString('base64')}` : `Bearer ${token}` }
}

const overlapMs = 2 * 60_000
const firstLookMs = 7 * 24 * 3_600_000

/**
 * From when to ask: a little before the last round ended, for two clocks never agree; the first time, a week back. '=' before
 * the instant: the round was not finished, and goes on exactly there.
 */
export function sinceOf(last: string | null | undefined, now: Date): Date {
  const isExact = last?.startsWith('=') ?? false
  const at = Date.parse(isExact ? (last ?? '').slice(1) : (last ?? ''))
  return new Date(Number.isNaN(at) ? now.getTime() - firstLookMs : isExact ? at : at - overlapMs)
}
