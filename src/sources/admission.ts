import type { Db } from '../record/db.ts'
import { type OpenedSecret, secretsOf } from '../record/source-secrets.ts'
import { type Evidence, isAuthentic, type Secret, schemes } from './signatures.ts'

/**
 * Whether a delivery may come in. 'open': the source has no secret, so anybody who reaches this machine may speak for it.
 * 'authentic': it proved itself. 'foreign': it did not. 'sealed': it has a secret that nobody here can open at present.
 */
export type Admission = 'open' | 'authentic' | 'foreign' | 'sealed'

export interface Knock {
  key: Uint8Array | null // MUSTER_KEY
  source: string
  evidence: Evidence
}

/** How often somebody failed to prove that they speak for a source, since this process started. */
export interface Refusals {
  count: number
  lastAt: Date
}

const refusals = new WeakMap<Db, Map<string, Refusals>>()
const mostNames = 1_000

export function refusalsOf(db: Db, source: string): Refusals | undefined {
  return refusals.get(db)?.get(source)
}

/** Judged on the very bytes that came, before they are kept. */
export async function admit(db: Db, { key, source, evidence }: Knock): Promise<Admission> {
  const kept = await secretsOf(db, key, source)
  if (kept.length === 0) return 'open'
  if (isAuthentic(kept.flatMap(usable), evidence)) return 'authentic'
  if (kept.some(({ secret }) => secret === null)) return 'sealed'

  noteRefusal(db, source, evidence.at)
  return 'foreign'
}

function noteRefusal(db: Db, source: string, at: Date): void {
  const bySource = refusals.get(db) ?? new Map<string, Refusals>()
  refusals.set(db, bySource)
  if (bySource.has(source) || bySource.size < mostNames)
    bySource.set(source, { count: (bySource.get(source)?.count ?? 0) + 1, lastAt: at })
}

function usable({ scheme, secret }: OpenedSecret): Secret[] {
  const known = schemes.find((one) => one === scheme)
  return known && secret !== null ? [{ scheme: known, secret }] : []
}
