import type { Db } from '../../../src/record/db.ts'
import { saveMapping } from '../../../src/record/mappings.ts'
import { setAdapter } from '../../../src/record/sources.ts'
import { keep } from '../../../src/sources/arrivals.ts'
import { ingestWaiting } from '../../../src/sources/deliveries.ts'
import type { Rule } from '../../../src/sources/mapping/rules.ts'
import { daysAgo, hoursAgo, zone } from '../../support/morning.ts'

/** A tool posts; nothing is made of it yet. */
export function post(db: Db, source: string, json: unknown, receivedAt = hoursAgo(1)): Promise<string> {
  const body = new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json))
  return keep(db, { source, receivedAt, contentType: 'application/json', body })
}

/** A tool that is read by these rules since yesterday, and what it posted, read. */
export async function mapped(
  db: Db,
  source: string,
  rules: readonly Rule[],
  posted: readonly unknown[],
): Promise<void> {
  for (const json of posted) await post(db, source, json)
  await saveMapping(db, { source, rules: { zone, rules }, deliveryId: null, savedAt: daysAgo(1), by: '' })
  await setAdapter(db, source, { adapter: 'generic', class: 'automated' })
  await ingestWaiting(db, hoursAgo(1))
}
