import { type SQL, sql } from 'drizzle-orm'
import { addDays, dayOf } from '../calendar.ts'
import type { Db } from './db.ts'
import type { Severity } from './schema.ts'

/** What a month or a quarter was, for whoever asks how the services do. Of the incidents that began in it. */
export interface Review {
  incidents: { severity: Severity | null; count: number; customerMinutes: number; unknown: number }[]
  before: number // incidents of the span before, as long
  services: { service: string; count: number }[] // the three with the most
  noted: Spread | null // from the beginning until somebody took note; null = of none is it known
  restored: Spread | null // until the service was back
  offTarget: { service: string; indicator: string; percent: number; objective: number }[]
  postmortems: { asked: number; dated: number } // of those, that have their date
}
/** A distribution instead of a mean: half are within the one, nine in ten within the other. */
export interface Spread {
  count: number
  halfMs: number
  nineTenthsMs: number
}
interface Span {
  from: Date
  to: Date
  zone: string
}

export async function reviewOf(db: Db, { from, to, zone }: Span): Promise<Review> {
  const earlier = new Date(from.getTime() - (to.getTime() - from.getTime()))
  const began = (since: Date, until: Date) =>
    sql`started_at >= ${since.getTime()} and started_at < ${until.getTime()} and merged_into is null`
  const within = began(from, to)
  const [incidents, [before], services, noted, restored, offTarget, [postmortems]] = await Promise.all([
    db.orm.all<Review['incidents'][number]>(sql`
      select severity, count(*) as count, ifnull(sum(customer_minutes), 0) as customerMinutes, sum(customer_minutes is null) as unknown
      from incidents where ${within} group by severity order by severity is null, severity`),
    db.orm.all<{ count: number }>(sql`select count(*) as count from incidents where ${began(earlier, from)}`),
    db.orm.all<Review['services'][number]>(sql`
      select service, count(*) as count from incidents where ${within} and service is not null
      group by service order by count desc, service limit 3`),
    spreadOf(db, sql`ifnull(detected_at, acknowledged_at)`, within),
    spreadOf(db, sql`ifnull(mitigated_at, ended_at)`, within),
    levelsOff(db, { from: dayOf(from, zone), to: addDays(dayOf(to, zone), -1) }),
    db.orm.all<Review['postmortems']>(sql`
      select count(*) as asked, ifnull(sum(postmortem_for is not null), 0) as dated from incidents where ${within} and postmortem = 'yes'`),
  ])
  return {
    incidents,
    before: before?.count ?? 0,
    services,
    noted,
    restored,
    offTarget,
    postmortems: postmortems ?? { asked: 0, dated: 0 },
  }
}

async function spreadOf(db: Db, until: SQL, within: SQL): Promise<Spread | null> {
  const rows = await db.orm.all<{ place: number; count: number; ms: number }>(sql`
    with told as (select ${until} - started_at as ms from incidents where ${within} and ${until} >= started_at),
    ranked as (select ms, row_number() over (order by ms) as place, count(*) over () as count from told)
    select place, count, ms from ranked where place in ((count + 1) / 2, (count * 9 + 9) / 10) order by place`)
  const [half] = rows
  const nineTenths = rows.at(-1)
  return half && nineTenths ? { count: half.count, halfMs: half.ms, nineTenthsMs: nineTenths.ms } : null
}

async function levelsOff(db: Db, { from, to }: { from: string; to: string }): Promise<Review['offTarget']> {
  return db.orm.all(sql`
    select service, indicator, sum(good) * 100.0 / sum(total) as percent, services.objective
    from service_levels join services on services.id = service
    where day >= ${from} and day <= ${to} and services.objective is not null
    group by service, indicator having sum(total) > 0 and sum(good) * 100.0 / sum(total) < services.objective
    order by percent - services.objective, service, indicator limit 5`)
}
