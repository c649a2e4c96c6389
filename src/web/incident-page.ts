import type { Context } from 'hono'
import type { IncidentPageProps } from '../../views/incident.tsx'
import type { Merging } from '../../views/parts/merging.tsx'
import { adviceFor } from '../measures/postmortem-advice.ts'
import { suspectOf } from '../measures/suspect.ts'
import { suspectRate } from '../measures/suspect-rate.ts'
import { incidentsAsTheyStood } from '../record/as-they-stood.ts'
import { changesBefore } from '../record/changes.ts'
import type { Db } from '../record/db.ts'
import { exposuresSince } from '../record/exposures.ts'
import { incidentsLike } from '../record/incidents.ts'
import { besides, partsOf, wholeOf } from '../record/merged.ts'
import { alikeAmong } from '../record/morning.ts'
import { outageOf } from '../record/outage-state.ts'
import { outagesOf } from '../record/outages.ts'
import { findProblem, problemsSince } from '../record/problems.ts'
import { allServices } from '../record/services.ts'
import type { Change, Incident } from '../record/shapes.ts'
import { verdictsBy } from '../record/verdicts.ts'
import type { Env } from './house.ts'

type About = Pick<
  IncidentPageProps,
  | 'suspect'
  | 'verdict'
  | 'rate'
  | 'changes'
  | 'exposures'
  | 'problems'
  | 'openProblems'
  | 'alike'
  | 'advice'
  | 'merging'
  | 'outage'
>

/** What stands around one incident: what changed before it, what ran alone with it, what causes it, what is like it. */
export async function aboutIncident(c: Context<Env>, incident: Incident): Promise<About> {
  const { db, asOf } = c.var
  const { service, startedAt } = incident
  const [{ changes, suspect }, verdicts, exposures, problems, open, like, alike, services, merging, [outage]] =
    await Promise.all([
      suspectsOf(db, incident),
      verdictsBy(db, asOf),
      exposuresSince(db, startedAt, asOf),
      Promise.all(incident.problemIds.map((id) => findProblem(db, id, asOf))),
      problemsSince(db, { from: asOf, to: asOf }, asOf),
      incidentsLike(db, incident, 10).then((rows) => incidentsAsTheyStood(db, rows, asOf)),
      alikeAmong(db, [incident], asOf),
      allServices(db),
      mergingOf(db, incident, asOf),
      outagesOf(db, [incident.id], asOf),
    ])
  const end = incident.endedAt ?? asOf
  const together = exposures.filter((one) => one.incidentIds.includes(incident.id) || isOfIt(one, { service, end }))
  return {
    changes,
    suspect,
    verdict: verdicts.find(({ incidentId }) => incidentId === incident.id) ?? null,
    rate: suspectRate(verdicts),
    exposures: together,
    problems: problems.filter((problem) => problem !== undefined),
    openProblems: open.filter(({ id, closedAt }) => closedAt === null && !incident.problemIds.includes(id)),
    alike: like.map((row) => ({ ...row, problemIds: [], news: [] })),
    advice: adviceFor(incident, { alike, exposures: together, services }),
    merging,
    outage: outage ?? outageOf(incident.id, []),
  }
}

async function mergingOf(db: Db, incident: Incident, asOf: Date): Promise<Merging> {
  const [whole, parts, others] = await Promise.all([
    wholeOf(db, incident),
    partsOf(db, incident.id),
    besides(db, incident),
  ])
  return {
    whole,
    parts: parts.filter(({ at }) => at <= asOf),
    besides: await incidentsAsTheyStood(db, others, asOf),
  }
}

/** The changes before it, newest first, and the one of them that is suspected. */
export async function suspectsOf(db: Db, incident: Incident): Promise<{ changes: Change[]; suspect: Change | null }> {
  const { service, startedAt } = incident
  const [changes, services] = await Promise.all([
    service === null ? [] : changesBefore(db, { service, at: startedAt, limit: 10 }),
    allServices(db),
  ])
  return { changes, suspect: suspectOf({ ...incident, changeId: null }, changes, services) }
}

function isOfIt(
  one: { service: string; since: Date },
  { service, end }: { service: string | null; end: Date },
): boolean {
  return one.service === service && one.since <= end
}
