import { createApp } from '../../src/app.tsx'
import type { Fact } from '../../src/record/fact.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { hoursAgo, morning } from './morning.ts'
import { openTestRecord } from './open-record.ts'

export const ana = 'ana@example.com'
export const diego = 'diego@example.com'
export const mirembe = 'mirembe@example.com'
export const lea = 'lea@example.com'

/** The whole house at nine on Monday, with five colleagues and a clock that the test moves on. */
export async function openRoom(facts: Fact[] = []) {
  const { db, settings } = await openTestRecord()
  const clock = { at: morning }
  const app = createApp({ db, settings, now: () => clock.at })
  await tellRoom(db, [...colleagues, ...facts])
  return { app, db, settings, clock, pass: (ms: number) => pass(clock, ms) }
}

function pass(clock: { at: Date }, ms: number): void {
  clock.at = new Date(clock.at.getTime() + ms)
}

export function tellRoom(db: Parameters<typeof recordFacts>[0], facts: Fact[], recordedAt = hoursAgo(1)) {
  return recordFacts(db, facts, { recordedAt, source: 'alertmanager', origin: 'tool', class: 'automated' })
}

function colleague(
  name: string,
  email: string,
  of: 'support' | 'operations' | 'development' | null,
  deputy: string | null = null,
): Fact {
  return { kind: 'person', name, email, role: null, function: of, zone: null, deputy }
}

export const colleagues: readonly Fact[] = [
  colleague('Ana Lopez', ana, 'operations'),
  colleague('Diego Salvatierra', diego, 'development', lea),
  colleague('Mirembe Achieng', mirembe, 'support'),
  colleague('Lea Okafor', lea, 'development'),
]

export function anAlert(id: string, startedAt: Date, told: Record<string, unknown> = {}): Fact {
  return { kind: 'incident', id, at: startedAt, told: { title: `${id} broke`, startedAt, service: 'search', ...told } }
}
