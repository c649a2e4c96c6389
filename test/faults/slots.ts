import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openRecord } from '../../src/record/db.ts'
import type { Letter, Run } from '../../src/record/ledger.ts'
import { keepPreference, type Preference } from '../../src/record/preferences.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { outbox, runs } from '../../src/record/schema.ts'
import { asBundled, type Server, startServer } from '../support/server.ts'
import { type FakedClock, fakeClock } from './faked-clock.ts'
import { placeIn } from './kills.ts'

/** Somebody who wishes to have the digest at an hour of their own wall. */
export interface Reader {
  person: string
  zone: string
  time: string // 'HH:MM'
}
export interface Place {
  MUSTER_DATA: string
  MUSTER_BACKUP: string
}

export function readers(count: number, zone = 'Europe/Berlin', time = '07:00'): Reader[] {
  return Array.from({ length: count }, (_, n) => ({ person: `p${n}@example.com`, zone, time }))
}

/** A record on which they have wished it, every day, since an instant. */
export async function placeWith(folder: string, all: readonly Reader[], since: Date): Promise<Place> {
  const place = { MUSTER_DATA: join(folder, 'data'), MUSTER_BACKUP: join(folder, 'backup') }
  const db = await openRecord(placeIn(place.MUSTER_DATA), { now: since, clock: () => since, onFatal: raise })
  const told = { recordedAt: since, source: 'catalogue', origin: 'import', class: null } as const
  const unknown = { role: null, function: null, zone: null, deputy: null }
  const named = all.map(({ person }) => ({ kind: 'person' as const, name: person, email: person, ...unknown }))
  await recordFacts(db, named, told)
  for (const { person, zone, time } of all)
    await keepPreference(db, { ...wish, personId: person, zone, time, digestFrom: since, changedAt: since })
  await db.close()
  return place
}

const wish: Omit<Preference, 'personId' | 'zone' | 'time' | 'digestFrom' | 'changedAt'> = {
  variant: 'manager',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  daysOff: [],
  keepsHolidays: false,
  wakings: [],
  quietFrom: '22:00',
  quietUntil: '07:00',
  feed: 0,
}

/** What stands in the ledger and in the outbox. */
export async function booked({ MUSTER_DATA: folder }: Place): Promise<{ runs: Run[]; letters: Letter[] }> {
  const now = new Date('2027-01-01T00:00:00Z')
  const db = await openRecord(placeIn(folder), { now, patienceMs: 20_000, onFatal: raise })
  const found = { runs: await db.orm.select().from(runs), letters: await db.orm.select().from(outbox) }
  await db.close()
  return found
}

function raise({ why }: { why: string }): never {
  throw new Error(why)
}

/** A server that believes a clock of its own. null = faketime is not there. */
export async function servedAt(
  place: Place,
  { folder, at, how, program = asBundled, env = {} }: Serving,
): Promise<{ server: Server; clock: FakedClock } | null> {
  const clock = fakeClock(folder, at, how)
  if (!clock) return null
  const server = await startServer(['serve'], { ...place, MUSTER_ZONE: 'Europe/Berlin', ...env, ...clock.env }, program)
  return { server, clock }
}
interface Serving {
  folder: string
  at: Date
  how: 'jumps' | 'passes'
  program?: readonly string[]
  env?: Record<string, string>
}

/** Until so many letters are written, as its own figures tell, or the time is over. Milliseconds that took; null = it did not. */
export async function untilLetters({ address }: Server, wanted: number, mostMs: number): Promise<number | null> {
  const begun = performance.now()
  for (;;) {
    const text = await asked(`${address}/metrics`)
    const written = [...text.matchAll(/^muster_letters_total\{[^}]*\} (\d+)$/gm)].reduce(
      (sum, one) => sum + Number(one[1]),
      0,
    )
    if (written >= wanted) return performance.now() - begun
    if (performance.now() - begun > mostMs) return null
    await pause(100)
  }
}

// A clock that leaps lets connections grow old at once: each is asked anew.
export function asked(address: string): Promise<string> {
  return fetch(address, { headers: { connection: 'close' } }).then(
    (answer) => answer.text(),
    () => '',
  )
}

/** Of those who should have been told on a date, who was not exactly once: by the ledger and by the letters. */
export function notOnce(all: readonly Reader[], date: string, found: { runs: Run[]; letters: Letter[] }): string[] {
  return all.flatMap(({ person }) => {
    const queued = found.runs.filter(
      (one) => one.person === person && one.localDate === date && one.outcome === 'queued',
    )
    const letters = found.letters.filter(({ id }) => id === `digest:${date}:${person}`)
    return queued.length === 1 && letters.length === 1 ? [] : [`${person} on ${date}: ${letters.length} letters`]
  })
}
