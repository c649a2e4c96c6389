import { sql } from 'drizzle-orm'
import { aMinute, dayBounds } from '../calendar.ts'
import type { Db } from './db.ts'
import type { Fact, Outcome, Telling } from './fact.ts'
import { type InputClass, inputs, sources } from './schema.ts'
import { excluded, inPortions, insertNew, type Write } from './telling.ts'

/** How long each class may be silent before the room is told: a day and a bit for machines, longer for people. */
export const silenceLimits: Record<InputClass, number> = hours({
  customer: 7 * 24,
  internal: 7 * 24,
  manual: 7 * 24,
  automated: 26,
  predictive: 31 * 24,
  'service-level': 26,
})

interface Heard {
  fact: Fact
  outcome: Outcome
}

/** That a source spoke, of which class and when, by the minute. Repeats are a sign of life but count for nothing. */
export function noteInputs(db: Db, heard: readonly Heard[], telling: Telling): Write[] {
  const byMinute = new Map<string, typeof inputs.$inferInsert>()
  for (const { fact, outcome } of heard) {
    const spoken = classOf(fact, telling)
    if (spoken === null || typeof outcome === 'object' || (telling.origin !== 'tool' && outcome === 'unchanged'))
      continue

    const at = telling.origin === 'import' ? momentOf(fact, telling.recordedAt) : telling.recordedAt
    const minute = new Date(Math.floor(at.getTime() / aMinute) * aMinute)
    const key = `${spoken} ${minute.getTime()}`
    const row = byMinute.get(key) ?? { source: telling.source, class: spoken, minute, lastAt: at, count: 0 }
    byMinute.set(key, {
      ...row,
      lastAt: at > row.lastAt ? at : row.lastAt,
      count: row.count + (outcome === 'new' ? 1 : 0),
    })
  }
  const rows = [...byMinute.values()]
  const set = { lastAt: sql`max(last_at, ${excluded('lastAt')})`, count: sql`count + ${excluded('count')}` }
  return [
    ...[...inPortions(rows)].map((portion) =>
      db.orm
        .insert(inputs)
        .values(portion)
        .onConflictDoUpdate({ target: [inputs.source, inputs.class, inputs.minute], set }),
    ),
    ...noteSource(db, rows[0]?.class ?? telling.class, telling),
  ]
}

function noteSource(db: Db, spoken: InputClass | null, { source, origin, recordedAt }: Telling): Write[] {
  if (spoken === null || source === '' || origin === 'room') return []

  // An import speaks when somebody runs it: its silence is no alarm, so its limit is 0 = none.
  const adapter = origin === 'import' ? 'import' : source
  return insertNew(db, sources, [
    { name: source, adapter, class: spoken, silenceMs: origin === 'import' ? 0 : null, recordedAt },
  ])
}

function classOf(fact: Fact, telling: Telling): InputClass | null {
  switch (fact.kind) {
    case 'complaint':
      return fact.class ?? 'customer'
    case 'forecast':
      return 'predictive'
    case 'service-level':
      return 'service-level'
    case 'incident':
      return fact.told.class ?? telling.class
    case 'person':
    case 'service':
    case 'action':
    case 'action-event':
    case 'planned-event':
      return null
    default:
      return telling.class
  }
}

function momentOf(fact: Fact, recordedAt: Date): Date {
  const at =
    fact.kind === 'forecast'
      ? fact.madeAt
      : fact.kind === 'service-level'
        ? dayBounds(fact.day, fact.zone).to
        : 'at' in fact
          ? fact.at
          : recordedAt
  return at < recordedAt ? at : recordedAt
}

function hours<T extends Record<string, number>>(spans: T): T {
  return Object.fromEntries(Object.entries(spans).map(([name, span]) => [name, span * 60 * aMinute])) as T
}
