import type { Db } from '../record/db.ts'
import type { IncidentEventKind } from '../record/fact.ts'
import { promiseText } from '../record/outage-state.ts'
import { outagesOf } from '../record/outages.ts'
import { allPeople } from '../record/people.ts'
import { say, type Voice } from './say.ts'

export type TakingOver =
  | { outcome: 'runs it' }
  | { outcome: 'nobody by that name'; name: string }
  | { outcome: 'no note' }

/** One named person runs an incident without fixing it (S30). Whoever takes over from another is told how it stands. */
export async function runOutage(
  db: Db,
  incidentId: string,
  { name, note, ...voice }: Voice & { name: string; note: string },
): Promise<TakingOver> {
  const called = name.toLowerCase()
  const people = (await allPeople(db)).filter(({ closedAt }) => closedAt === null)
  const person = people.find(({ id, name }) => id === called || name.toLowerCase() === called)
  if (!person) return { outcome: 'nobody by that name', name }

  const [outage] = await outagesOf(db, [incidentId], voice.at)
  const isHandedOn = outage !== undefined && outage.runnerId !== null && outage.runnerId !== person.id
  if (isHandedOn && note === '') return { outcome: 'no note' }
  if (outage?.runnerId !== person.id)
    await tell(db, incidentId, { event: 'outage-manager', value: person.id, why: note, ...voice })
  return { outcome: 'runs it' }
}

/** Somebody waits for it until then. */
export async function promise(
  db: Db,
  incidentId: string,
  { what, dueAt, ...voice }: Voice & { what: string; dueAt: Date },
): Promise<void> {
  await tell(db, incidentId, { event: 'promised', value: promiseText({ what, dueAt }), ...voice })
}

/** `said` as the promise was kept on the record. */
export async function keepPromise(
  db: Db,
  incidentId: string,
  { said, ...voice }: Voice & { said: string },
): Promise<void> {
  await tell(db, incidentId, { event: 'promise-kept', value: said, ...voice })
}

/** Goes through a step of the checklist: done, or left out for a reason. */
export async function tick(
  db: Db,
  incidentId: string,
  { step, skipped, ...voice }: Voice & { step: string; skipped: string | undefined },
): Promise<void> {
  await tell(db, incidentId, { event: skipped ? 'skipped' : 'checked', value: step, why: skipped ?? '', ...voice })
}

interface Said extends Voice {
  event: IncidentEventKind
  value: string
  why?: string
}

async function tell(db: Db, incidentId: string, { event, value, why = '', at, by }: Said): Promise<void> {
  await say(db, [{ kind: 'incident-event', incidentId, at, event, value, by, why }], { at, by })
}
