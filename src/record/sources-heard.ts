import { sql } from 'drizzle-orm'
import type { Window } from '../calendar.ts'
import type { Db } from './db.ts'
import { silenceLimits } from './inputs.ts'
import { type InputClass, inputClasses } from './schema.ts'
import type { InputHeard, SourceHeard } from './shapes.ts'

/** When each known source last spoke by an instant, and whether it has been silent beyond its limit. 0 = it has none. */
export async function sourcesHeard(db: Db, at: Date): Promise<SourceHeard[]> {
  const rows = await db.orm.all<{
    name: string
    class: InputClass
    silenceMs: number | null
    lastHeardAt: number | null
  }>(sql`
    select name, class, silence_ms as silenceMs, nullif(max(
      ifnull((select max(received_at) from deliveries where source = name and received_at <= ${at.getTime()}), 0),
      ifnull((select max(last_at) from inputs where source = name and last_at <= ${at.getTime()}), 0)), 0) as lastHeardAt
    from sources where recorded_at <= ${Math.max(at.getTime(), db.bornAt.getTime())} or exists (select 1 from inputs where source = name and last_at <= ${at.getTime()})
    order by name`)
  return rows.map((row) => {
    const silenceMs = row.silenceMs ?? silenceLimits[row.class]
    const lastHeardAt = asInstant(row.lastHeardAt)
    return {
      name: row.name,
      class: row.class,
      lastHeardAt,
      silenceMs,
      silent: silenceMs > 0 && isSilent(lastHeardAt, at, silenceMs),
    }
  })
}

/** Each of the six classes: how much came in the window, and when the last one came. Never heard = null, not 0. */
export async function inputsHeard(db: Db, { from, to }: Window): Promise<InputHeard[]> {
  const rows = await db.orm.all<{ class: InputClass; count: number; lastHeardAt: number | null }>(sql`
    select wanted.value as class,
      (select ifnull(sum(count), 0) from inputs where class = wanted.value and minute > ${from.getTime()} - 60000 and last_at > ${from.getTime()} and last_at <= ${to.getTime()}) as count,
      (select max(last_at) from (select last_at from inputs where class = wanted.value and minute <= ${to.getTime()} and last_at <= ${to.getTime()} order by minute desc limit 20)) as lastHeardAt
    from json_each(${JSON.stringify(inputClasses)}) as wanted`)
  return rows.map((row) => {
    const lastHeardAt = asInstant(row.lastHeardAt)
    return {
      class: row.class,
      count: row.count,
      lastHeardAt,
      silenceMs: silenceLimits[row.class],
      silent: isSilent(lastHeardAt, to, silenceLimits[row.class]),
    }
  })
}

/** How many deliveries wait to be read, and how many could not be. */
export async function waitingDeliveries(db: Db): Promise<{ waiting: number; unreadable: number }> {
  const [row] = await db.orm.all<{ waiting: number; unreadable: number }>(sql`
    select (select count(*) from deliveries where ingested_at is null) as waiting, (select count(*) from deliveries where fault is not null) as unreadable`)
  return row ?? { waiting: 0, unreadable: 0 }
}

function isSilent(lastHeardAt: Date | null, at: Date, silenceMs: number): boolean {
  return lastHeardAt === null || at.getTime() - lastHeardAt.getTime() > silenceMs
}

function asInstant(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms)
}
