import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import { correctionsFor } from './corrections.ts'
import type { Db } from './db.ts'
import type { Telling } from './fact.ts'
import { asStored, shiftsBetween } from './incident-facts.ts'
import { type IncidentEvent, standingOf } from './incident-state.ts'
import { eventsOf } from './incidents.ts'
import { incidentEvents, incidents } from './schema.ts'
import { insertNew, upsert, type Write } from './telling.ts'

/** That an alarm was on or off at an instant, and the incident it was put to. */
export interface Sign {
  incidentId: string
  at: Date
  on: boolean
}
/** What a tool said of one run from an instant on belongs to another; `until` exclusive, null = all that follows. */
export interface Move {
  from: string
  to: string
  since: Date
  until: Date | null
}

/**
 * What was heard of each alarm next to an instant, oldest first. Ids of one alarm's runs begin alike (`prefix`) and go on
 * with an instant within the run: the three before and the three after hold every sign that can matter.
 */
export async function signsNear(
  db: Db,
  asked: readonly { prefix: string; id: string }[],
): Promise<Map<string, Sign[]>> {
  const signs = new Map<string, Sign[]>()
  if (asked.length === 0) return signs
  const rows = await db.orm.all<{ prefix: string; id: string; at: number; ends: number }>(sql`
    with
      asked as (select value ->> 'id' id, value ->> 'prefix' prefix from json_each(${JSON.stringify(asked)})),
      near as (${sql.join(
        [0, 1, 2].map(
          (place) => sql`
        select prefix, (select id from incidents where id <= asked.id and id > asked.prefix order by id desc limit 1 offset ${place}) id from asked
        union
        select prefix, (select id from incidents where id > asked.id and id < asked.prefix || '~' order by id limit 1 offset ${place}) id from asked`,
        ),
        sql` union `,
      )})
    select near.prefix, incident_id id, at, max(kind = 'resolved') ends
    from near join incident_events on incident_id = near.id
    where kind in ('told', 'resolved') and origin = 'tool' and why = ''
    group by incident_id, at
    order by at`)
  for (const { prefix, id, at, ends } of rows)
    signs.set(prefix, [...(signs.get(prefix) ?? []), { incidentId: id, at: new Date(at), on: ends === 0 }])
  return signs
}

/** Puts a tool's words where they belong, and both incidents as they stand then; what the room said stays where it was said. */
export async function moveWords(db: Db, moves: readonly Move[], telling: Telling): Promise<void> {
  for (const move of moves) await db.alone(() => moveOne(db, move, telling))
}

async function moveOne(db: Db, move: Move, telling: Telling): Promise<void> {
  const { from, to } = move
  const events = await eventsOf(db, [from, to])
  const moved = events.filter((one) => one.incidentId === from && one.origin === 'tool' && isWithin(one.at, move))
  const [first] = moved
  if (first === undefined) return

  const rows = await db.orm
    .select()
    .from(incidents)
    .where(inArray(incidents.id, [from, to]))
  const known = new Map(rows.map((row) => [row.id, row]))
  const before = (id: string) => events.filter((one) => one.incidentId === id)
  const after = new Map([
    [from, before(from).filter((one) => !moved.includes(one))],
    [to, [...before(to), ...moved.map((one) => ({ ...one, incidentId: to }))]],
  ])
  const stands = [...after].flatMap(([id, said]) => {
    const standing = standingOf(id, said)
    return standing ? [{ id, said, standing }] : []
  })
  const shifts = stands.flatMap(({ id, standing }) => shiftsBetween(id, standingOf(id, before(id)), standing))
  await db.batch([
    ...movedWrites(db, move, moved),
    ...upsert(
      db,
      incidents,
      ['id'],
      stands.map(({ id, standing }) =>
        asStored(id, standing, known.get(id) ?? { ...telling, recordedAt: first.recordedAt }),
      ),
    ),
    ...(await correctionsFor(db, shifts, telling)),
  ])
}

/** Whether what was said at this instant is moved. */
export function isWithin(at: Date, { since, until }: Move): boolean {
  return at >= since && (until === null || at < until)
}

function movedWrites(db: Db, { from, to, since, until }: Move, moved: readonly IncidentEvent[]): Write[] {
  const gone = and(
    eq(incidentEvents.incidentId, from),
    gte(incidentEvents.at, since),
    until === null ? undefined : lt(incidentEvents.at, until),
    eq(incidentEvents.origin, 'tool'),
  )
  return [
    db.orm.delete(incidentEvents).where(gone),
    ...insertNew(
      db,
      incidentEvents,
      moved.map((one) => ({ ...one, incidentId: to })),
    ),
  ]
}
