import { sql } from 'drizzle-orm'
import { anHour, type Window } from '../../src/calendar.ts'
import type { Db } from '../../src/record/db.ts'
import type { Fact } from '../../src/record/fact.ts'
import { recordFacts } from '../../src/record/record-facts.ts'
import { incidentEvents, incidents } from '../../src/record/schema.ts'

export interface History {
  rows: number
  before: Date
}

const anEra = 5 * 365 * 24 * anHour
const atOnce = 50_000

/** `rows` incidents over the five years before the window, each opened, resolved and closed, by direct inserts. */
export async function seedHistory(db: Db, { rows, before }: History, progress: (done: number) => void): Promise<void> {
  for (let from = 0; from < rows; from += atOnce) {
    const to = Math.min(rows, from + atOnce)
    await db.batch([
      db.orm.run(historyOf(from, to, { rows, before })),
      ...['opened', 'resolved', 'closed'].map((kind) => db.orm.run(eventsOf(kind, from, to, { rows, before }))),
    ])
    progress(to)
  }
}

/** Forty incidents in the window, told as a tool tells them: ten still open. */
export async function seedWindow(db: Db, { from, to }: Window): Promise<void> {
  const step = (to.getTime() - from.getTime()) / 41
  const facts = Array.from({ length: 40 }, (_, number): Fact => {
    const startedAt = new Date(Math.floor(to.getTime() - (number + 1) * step))
    return {
      kind: 'incident',
      id: `NOW-${number}`,
      at: startedAt,
      told: {
        title: `Alarm ${String.fromCharCode(65 + (number % 26))} of the ordinary kind`,
        service: `service-${number % 20}`,
        severity: number === 0 ? 'sev1' : number % 4 === 0 ? 'sev2' : 'sev3',
        startedAt,
        resolvedAt: number % 4 === 0 ? null : new Date(Math.floor(startedAt.getTime() + step / 2)),
        ownerId: 'lea@example.com',
        customerMinutes: number * 10,
      },
    }
  })
  await recordFacts(db, facts, { recordedAt: to, source: 'alertmanager', origin: 'tool', class: 'automated' })
}

// The n-th of `rows` began its share of five years before the window, and lasted between a minute and two hours.
function started({ rows, before }: History) {
  const first = before.getTime() - anEra - 3 * anHour
  return sql`${first} + cast(n * ${anEra / rows} as integer)`
}
const lasted = sql`60000 + (n * 7919) % 7140000`

function numbers(from: number, to: number) {
  return sql`with recursive number(n) as (values (${from}) union all select n + 1 from number where n + 1 < ${to})`
}

function historyOf(from: number, to: number, history: History) {
  const {
    id,
    title,
    symptom,
    service,
    severity,
    state,
    startedAt,
    detectedAt,
    resolvedAt,
    closedAt,
    endedAt,
    ownerId,
    postmortem,
    postmortemAt,
    source,
    recordedAt,
    changedAt,
  } = incidents
  const columns = named([
    id,
    title,
    symptom,
    service,
    severity,
    state,
    startedAt,
    detectedAt,
    resolvedAt,
    closedAt,
    endedAt,
    ownerId,
    postmortem,
    postmortemAt,
    source,
    recordedAt,
    changedAt,
  ])
  return sql`insert into ${incidents} (${columns}) ${numbers(from, to)}, life as (select n, ${started(history)} as s, ${started(history)} + ${lasted} as e from number)
    select 'OLD-' || n, 'Alarm ' || (n % 500) || ' on service-' || (n % 20), 'alarm on service-', 'service-' || (n % 20),
      case when n % 97 = 0 then 'sev2' when n % 3 = 0 then 'sev3' else 'sev4' end, 'closed', s, s, e, e, e, 'lea@example.com', 'no', e, 'history', s, e from life`
}

function eventsOf(kind: string, from: number, to: number, history: History) {
  const { incidentId, at, recordedAt, kind: of, origin, source } = incidentEvents
  const at_ = kind === 'opened' ? sql`s` : sql`s + ${lasted}`
  return sql`insert into ${incidentEvents} (${named([incidentId, at, recordedAt, of, origin, source])}) ${numbers(from, to)}, life as (select n, ${started(history)} as s from number)
    select 'OLD-' || n, ${at_}, ${at_}, ${kind}, 'import', 'history' from life`
}

function named(columns: readonly { name: string }[]) {
  return sql.join(
    columns.map(({ name }) => sql.identifier(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))),
    sql`, `,
  )
}
